"""What the agendas say: one for each class, in the language in which it is taught, and one for each host."""

from collections.abc import Sequence

from exporters.visits.output import themes, words
from exporters.visits.output.audience import Audience, contact_line, host_contact, instructor
from exporters.visits.output.pdf.press import press
from exporters.visits.output.schedule import Appointment, Schedule
from schemas.text import Language, Text, language_of
from schemas.visits import Cohort, Enterprise

_CLASS = Text("实地教学日程", "Agenda of site visits")
_HOST = Text("接待日程", "Agenda of visiting classes")
_OVERVIEW = Text("一览", "At a glance")
_DETAILS = Text("逐次安排", "Visit by visit")
_GONE = Text("已取消", "Cancelled")
_NONE = Text("目前没有安排实地教学。", "No site visits are planned at present.")
_HOME = Text("所在城市", "Home")
_COUNT = Text("次数", "Visits")
_TIMES = Text("{n} 次", "{n}")
_PERSONAL = Text(
    "含个人联系方式，仅供{who}使用，请勿转发。",
    "Holds personal contact data for {who} only; don't pass it on.",
)
_THIS_CLASS, _THIS_HOST = Text("本班", "this class"), Text("本企业", "this host")
_STATE = Text("计划日期 {day}", "plan of {day}")

_Fact = tuple[Text, Sequence[str]]


def class_agenda(schedule: Schedule, cohort: Cohort) -> bytes:
    """What a class visits, whom it meets and what it must heed there."""
    language = language_of(cohort.language)
    audience = Audience.CLASSES
    about: list[_Fact] = [
        (words.INSTITUTION, [schedule.institution(cohort.institution).say(language)]),
        (words.COHORT, [words.TRAINEES.format(n=cohort.size).say(language)]),
        (_HOME, [cohort.home.city]),
        (words.INSTRUCTOR, [contact_line(instructor(cohort, audience))]),
    ]
    page = _Page(schedule, language, schedule.of_cohort(cohort.id))
    return page.press(
        title=_CLASS,
        subtitle=cohort.name,
        about=about,
        whose=_THIS_CLASS,
        heads=(words.DAY, words.HOURS, words.HOST, words.PLACE),
        rows=[(one.enterprise.name.say(language), one.enterprise.spot.city) for one in page.planned],
        details=[(one.enterprise.name, _for_class(one, language)) for one in page.planned],
        rules=[],
    )


def host_agenda(schedule: Schedule, enterprise: Enterprise) -> bytes:
    """Which classes an enterprise receives, what they come for and who leads them; and what they were told to heed."""
    language: Language = "zh"
    page = _Page(schedule, language, schedule.of_enterprise(enterprise.id))
    trainees = sum(one.cohort.size for one in page.planned)
    about: list[_Fact] = [
        (words.PLACE, [words.place(enterprise).say(language)]),
        (_COUNT, [_TIMES.format(n=len(page.planned)).say(language)]),
        (Text("接待人数", "Trainees"), [words.TRAINEES.format(n=trainees).say(language)]),
        (words.HOST_CONTACT, [contact_line(host_contact(enterprise, Audience.HOSTS))]),
    ]
    return page.press(
        title=_HOST,
        subtitle=enterprise.name,
        about=about,
        whose=_THIS_HOST,
        heads=(words.DAY, words.HOURS, words.COHORT, Text("人数", "Trainees")),
        rows=[(one.cohort.name.say(language), str(one.cohort.size)) for one in page.planned],
        details=[(one.cohort.name, _for_host(schedule, one, language)) for one in page.planned],
        rules=[(words.SAFETY, enterprise.safety), (words.CONFIDENTIALITY, enterprise.confidentiality)],
    )


def _for_class(one: Appointment, language: Language) -> list[_Fact]:
    host = one.enterprise
    return [
        (words.PLACE, [words.place(host).say(language)]),
        (words.LEARNS, [host.learns.say(language)]),
        (words.ASKED_BY, [one.asked_by.say(language)]),
        (words.OBJECTIVES, _objectives(one, language)),
        (words.SAFETY, host.safety),
        (words.CONFIDENTIALITY, host.confidentiality),
        (words.HOST_CONTACT, [contact_line(host_contact(host, Audience.CLASSES))]),
    ]


