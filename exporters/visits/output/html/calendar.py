"""The programme's page: figures, themes, a grid of days for each month, and every class and host."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from exporters.visits.output import words
from exporters.visits.output.html.frame import Pages
from exporters.visits.output.schedule import Appointment
from schemas.text import Text

_TITLE = Text("实地教学日历", "Calendar of site visits")
_MONTHS = Text("月份", "Months")
_CLASSES, _HOSTS = Text("班次", "Classes"), Text("接待企业", "Hosts")
_TIMES = Text("{n} 次", "visits: {n}")
_NOTHING = Text("目前没有安排实地教学。", "No site visits are planned at present.")
_SATURDAY = 5


def programme_page(pages: Pages) -> bytes:
    """The first page."""
    schedule = pages.schedule
    title = schedule.title if schedule.title.say(pages.language) else _TITLE
    months: dict[date, list[Appointment]] = defaultdict(list)
    for one in schedule.appointments:
        months[one.visit.day.replace(day=1)].append(one)
    parts = [_figures(pages), _legend(pages)]
    if months:
        jumps = "".join(
            f'<li><a href="#m{month:%Y-%m}">{pages.say(words.month_name(month))}</a></li>' for month in months
        )
        parts.append(f'<nav aria-label="{pages.say(_MONTHS)}"><ul class="months">{jumps}</ul></nav>')
        parts += [_month(pages, month, visits) for month, visits in months.items()]
    else:
        parts.append(f"<p>{pages.say(_NOTHING)}</p>")
    parts += [_classes(pages), _hosts(pages)]
    return pages.document("index.html", title, "\n".join(parts), description=_TITLE)


def _figures(pages: Pages) -> str:
    visits = pages.schedule.appointments
    figures = (
        (Text("实地教学", "Site visits"), len(visits)),
        (_CLASSES, len({one.cohort.id for one in visits})),
        (_HOSTS, len({one.enterprise.id for one in visits})),
        (Text("覆盖省份", "Provinces"), len({one.enterprise.spot.province for one in visits})),
        (Text("学员人次", "Trainees in all"), sum(one.cohort.size for one in visits)),
    )
    rows = "".join(f"<div><dt>{pages.say(name)}</dt><dd>{n:,}</dd></div>" for name, n in figures)
    return f'<dl class="figures">{rows}</dl>'


def _legend(pages: Pages) -> str:
    used = {one.theme for one in pages.schedule.appointments}
    items = "".join(
        f'<li class="{pages.theme(slug)}">{pages.say(name)}</li>'
        for slug, name in pages.schedule.themes.items()
        if slug in used
    )
    return f'<ul class="legend" aria-label="{pages.say(words.THEME)}">{items}</ul>' if items else ""


def _month(pages: Pages, month: date, visits: Iterable[Appointment]) -> str:
    """A grid of weeks. Saturdays and Sundays have columns only where there are visits on them."""
    by_day: dict[date, list[Appointment]] = defaultdict(list)
    for one in visits:
        by_day[one.visit.day].append(one)
    wide = any(day.weekday() >= _SATURDAY for day in by_day)
    last = calendar.monthrange(month.year, month.month)[1]
    days = [month + timedelta(days=number) for number in range(last)]
    shown = [day for day in days if wide or day.weekday() < _SATURDAY]
    blanks = '<li class="blank" aria-hidden="true"></li>' * shown[0].weekday()
    cells = "".join(_day(pages, day, by_day.get(day, [])) for day in shown)
    return (
        f'<section class="month" aria-labelledby="m{month:%Y-%m}"><h2 id="m{month:%Y-%m}">{pages.say(words.month_name(month))}</h2>'
        f'<ol class="grid{" seven" if wide else ""}">{blanks}{cells}</ol></section>'
    )


def _day(pages: Pages, day: date, visits: list[Appointment]) -> str:
    kind = " ".join(
        name
        for name, so in (("empty", not visits), ("off", not visits and day in pages.schedule.programme.off))
        if so
    )
    weekday = pages.say(words.WEEKDAYS[day.weekday()])
    heading = f'<h3><time datetime="{day}"><b>{day.day}</b> {weekday}</time></h3>'
    items = "".join(_visit(pages, one) for one in visits)
    return f'<li class="{kind}">{heading}{f"<ul>{items}</ul>" if items else ""}</li>'


def _visit(pages: Pages, one: Appointment) -> str:
    when = f'<span class="when">{pages.say(words.half(one.visit))} {words.hours(one)}</span>'
    cohort = f'<a href="{pages.cohort(one.cohort.id)}">{pages.say(one.cohort.name)}</a>'
    host = f'<a href="{pages.host(one.enterprise.id)}">{pages.say(one.enterprise.name)}</a>'
    return f'<li class="visit {pages.theme(one.theme)}">{when}<br>{cohort}<br>→ {host}</li>'


def _classes(pages: Pages) -> str:
    items = "".join(
        _entry(pages, pages.cohort(one.id), one.name, pages.schedule.of_cohort(one.id))
        for one in pages.schedule.programme.cohorts
    )
    return f'<h2>{pages.say(_CLASSES)}</h2><ul class="columns">{items}</ul>'


def _hosts(pages: Pages) -> str:
    """Those that receive somebody."""
    items = "".join(
        _entry(pages, pages.host(one.id), one.name, pages.schedule.of_enterprise(one.id))
        for one in pages.schedule.programme.enterprises
        if pages.schedule.of_enterprise(one.id)
    )
    return f'<h2>{pages.say(_HOSTS)}</h2><ul class="columns">{items}</ul>' if items else ""


def _entry(pages: Pages, path: str, name: Text, visits: Iterable[Appointment]) -> str:
    count = sum(not one.cancelled for one in visits)
    return f'<li><a href="{path}">{pages.say(name)}</a> <span class="note">{pages.say(_TIMES.format(n=count))}</span></li>'
