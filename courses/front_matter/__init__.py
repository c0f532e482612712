"""Front matter: the YAML between `---` lines at the top of a file, decoded strictly and safely."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from courses.front_matter.decode import Matter, decode
from courses.front_matter.fence import Parts, split
from courses.front_matter.keys import LESSON_TAKES, MODULE_TAKES, TAKES, CourseKeys, LessonKeys, ModuleKeys
from courses.manuscript import Written
from courses.sources import Source
from courses.tree import Report
from schemas.text import Text

__all__ = ["CourseKeys", "LessonKeys", "Matter", "ModuleKeys", "Parts", "course", "lesson", "module"]

T = TypeVar("T", bound=msgspec.Struct)


def course(source: Source, fallback: CourseKeys, report: Report) -> tuple[Matter[CourseKeys], Parts]:
    """The keys of `course.md`, which must have some, and its Markdown."""
    return _read(source, fallback, TAKES, report, required=True)


def module(source: Source, report: Report) -> tuple[Matter[ModuleKeys], Parts]:
    """The keys of a module's `index.md` and its Markdown."""
    return _read(source, ModuleKeys(), MODULE_TAKES, report)


def lesson(source: Source, report: Report) -> tuple[Matter[LessonKeys], Parts]:
    """The keys of a lesson and its Markdown."""
    return _read(source, LessonKeys(), LESSON_TAKES, report)


def _read(
    source: Source, fallback: T, takes: Mapping[str, Text], report: Report, *, required: bool = False
) -> tuple[Matter[T], Parts]:
    parts = split(source, report, required=required)
    if parts.yaml is None:
        return Matter(fallback, Written(source.file, {}, {})), parts
    return decode(parts.yaml, fallback, takes, file=source.file, report=report), parts
