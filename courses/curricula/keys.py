"""Front matter of `curriculum.md`: its keys, their types, and what each takes in the author's words."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from courses.curricula.model import CONSTRAINT, Kind, TeachingMode
from courses.front_matter.keys import TAKES as COURSE_TAKES
from courses.front_matter.keys import Hours, Said, Slug, VisitKeys, Words
from schemas.text import Text


class CourseChoiceKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `courses`."""

    course: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?$", max_length=129)]
    version: Annotated[int, Meta(ge=1, le=999_999)] | Annotated[str, Meta(pattern=CONSTRAINT)] = ">=1"
    hours: Hours = 0.0


class HoursKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `plan`."""

    theme: Slug
    mode: TeachingMode
    hours: Hours


class PhaseKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `calendar`."""

    name: Said
    starts: date
    ends: date
    hours: Hours = 0.0


class CurriculumKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Front matter of `curriculum.md`."""

    id: Slug
    title: Said
    edition: Words
    theme: Slug
    kind: Kind = msgspec.field(name="class")
    institution: Slug = "local"
    summary: Said = ""
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)] = "zh-CN"
    cohort: Annotated[int, Meta(ge=0, le=10_000)] = 0
    hours: Hours = 0.0
    courses: list[CourseChoiceKeys] = []
    visits: list[VisitKeys] = []
    plan: list[HoursKeys] = []
    calendar: list[PhaseKeys] = []


_SHARED = ("id", "institution", "title", "summary", "language", "edition", "visits", "hours")
_LESSON = Text(
    "一门课程，或课程/课，例如 digital-roadmap/diagnosis",
    "a course, or course/lesson, such as digital-roadmap/diagnosis",
)
_DATE = Text("日期，例如 2022-11-01", "a date, such as 2022-11-01")

# What each key takes, by its path without list positions; the keys that courses have too take the same.
TAKES: dict[str, Text] = {
    **{path: takes for path, takes in COURSE_TAKES.items() if path.partition(".")[0] in _SHARED},
    "visits.objectives": Text(
        "各课程学习目标的列表，例如 [digital-roadmap/o1]",
        "a list of its courses' objectives, such as [digital-roadmap/o1]",
    ),
    "visits.earliest": _LESSON,
    "visits.latest": _LESSON,
    "theme": Text("一个主题，例如 digital-empowerment", "a theme, such as digital-empowerment"),
    "class": Text("year（年度班）或 camp（主题特训营）", "year, or camp for a short camp"),
    "cohort": Text("每班人数，例如 60", "trainees in a class, such as 60"),
    "courses": Text(
        "按授课顺序的课程列表，例如 [{course: tsinghua/digital-roadmap, version: '>=2', hours: 16}]",
        "a list of courses in their order, such as [{course: tsinghua/digital-roadmap, version: '>=2', hours: 16}]",
    ),
    "courses.course": Text(
        "课程标识；其他机构的课程写“机构/课程”，例如 tsinghua/digital-roadmap",
        "a course's identifier; with the institution's before it for others', such as tsinghua/digital-roadmap",
    ),
    "courses.version": Text(
        "版本号 3，或范围“>=2”“>=2, <5”（加引号）",
        "a version such as 3, or a range such as '>=2' or '>=2, <5' (in quotes)",
    ),
    "courses.hours": COURSE_TAKES["hours"],
    "plan": Text(
        "各主题、各方式的学时，例如 [{theme: digital-empowerment, mode: classroom, hours: 24}]",
        "hours by theme and mode, such as [{theme: digital-empowerment, mode: classroom, hours: 24}]",
    ),
    "plan.theme": Text("一个主题，例如 digital-empowerment", "a theme, such as digital-empowerment"),
    "plan.mode": Text(
        "classroom（面授）、online（线上）或 visit（实地教学）", "classroom, online or visit (site visits)"
    ),
    "plan.hours": COURSE_TAKES["hours"],
    "calendar": Text(
        "培训阶段的列表，例如 [{name: 集中学习, starts: 2022-11-01, ends: 2022-11-04}]",
        "a list of phases, such as [{name: Block week, starts: 2022-11-01, ends: 2022-11-04}]",
    ),
    "calendar.name": COURSE_TAKES["title"],
    "calendar.name.zh": COURSE_TAKES["title.zh"],
    "calendar.name.en": COURSE_TAKES["title.en"],
    "calendar.starts": _DATE,
    "calendar.ends": _DATE,
    "calendar.hours": COURSE_TAKES["hours"],
}
