"""Front matter: the YAML between `---` lines at the top of a file, decoded strictly and safely."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from courses.checks import front_matter_missing
from courses.front_matter.decode import Decoder, Matter
from courses.front_matter.fence import Parts, split
from courses.front_matter.keys import LESSON_TAKES, MODULE_TAKES, TAKES, CourseKeys, LessonKeys, ModuleKeys
from courses.sources import Source
from courses.tree import Report
from schemas.diagnostics import Place
from schemas.text import Text

__all__ = ["CourseKeys", "LessonKeys", "Matter", "ModuleKeys", "Parts", "course", "lesson", "module"]

T = TypeVar("T", bound=msgspec.Struct)


def course(
    source: Source, report: Report, fallback: Mapping[str, object]
) -> tuple[Matter[CourseKeys], Parts]:
    """The keys of `course.md` (which must have some) and its Markdown."""
    heard = []
    parts = split(source, lambda diagnostic: (heard.append(diagnostic), report(diagnostic))[1])
    if parts.yaml is None:
        if not heard:
            report(front_matter_missing.RULE.at(Place(source.file)))
        return Matter(CourseKeys(**fallback), {}), parts
    return Decoder(CourseKeys, TAKES, file=source.file, report=report, fallback=fallback).decode(
        parts.yaml
    ), parts


def module(source: Source, report: Report) -> tuple[Matter[ModuleKeys], Parts]:
    """The keys of a module's `index.md` and its Markdown."""
    return _optional(ModuleKeys, MODULE_TAKES, source, report)


def lesson(source: Source, report: Report) -> tuple[Matter[LessonKeys], Parts]:
    """The keys of a lesson and its Markdown."""
    return _optional(LessonKeys, LESSON_TAKES, source, report)


def _optional(
    kind: type[T], takes: Mapping[str, Text], source: Source, report: Report
) -> tuple[Matter[T], Parts]:
    parts = split(source, report)
    if parts.yaml is None:
        return Matter(kind(), {}), parts
    return Decoder(kind, takes, file=source.file, report=report, fallback={}).decode(parts.yaml), parts
