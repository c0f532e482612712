"""iCalendar (RFC 5545, RFC 7986): one file for each class, host, instructor and institution.

A file is published (METHOD:PUBLISH, RFC 5546 3.2.1): who reads it again gets what changed, because a visit keeps its UID and
raises its SEQUENCE, and what no longer takes place stays in it as STATUS:CANCELLED. Every stamp comes from the plan.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid5

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from exporters.visits.output import words
from exporters.visits.output.audience import Audience, contact_line, host_contact, instructor
from exporters.visits.output.schedule import Appointment, Schedule
from schemas.text import Language, Text, language_of
from schemas.visits import Cohort, Contact, Enterprise

_NAMESPACE = UUID("6f0b5a5e-4c1d-5b0e-9d3f-2f6f3c1f8a10")  # of all our identifiers
_REFRESH = timedelta(hours=12)
_EIGHT_HOURS = timedelta(hours=8)

_CLASS_TITLE = Text("{cohort}·实地教学", "{cohort}: site visits")
_HOST_TITLE = Text("{host}·来访班次", "{host}: visiting classes")
_AT = Text("实地教学：{host}", "Site visit: {host}")
_COMES = Text("{cohort}来访（{n} 人）", "Visit of {cohort} ({n} trainees)")
_BOTH = Text("{cohort}：{host}", "{cohort}: {host}")


def class_calendar(schedule: Schedule, cohort: Cohort) -> bytes:
    """A class's visits, in the language in which it is taught."""
    language = language_of(cohort.language)
    title = _CLASS_TITLE.format(cohort=cohort.name)
    return _calendar(
        schedule, schedule.of_cohort(cohort.id), title, f"class {cohort.id}", Audience.CLASSES, language
    )


def host_calendar(schedule: Schedule, enterprise: Enterprise) -> bytes:
    """The classes that an enterprise receives."""
    title = _HOST_TITLE.format(host=enterprise.name)
    theirs = schedule.of_enterprise(enterprise.id)
    return _calendar(schedule, theirs, title, f"host {enterprise.id}", Audience.HOSTS)


def instructor_calendar(schedule: Schedule, who: Contact) -> bytes:
    """The visits of all classes that an instructor leads."""
    theirs = _of(schedule, schedule.instructors.get(who, ()))
    title = _CLASS_TITLE.format(cohort=who.name)
    return _calendar(schedule, theirs, title, f"instructor {who.name} {who.email}", Audience.INSTRUCTORS)


def institution_calendar(schedule: Schedule, slug: str) -> bytes:
    """The visits of all classes of an institution."""
    theirs = _of(schedule, (one for one in schedule.programme.cohorts if one.institution == slug))
    title = _CLASS_TITLE.format(cohort=schedule.institution(slug))
    return _calendar(schedule, theirs, title, f"institution {slug}", Audience.INSTITUTIONS)


def _of(schedule: Schedule, cohorts: Iterable[Cohort]) -> list[Appointment]:
    found = [one for cohort in cohorts for one in schedule.of_cohort(cohort.id)]
    return sorted(found, key=lambda one: (one.starts, one.cohort.id, one.visit.id))


def _calendar(
    schedule: Schedule,
    appointments: Sequence[Appointment],
    title: Text,
    name: str,
    audience: Audience,
    language: Language = "zh",
) -> bytes:
    shown = words.plain(words.marked(title.say(language), language, sample=schedule.plan.sample))
    calendar = Calendar()
    calendar.add("prodid", "-//Lingjun//Site visits//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", str(_uuid(schedule, name)))
    calendar.add("name", vText(shown))
    calendar.add("x-wr-calname", vText(shown))
    calendar.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
    calendar.add("last-modified", schedule.stamp.astimezone(UTC))
    calendar.add_component(_shanghai())
    for one in appointments:
        calendar.add_component(_event(schedule, one, audience, language))
    return bytes(calendar.to_ical())


