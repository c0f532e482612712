"""The pages of a class and of a host: each visit as a card."""

from collections.abc import Sequence

from exporters.visits.output import words
from exporters.visits.output.html.frame import Pages, facts
from exporters.visits.output.schedule import Appointment
from schemas.industries import industry_name
from schemas.text import Text
from schemas.visits import Cohort, Enterprise

_NONE = Text("目前没有安排实地教学。", "No site visits are planned at present.")
_CANCELLED = Text("已取消：", "Cancelled: ")
_HOME, _INDUSTRY = Text("所在城市", "Home"), Text("行业", "Industry")
_SIZE = Text("人数", "Trainees")


def class_page(pages: Pages, cohort: Cohort) -> bytes:
    """What a class visits."""
    about = facts(
        [
            (pages.say(words.INSTITUTION), pages.say(pages.schedule.institution(cohort.institution))),
            (pages.say(_SIZE), str(cohort.size)),
            (pages.say(_HOME), pages.say(Text(cohort.home.city))),
        ]
    )
    visits = pages.schedule.of_cohort(cohort.id)
    cards = [
        _card(pages, one, f"../{pages.host(one.enterprise.id)}", one.enterprise.name, _at(pages, one))
        for one in visits
    ]
    return pages.document(pages.cohort(cohort.id), cohort.name, about + _cards(pages, cards))


def host_page(pages: Pages, enterprise: Enterprise) -> bytes:
    """Whom a host receives, and what there is to learn."""
    themes = [pages.say(pages.schedule.themes[slug]) for slug in enterprise.themes]
    about = facts(
        [
            (pages.say(words.PLACE), pages.say(words.place(enterprise))),
            (pages.say(_INDUSTRY), pages.say(industry_name(enterprise.industry))),
            (pages.say(words.THEME), pages.say(Text("、", ", ")).join(themes)),
            (pages.say(words.LEARNS), pages.say(enterprise.learns)),
        ]
    )
    visits = pages.schedule.of_enterprise(enterprise.id)
    cards = [
        _card(pages, one, f"../{pages.cohort(one.cohort.id)}", one.cohort.name, _of(pages, one))
        for one in visits
    ]
    return pages.document(pages.host(enterprise.id), enterprise.name, about + _cards(pages, cards))


def _at(pages: Pages, one: Appointment) -> str:
    """What a class has to know about a host."""
    return facts(
        [
            (pages.say(words.PLACE), pages.say(words.place(one.enterprise))),
            (pages.say(words.LEARNS), pages.say(one.enterprise.learns)),
            (pages.say(words.ASKED_BY), pages.say(one.asked_by)),
            (pages.say(words.OBJECTIVES), _objectives(pages, one)),
        ]
    )


def _of(pages: Pages, one: Appointment) -> str:
    """What a host has to know about a class."""
    return facts(
        [
            (pages.say(words.INSTITUTION), pages.say(pages.schedule.institution(one.cohort.institution))),
            (pages.say(_SIZE), str(one.cohort.size)),
            (pages.say(words.ASKED_BY), pages.say(one.asked_by)),
            (pages.say(words.OBJECTIVES), _objectives(pages, one)),
        ]
    )


def _objectives(pages: Pages, one: Appointment) -> str:
    items = "".join(f"<li>{pages.say(text)}</li>" for text in (one.need.objectives if one.need else ()))
    return f"<ul>{items}</ul>" if items else ""


def _card(pages: Pages, one: Appointment, link: str, name: Text, about: str) -> str:
    kind = "gone" if one.cancelled else f"c{pages.theme(one.theme)[1:]}"
    cancelled = pages.say(_CANCELLED) if one.cancelled else ""
    tag = f' <span class="tag {pages.theme(one.theme)}">{pages.theme_name(one)}</span>' if one.theme else ""
    when = (
        f'<time datetime="{one.starts:%Y-%m-%dT%H:%M}+08:00">{pages.say(words.full_day(one.visit.day))} '
        f"{pages.say(words.half(one.visit))} {words.hours(one)}</time>"
    )
    return (
        f'<li class="card {kind}"><p class="when">{cancelled}{when}</p>'
        f'<h3><a href="{link}">{pages.say(name)}</a></h3>{tag}{about}</li>'
    )


def _cards(pages: Pages, cards: Sequence[str]) -> str:
    if not cards:
        return f"<p>{pages.say(_NONE)}</p>"
    heading = f"<h2>{pages.say(words.SITE_VISIT)}</h2>"
    return f'{heading}<ul class="cards">{"".join(cards)}</ul>'
