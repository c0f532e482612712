"""Versions and their courses as the API shows them."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec
from litestar import Response

from catalog.database.models import Comment, CurriculumVersion, Version
from catalog.services import comments
from catalog.services.facts import CourseFacts, read_facts
from catalog.web.conditional import etag, is_known
from catalog.web.language import AnyRequest
from schemas.text import Text


class Tagged(Protocol):
    """What is shown of a version: `etag` counts its changes."""

    @property
    def etag(self) -> int:
        """Its `row_version`."""
        ...


T = TypeVar("T", bound=Tagged)


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A version in a list. `etag` counts its changes; `number` is there once it was published."""

    id: int
    institution: str
    course: str
    number: int | None
    state: str
    etag: int
    edition: str
    language: str
    title: Text
    warnings: int
    source_sha256: str
    source_size: int
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None


class ShownVersion(VersionLine, frozen=True, kw_only=True):
    """A version with what is known of its course."""

    facts: CourseFacts


class ShownComment(msgspec.Struct, frozen=True):
    """A comment on a line. `outdated`: it is about an earlier text of the draft."""

    id: int
    file: str
    line: int
    body: str
    author: str
    outdated: bool
    created_at: datetime


def shown_comment(found: Comment, version: Version | CurriculumVersion) -> ShownComment:
    """A comment of that version's, whose author is loaded."""
    return ShownComment(
        found.id,
        found.file,
        found.line,
        found.body,
        found.author.name if found.author is not None else "",
        found.source_sha256 != comments.source_of(version),
        found.created_at,
    )


def version_line(version: Version) -> VersionLine:
    """A version whose course is loaded, for a list."""
    return VersionLine(**_columns(version))


def shown_version(version: Version) -> ShownVersion:
    """A version whose course is loaded."""
    return ShownVersion(**_columns(version), facts=read_facts(version.facts))


def answer_version(request: AnyRequest, shown: T) -> Response[T | None]:
    """A version with its ETag, or 304 for whoever has it."""
    tag = etag(shown.etag)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.method in ("GET", "HEAD") and is_known(request, tag):
        return Response(None, status_code=304, headers=headers)
    return Response(shown, headers=headers)


def _columns(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "institution": version.course.institution.slug,
        "course": version.course.slug,
        "number": version.number,
        "state": version.state,
        "etag": version.row_version,
        "edition": version.edition,
        "language": version.language,
        "title": Text(version.title_zh, version.title_en),
        "warnings": version.warnings,
        "source_sha256": version.source_sha256,
        "source_size": version.source_size,
        "created_at": version.created_at,
        "changed_at": version.changed_at,
        "submitted_at": version.submitted_at,
        "published_at": version.published_at,
    }
