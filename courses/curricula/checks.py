"""Whether a curriculum agrees with itself, with its edition and with the catalogue's courses."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from courses.checks import rule, visit_industry_unknown
from courses.curricula import rules
from courses.curricula.model import Curriculum, TeachingMode
from courses.manuscript import Written
from courses.naming import nearest
from courses.wording import did_you_mean
from schemas.course import Course
from schemas.diagnostics import Diagnostic, Place, Rule
from schemas.edition import Edition, editions, first_day, last_day
from schemas.text import Text

_TOLERANCE = 0.01  # hours
_ANY_VERSION = range(1, 1_000_000)
_EXAMPLE = "digital-roadmap/o1"
# What is told of them depends on whether there is a catalogue to ask.
DEPENDENT = frozenset({rules.VISIT_LESSON_UNKNOWN.code, rules.VISIT_OBJECTIVE_UNKNOWN.code})


class KnownCourse(msgspec.Struct, frozen=True):
    """What the catalogue knows of a course: its published versions, and of the latest one its hours, its prerequisites
    (identifiers as the course writes them), and its lessons and objectives by identifier (None: not known)."""

    versions: Sequence[int]
    hours: float = 0.0
    prerequisites: tuple[str, ...] = ()
    lessons: tuple[str, ...] | None = None
    objectives: tuple[str, ...] | None = None


# By institution and course; None where there is no such course with a published version.
Lookup = Callable[[str, str], KnownCourse | None]


def known_course(course: Course) -> KnownCourse:
    """A course that is read from a folder, which is whatever version is asked for."""
    return KnownCourse(
        _ANY_VERSION,
        course.hours,
        course.prerequisites,
        tuple(lesson.id for lesson in course.lessons),
        tuple(objective.id for objective in course.objectives),
    )


class Draft(msgspec.Struct, frozen=True):
    """A curriculum with where everything was written."""

    curriculum: Curriculum
    written: Written


def check(draft: Draft) -> Iterator[Diagnostic]:
    """Everything that is wrong with what it says by itself."""
    for part in (_edition, _hours, _visits, _courses, _calendar):
        yield from part(draft)


def check_courses(draft: Draft, lookup: Lookup | None) -> Iterator[Diagnostic]:
    """Everything that is wrong with what it says about courses; without a catalogue to ask, only that visits name others
    than the curriculum's (DEPENDENT)."""
    yield from _visit_names(draft, lookup)
    if lookup is not None:
        yield from _catalogue(draft, lookup)


def _edition(draft: Draft) -> Iterator[Diagnostic]:
    curriculum, at = draft.curriculum, draft.written.at
    known = editions()
    edition = known.get(curriculum.edition)
    if edition is None:
        if curriculum.edition:
            hint = did_you_mean(nearest(curriculum.edition, known))
            values = {"edition": curriculum.edition, "known": ", ".join(known), "hint": hint}
            yield rule("edition-unknown").at(at("edition"), **values)
        return
    used = [(curriculum.theme, at("theme"))]
    used += [(line.theme, at("plan", n, "theme")) for n, line in enumerate(curriculum.plan)]
    used += [
        (visit.theme, at("visits", n, "theme")) for n, visit in enumerate(curriculum.visits) if visit.theme
    ]
    yield from _themes(edition, used)


def _themes(edition: Edition, used: list[tuple[str, Place]]) -> Iterator[Diagnostic]:
    """An edition whose themes aren't known takes any."""
    known = {theme.slug: theme.name for theme in edition.themes}
    listed = Text(
        "；".join(f"{slug}（{name.say('zh')}）" for slug, name in known.items()),
        "; ".join(f"{slug} ({name.say('en')})" for slug, name in known.items()),
    )
    for theme, place in used:
        if theme and known and theme not in known:
            hint = did_you_mean(nearest(theme, known))
            yield rule("theme-unknown").at(place, theme=theme, edition=edition.name, known=listed, hint=hint)


def _hours(draft: Draft) -> Iterator[Diagnostic]:
    curriculum, at = draft.curriculum, draft.written.at
    planned = sum(line.hours for line in curriculum.plan)
    if curriculum.plan and _differ(planned, curriculum.hours):
        yield rules.PLAN_HOURS.at(at("hours"), sum=f"{planned:g}", hours=f"{curriculum.hours:g}")
    if curriculum.plan and not curriculum.hours_by_theme().get(curriculum.theme):
        yield rules.THEME_WITHOUT_HOURS.at(draft.written.key("plan"), theme=curriculum.theme)
    phases = [phase.hours for phase in curriculum.calendar]
    if phases and all(phases) and _differ(sum(phases), curriculum.hours):
        values = {"sum": f"{sum(phases):g}", "hours": f"{curriculum.hours:g}"}
        yield rules.CALENDAR_HOURS.at(draft.written.key("calendar"), **values)


def _visits(draft: Draft) -> Iterator[Diagnostic]:
    curriculum = draft.curriculum
    for number, visit in enumerate(curriculum.visits):
        place = draft.written.at("visits", number, "industry")
        yield from visit_industry_unknown.judged(visit.industry, place)
    hours = curriculum.hours_in(TeachingMode.VISIT)
    if curriculum.visits and curriculum.plan and not hours:
        yield rules.VISITS_WITHOUT_HOURS.at(draft.written.key("visits"))
    elif hours and not curriculum.visits:
        yield rules.HOURS_WITHOUT_VISITS.at(draft.written.key("plan"))


