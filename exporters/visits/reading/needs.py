"""What a class has to visit because its curriculum and that one's courses ask for it."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

import msgspec
from msgspec.structs import replace

from courses.curricula import Curriculum
from exporters.visits.reading.curricula import Syllabus
from schemas.course import Course, Lesson, VisitNeed
from schemas.text import Text
from schemas.visits import ClassDay, Duration, Need

MINUTES = 45  # of an hour of teaching 学时
_ROUNDING = 1e-9


def needs_of_curriculum(syllabus: Syllabus, days: Sequence[ClassDay]) -> tuple[Need, ...]:
    """Those of the courses in the curriculum's order, then the curriculum's own; `numbered` makes their identifiers unique."""
    curriculum, courses = syllabus
    taught = lesson_days(syllabus, days)
    objectives = {f"{_name(course)}/{one.id}": one.text for course in courses for one in course.objectives}

    def need(visit: VisitNeed, source: str, title: Text, label: str, full: Callable[[str], str]) -> Need:
        found = Need(
            id="",
            theme=visit.theme,
            industry=visit.industry,
            count=visit.count,
            duration=Duration(visit.duration),
            earliest=taught.get(full(visit.earliest)),
            latest=taught.get(full(visit.latest)),
            objectives=tuple(objectives[name] for name in map(full, visit.objectives) if name in objectives),
            source=source,
            source_title=title,
        )
        return replace(found, id=".".join((label, _kind(found))))

    needs = []
    for course in courses:
        label = course.id if course.institution == curriculum.institution else _name(course).replace("/", ".")
        full = partial(_in_course, course)
        needs += [need(visit, _name(course), course.title, label, full) for visit in course.visits]
    name = f"{curriculum.institution}/{curriculum.id}"
    full = partial(_in_curriculum, curriculum)
    needs += [need(visit, name, curriculum.title, "curriculum", full) for visit in curriculum.visits]
    return tuple(needs)


def lesson_days(syllabus: Syllabus, days: Sequence[ClassDay]) -> dict[str, date]:
    """The day on which each lesson (`institution/course/lesson`) and each course has been taught. The courses' hours are spread evenly
    over the half-days that are taught, or over all half-days where none is; a course's hours over its lessons by their minutes, or evenly
    where those aren't all known."""
    halves = [day.day for day in days if day.taught for _ in day.halves]
    halves = halves or [day.day for day in days for _ in day.halves]
    shares = _shares(syllabus)
    total = sum(share for _, share in shares)
    if not halves or not shares:
        return {}
    found: dict[str, date] = {}
    done = 0.0
    for number, (name, share) in enumerate(shares, start=1):
        done += share
        part = done / total if total else number / len(shares)
        found[name] = halves[max(0, math.ceil(part * len(halves) - _ROUNDING) - 1)]
        found[name.rpartition("/")[0]] = found[name]  # a course has been taught when its last lesson has
    return found


def numbered(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Needs whose identifiers say what they ask for, made unique: those that ask for the same are numbered by what else they
    say, so that putting them in another order changes none."""
    alike: dict[str, list[Need]] = defaultdict(list)
    needs = [need if need.id else replace(need, id=_kind(need)) for need in needs]
    for need in needs:
        alike[need.id].append(need)
    for group in alike.values():
        group.sort(key=lambda need: msgspec.json.encode(need, order="deterministic"))
    return tuple(_with_number(need, alike[need.id]) for need in needs)


def _with_number(need: Need, alike: list[Need]) -> Need:
    """Of needs that are the same in everything, each takes the next number."""
    number = next(place for place, one in enumerate(alike) if one == need)
    alike[number] = replace(need, id="")  # taken
    return replace(need, id=f"{need.id}-{number + 1}") if number else need


def _kind(need: Need) -> str:
    """What a visit has to suit, as one word: a need that asks for something else is another need."""
    day = "day" if need.duration is Duration.DAY else ""
    return ".".join(filter(None, (need.theme, need.industry, day))) or "any"


def _shares(syllabus: Syllabus) -> list[tuple[str, float]]:
    """The hours of each lesson, in the order of teaching."""
    hours = {choice.name: choice.hours for choice in syllabus.curriculum.courses}
    found = []
    for course in syllabus.courses:
        lessons, name = course.lessons, _name(course)
        minutes = sum(lesson.minutes for lesson in lessons)
        whole = hours[name] or course.hours or minutes / MINUTES
        found += [(f"{name}/{one.id}", whole * _part(one, lessons, minutes)) for one in lessons]
    return found


def _part(lesson: Lesson, lessons: Sequence[Lesson], minutes: int) -> float:
    """Its part of the course."""
    return lesson.minutes / minutes if all(one.minutes for one in lessons) else 1 / len(lessons)


def _name(course: Course) -> str:
    return f"{course.institution}/{course.id}"


def _in_course(course: Course, written: str) -> str:
    return f"{_name(course)}/{written}" if written else ""


def _in_curriculum(curriculum: Curriculum, written: str) -> str:
    found = curriculum.named(written)
    return "/".join(filter(None, (found[0].name, found[1]))) if found else ""
