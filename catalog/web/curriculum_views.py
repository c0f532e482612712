"""Curricula and their versions as the API shows them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from catalog.database.models import CurriculumVersion
from catalog.services import curricula
from catalog.services.curriculum_courses import PinnedCourse, courses_of
from courses.curricula import Curriculum, Kind
from schemas.text import Text


class CurriculumLine(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a curriculum in a list. `etag` counts its changes; `number` is there once it was published; `kind`:
    a year's class or a camp."""

    id: int
    institution: str
    curriculum: str
    number: int | None
    state: str
    etag: int
    edition: str
    theme: str
    kind: Kind
    title: Text
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None


class CurriculumCourseLine(msgspec.Struct, frozen=True):
    """A course of a curriculum. `number` is the version that a published curriculum consists of, or that another would if
    it were published now (null: there is none that fits); `state` is that version's, `latest` what is published now."""

    institution: str
    course: str
    title: Text
    hours: float
    number: int | None
    state: str
    latest: int | None


class ShownCurriculum(CurriculumLine, frozen=True, kw_only=True):
    """A version of a curriculum with what was read from it, and its courses."""

    document: Curriculum
    courses: tuple[CurriculumCourseLine, ...]


def curriculum_line(version: CurriculumVersion) -> CurriculumLine:
    """A version whose curriculum is loaded, for a list."""
    return CurriculumLine(**_columns(version))


def shown_curriculum(session: Session, version: CurriculumVersion) -> ShownCurriculum:
    """A version whose curriculum is loaded."""
    document = curricula.document(version)
    lines = tuple(map(_course_line, courses_of(session, version, document)))
    return ShownCurriculum(**_columns(version), document=document, courses=lines)


def _course_line(found: PinnedCourse) -> CurriculumCourseLine:
    version, choice = found.version, found.choice
    return CurriculumCourseLine(
        choice.institution,
        choice.course,
        Text(version.title_zh, version.title_en) if version else Text(choice.name),
        found.hours,
        version.number if version else None,
        version.state if version else "",
        found.latest,
    )


def _columns(version: CurriculumVersion) -> dict[str, Any]:
    return {
        "id": version.id,
        "institution": version.curriculum.institution.slug,
        "curriculum": version.curriculum.slug,
        "number": version.number,
        "state": version.state,
        "etag": version.row_version,
        "edition": version.edition,
        "theme": version.theme,
        "kind": Kind(version.kind),
        "title": Text(version.title_zh, version.title_en),
        "created_at": version.created_at,
        "changed_at": version.changed_at,
        "submitted_at": version.submitted_at,
        "published_at": version.published_at,
    }