def _for_host(schedule: Schedule, one: Appointment, language: Language) -> list[_Fact]:
    return [
        (words.INSTITUTION, [schedule.institution(one.cohort.institution).say(language)]),
        (Text("人数", "Trainees"), [words.TRAINEES.format(n=one.cohort.size).say(language)]),
        (words.ASKED_BY, [one.asked_by.say(language)]),
        (words.OBJECTIVES, _objectives(one, language)),
        (words.INSTRUCTOR, [contact_line(instructor(one.cohort, Audience.HOSTS))]),
    ]


def _objectives(one: Appointment, language: Language) -> list[str]:
    return [text.say(language) for text in one.need.objectives] if one.need else []


class _Page:
    """What class and host agendas have in common."""

    def __init__(self, schedule: Schedule, language: Language, visits: Sequence[Appointment]) -> None:
        self.schedule = schedule
        self.language = language
        self.planned = [one for one in visits if not one.cancelled]
        self.gone = [one for one in visits if one.cancelled]

    def press(
        self,
        *,
        title: Text,
        subtitle: Text,
        about: Sequence[_Fact],
        whose: Text,
        heads: Sequence[Text],
        rows: Sequence[tuple[str, str]],
        details: Sequence[tuple[Text, Sequence[_Fact]]],
        rules: Sequence[_Fact],
    ) -> bytes:
        """The agenda as PDF."""
        say = self._say
        day = f"{self.schedule.stamp:%Y-%m-%d}"
        data: dict[str, object] = {
            "lang": self.language,
            "region": "cn" if self.language == "zh" else "gb",
            "title": say(title),
            "subtitle": say(subtitle),
            "author": say(self.schedule.title),
            "sample": say(words.SAMPLE) if self.schedule.plan.sample else "",
            "footer": f"{say(_STATE.format(day=day))} · {say(_PERSONAL.format(who=whose))}",
            "about": self._facts(about),
            "overview": say(_OVERVIEW),
            "heads": [say(name) for name in heads],
            "rows": [
                (
                    f"{one.visit.day:%Y-%m-%d} {say(words.WEEKDAYS[one.visit.day.weekday()])}",
                    words.hours(one),
                    *map(words.plain, row),
                )
                for one, row in zip(self.planned, rows, strict=True)
            ],
            "none": say(_NONE),
            "rules": self._facts(rules),
            "details": say(_DETAILS),
            "visits": [
                self._visit(one, name, facts)
                for one, (name, facts) in zip(self.planned, details, strict=True)
            ],
            "cancelled": say(_GONE),
            "gone": [self._line(one) for one in self.gone],
        }
        return press(data, self.schedule.stamp)

    def _say(self, text: Text) -> str:
        return words.plain(text.say(self.language))

    def _facts(self, facts: Sequence[_Fact]) -> list[dict[str, object]]:
        """Those that say something."""
        return [
            {"name": self._say(name), "texts": [words.plain(text) for text in texts if text]}
            for name, texts in facts
            if any(texts)
        ]

    def _visit(self, one: Appointment, name: Text, facts: Sequence[_Fact]) -> dict[str, object]:
        number = themes.numbers(self.schedule).get(one.theme)
        fill, ink = themes.PALETTE[number] if number is not None else ("#E4E7EC", "#414B5A")
        day = one.visit.day
        return {
            "day": self._say(Text(f"{day.month}月{day.day}日", f"{day.day}/{day.month}")),
            "weekday": f"{self._say(words.WEEKDAYS[day.weekday()])} {self._say(words.half(one.visit))}",
            "hours": words.hours(one),
            "title": self._say(name),
            "theme": self._say(self.schedule.themes[one.theme]) if one.theme else "",
            "fill": fill,
            "ink": ink,
            "facts": self._facts(facts),
        }

    def _line(self, one: Appointment) -> str:
        parts = (
            f"{one.visit.day:%Y-%m-%d}",
            words.hours(one),
            self._say(one.cohort.name),
            self._say(one.enterprise.name),
        )
        return " · ".join(parts)
