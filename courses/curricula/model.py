"""What a curriculum is: ordered courses and site visits for one theme and kind of class, with its hours and calendar."""

import re
from datetime import date
from enum import StrEnum

import msgspec

from schemas.course import VisitNeed
from schemas.text import Text

# One version, or a lowest and a highest one: `3`, `>=2`, `>=2, <5`.
CONSTRAINT = r"^\s*\d{1,6}\s*$|^\s*(>=|<=|>|<)\s*\d{1,6}\s*(,\s*(>=|<=|>|<)\s*\d{1,6}\s*)?$"
_BOUND = re.compile(r"(>=|<=|>|<)?\s*(\d+)")


class Kind(StrEnum):
    """The kind of class 班次类型."""

    YEAR = "year"  # 年度班: spread over the edition
    CAMP = "camp"  # 主题特训营: short


class TeachingMode(StrEnum):
    """How hours are taught."""

    CLASSROOM = "classroom"
    ONLINE = "online"
    VISIT = "visit"  # 实地教学


class Versions(msgspec.Struct, frozen=True):
    """The versions of a course that will do: from `lowest` to `highest`, both included (None: no bound)."""

    lowest: int = 1
    highest: int | None = None

    def allows(self, version: int) -> bool:
        """Whether that version will do."""
        return self.lowest <= version and (self.highest is None or version <= self.highest)

    @property
    def empty(self) -> bool:
        """Whether no version at all can be meant."""
        return self.highest is not None and self.highest < self.lowest


def parse_versions(written: str | int) -> Versions:
    """`3`, `>=2` or `>=2, <5` (see CONSTRAINT); of two bounds on one side the stricter holds."""
    lowest, highest = 1, None
    for sign, digits in _BOUND.findall(str(written)):
        number = int(digits)
        if sign in ("", ">=", ">"):
            lowest = max(lowest, number + (sign == ">"))
        if sign in ("", "<=", "<"):
            bound = number - (sign == "<")
            highest = bound if highest is None else min(highest, bound)
    return Versions(lowest, highest)


class CourseChoice(msgspec.Struct, frozen=True):
    """A course of the curriculum. `hours` 0 means the course's own."""

    institution: str
    course: str
    versions: Versions = Versions()
    hours: float = 0.0

    @property
    def name(self) -> str:
        """As authors write it."""
        return f"{self.institution}/{self.course}"


class HoursLine(msgspec.Struct, frozen=True):
    """Hours 学时 of one theme in one mode."""

    theme: str
    mode: TeachingMode
    hours: float


class Phase(msgspec.Struct, frozen=True):
    """A stretch of the calendar, its last day included. `hours` 0: not said."""

    name: Text
    starts: date
    ends: date
    hours: float = 0.0


class Curriculum(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A curriculum. `body` is its Markdown, `html` the same rendered, `source_hash` the SHA-256 of its file."""

    id: str
    institution: str
    title: Text
    language: str
    edition: str
    theme: str
    kind: Kind
    summary: Text = Text()
    cohort: int = 0  # trainees in a class; 0: not said
    hours: float = 0.0
    courses: tuple[CourseChoice, ...] = ()
    visits: tuple[VisitNeed, ...] = ()
    plan: tuple[HoursLine, ...] = ()
    calendar: tuple[Phase, ...] = ()
    body: str = ""
    html: str = ""
    source_hash: str = ""

    def named(self, written: str) -> tuple[CourseChoice, str] | None:
        """Which of its courses is meant, and what inside it: `course`, `course/lesson`, an institution before either (as
        others' courses are written in `courses`). None where it has no such course."""
        names = [(choice, name) for choice in self.courses for name in self._names(choice)]
        whole = next((choice for choice, name in names if name == written), None)
        if whole:
            return whole, ""
        inside = ((choice, name) for choice, name in names if written.startswith(f"{name}/"))
        return next(((choice, written[len(name) + 1 :]) for choice, name in inside), None)

    def _names(self, choice: CourseChoice) -> tuple[str, ...]:
        return (choice.course, choice.name) if choice.institution == self.institution else (choice.name,)

    def hours_by_theme(self) -> dict[str, float]:
        """The plan's hours of each theme."""
        return {
            theme: sum(line.hours for line in self.plan if line.theme == theme)
            for theme in dict.fromkeys(line.theme for line in self.plan)
        }

    def hours_in(self, *modes: TeachingMode) -> float:
        """The plan's hours in these modes."""
        return sum(line.hours for line in self.plan if line.mode in modes)