def _visit_names(draft: Draft, lookup: Lookup | None) -> Iterator[Diagnostic]:
    """The lessons and objectives that site visits name are those of the curriculum's courses."""
    at, choices = draft.written.at, draft.curriculum.courses
    known = {one.name: lookup(one.institution, one.course) if lookup else None for one in choices}
    lessons = {name: one.lessons if one else None for name, one in known.items()}
    objectives = {name: one.objectives if one else None for name, one in known.items()}
    for number, visit in enumerate(draft.curriculum.visits):
        for key, written in (("earliest", visit.earliest), ("latest", visit.latest)):
            if written:
                place = at("visits", number, key)
                yield from _named(draft, rules.VISIT_LESSON_UNKNOWN, written, place, lessons)
        for n, written in enumerate(visit.objectives):
            place = at("visits", number, "objectives", n)
            yield from _named(draft, rules.VISIT_OBJECTIVE_UNKNOWN, written, place, objectives)


def _named(
    draft: Draft, broken: Rule, written: str, place: Place, parts: Mapping[str, Sequence[str] | None]
) -> Iterator[Diagnostic]:
    """`parts` are what each course has inside; nothing to say about a course of which that isn't known."""
    whole = (
        broken is rules.VISIT_LESSON_UNKNOWN
    )  # a course stands for its last lesson, but not for objectives
    found = draft.curriculum.named(written)
    if found:
        inside, there = found[1], parts[found[0].name]
        if there is None or inside in there if inside else whole:
            return
    own = f"{draft.curriculum.institution}/"
    names = [
        name.removeprefix(own) + part
        for name, inner in parts.items()
        for part in [*(f"/{one}" for one in inner or ()), *([""] if whole else [])]
    ]
    example = names[0] if names else _EXAMPLE
    yield broken.at(place, written=written, example=example, hint=did_you_mean(nearest(written, names)))


def _courses(draft: Draft) -> Iterator[Diagnostic]:
    """What the list of courses says by itself."""
    seen: set[str] = set()
    for number, choice in enumerate(draft.curriculum.courses):
        place = draft.written.at("courses", number, "course")
        if choice.name in seen:
            yield rules.COURSE_TWICE.at(place, course=choice.name)
        seen.add(choice.name)
        if choice.versions.empty:
            wanted = draft.written.at("courses", number, "version")
            yield rules.VERSIONS_EMPTY.at(
                wanted, wanted=_words(choice.versions.lowest, choice.versions.highest)
            )


def _catalogue(draft: Draft, lookup: Lookup) -> Iterator[Diagnostic]:
    """What the catalogue says about the courses."""
    curriculum, at = draft.curriculum, draft.written.at
    hours: list[float] = []
    before: set[str] = set()
    for number, choice in enumerate(curriculum.courses):
        known = lookup(choice.institution, choice.course)
        if known is None:
            yield rules.COURSE_UNKNOWN.at(at("courses", number, "course"), course=choice.name)
        elif not choice.versions.empty and not any(map(choice.versions.allows, known.versions)):
            yield rules.VERSION_UNAVAILABLE.at(
                at("courses", number, "version"),
                course=choice.name,
                wanted=_words(choice.versions.lowest, choice.versions.highest),
                versions=", ".join(map(str, known.versions)),
            )
        for needed in known.prerequisites if known else ():
            name = needed if "/" in needed else f"{choice.institution}/{needed}"
            if name not in before:
                place = at("courses", number, "course")
                yield rules.PREREQUISITE_LATER.at(place, course=choice.name, needed=name)
        before.add(choice.name)
        hours.append(choice.hours or (known.hours if known else 0))
    taught = curriculum.hours_in(TeachingMode.CLASSROOM, TeachingMode.ONLINE)
    if curriculum.plan and hours and all(hours) and _differ(sum(hours), taught):
        values = {"sum": f"{sum(hours):g}", "hours": f"{taught:g}"}
        yield rules.COURSE_HOURS.at(draft.written.key("courses"), **values)


def _calendar(draft: Draft) -> Iterator[Diagnostic]:
    curriculum, at = draft.curriculum, draft.written.at
    edition = editions().get(curriculum.edition)
    for number, phase in enumerate(curriculum.calendar):
        values: dict[str, object] = {"starts": phase.starts, "ends": phase.ends}
        if phase.ends < phase.starts:
            yield rules.PHASE_BACKWARDS.at(at("calendar", number, "ends"), **values)
        elif edition and not (
            edition.effective.covers(phase.starts) and edition.effective.covers(phase.ends)
        ):
            inside = {
                "from_day": first_day(edition.effective.starts),
                "to_day": last_day(edition.effective.ends),
            }
            yield rules.PHASE_OUTSIDE.at(
                at("calendar", number, "starts"), edition=edition.name, **values, **inside
            )
    for number, (earlier, later) in enumerate(pairwise(curriculum.calendar), 1):
        if later.starts <= earlier.ends and earlier.starts <= earlier.ends:
            yield rules.PHASES_OVERLAP.at(
                at("calendar", number, "starts"), starts=later.starts, ends=earlier.ends
            )


def _words(lowest: int, highest: int | None) -> str:
    """A range of versions as authors write it."""
    if highest is None:
        return f">={lowest}"
    return str(lowest) if lowest == highest else f">={lowest}, <={highest}"


def _differ(a: float, b: float) -> bool:
    return not math.isclose(a, b, abs_tol=_TOLERANCE)