def _event(schedule: Schedule, one: Appointment, audience: Audience, language: Language) -> Event:
    event = Event()
    event.add("uid", str(_uuid(schedule, f"visit {one.visit.id}")))
    event.add("sequence", one.visit.sequence)
    event.add("dtstamp", schedule.stamp.astimezone(UTC))
    event.add("dtstart", one.starts)
    event.add("dtend", one.ends)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("summary", words.plain(_summary(one, audience, language)))
    event.add("description", words.plain(_description(schedule, one, audience, language)))
    event.add("location", words.plain(_location(one.enterprise, language)))
    if one.enterprise.spot.city:
        event.add("geo", (one.enterprise.spot.latitude, one.enterprise.spot.longitude))
    if one.theme:
        event.add("categories", [words.plain(schedule.themes[one.theme].say(language))])
    event.add("organizer", _organizer(schedule, one.cohort, audience, language))
    for contact in (host_contact(one.enterprise, audience), instructor(one.cohort, audience)):
        if contact_line(contact):
            event.add("contact", words.plain(contact_line(contact)))
    return event


def _summary(one: Appointment, audience: Audience, language: Language) -> str:
    pattern = {Audience.CLASSES: _AT, Audience.HOSTS: _COMES}.get(audience, _BOTH)
    summary = pattern.format(host=one.enterprise.name, cohort=one.cohort.name, n=one.cohort.size)
    return words.marked(summary.say(language), language, sample=one.enterprise.sample or one.cohort.sample)


def _location(enterprise: Enterprise, language: Language) -> str:
    comma = Text("，", ", ").say(language)
    return comma.join(filter(None, (enterprise.name.say(language), words.place(enterprise).say(language))))


def _description(schedule: Schedule, one: Appointment, audience: Audience, language: Language) -> str:
    """What to know before one goes, a fact a line; only the facts that there are."""
    objectives = one.need.objectives if one.need else ()
    facts: list[tuple[Text, Sequence[str]]] = [
        (words.COHORT, (f"{one.cohort.name.say(language)} · {_trainees(one.cohort, language)}",)),
        (words.INSTITUTION, (schedule.institution(one.cohort.institution).say(language),)),
        (words.THEME, (schedule.themes[one.theme].say(language) if one.theme else "",)),
        (words.ASKED_BY, (one.asked_by.say(language),)),
        (words.OBJECTIVES, [text.say(language) for text in objectives]),
        (words.LEARNS, (one.enterprise.learns.say(language),)),
        (words.SAFETY, one.enterprise.safety),
        (words.CONFIDENTIALITY, one.enterprise.confidentiality),
        (words.HOST_CONTACT, (contact_line(host_contact(one.enterprise, audience)),)),
        (words.INSTRUCTOR, (contact_line(instructor(one.cohort, audience)),)),
    ]
    colon, semicolon = Text("：", ": ").say(language), Text("；", "; ").say(language)
    lines = [
        f"{what.say(language)}{colon}{semicolon.join(filter(None, said))}"
        for what, said in facts
        if any(said)
    ]
    return "\n".join(lines)


def _trainees(cohort: Cohort, language: Language) -> str:
    return words.TRAINEES.format(n=cohort.size).say(language)


def _organizer(schedule: Schedule, cohort: Cohort, audience: Audience, language: Language) -> vCalAddress:
    """The institution, which a published event has to name (RFC 5546 3.2.1): by the instructor's address for those who
    may know it, else by a URN."""
    email = instructor(cohort, audience).email
    urn = _uuid(schedule, f"institution {cohort.institution}").urn
    organizer = vCalAddress(f"mailto:{quote(email, safe='@')}" if email else urn)
    name = words.plain(schedule.institution(cohort.institution).say(language))
    organizer.params["CN"] = name.replace('"', "'")  # RFC 6868 isn't read everywhere
    return organizer


def _uuid(schedule: Schedule, name: str) -> UUID:
    return uuid5(_NAMESPACE, f"{schedule.plan.edition}\n{name}")


def _shanghai() -> Timezone:
    """Asia/Shanghai as it is since 1992, whatever time-zone data the machine has."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 (RFC 5545 3.6.5: local time)
    standard.add("tzoffsetfrom", _EIGHT_HOURS)
    standard.add("tzoffsetto", _EIGHT_HOURS)
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", "Asia/Shanghai")
    zone.add_component(standard)
    return zone
