"""What a version was made of: its source archive, its diagnostics, reviewers' comments, and how it differs from another."""

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from sqlalchemy.orm import Session

from catalog.database.models import Version
from catalog.domain.difference import Answer, compare, render_difference
from catalog.domain.difference.model import Difference
from catalog.domain.errors import ConflictError
from catalog.domain.roles import Action, Resource, require
from catalog.domain.states import READING, State
from catalog.intake.reading import SourceReading, decode
from catalog.services import comments, versions
from catalog.services.comments import NewComment
from catalog.services.events import Cause
from catalog.storage import Kind
from catalog.web.conditional import etag, is_known
from catalog.web.language import AnyRequest, language_asked
from catalog.web.once import once
from catalog.web.parts import Parts
from catalog.web.problems import ShownDiagnostic, shown
from catalog.web.views import ShownComment, shown_comment
from schemas.course import Course
from schemas.text import Text

_VERSION = Text("这个版本", "such version")


class Diagnosed(msgspec.Struct, frozen=True):
    """What the check said when the version was uploaded; `left_out` more weren't kept."""

    diagnostics: tuple[ShownDiagnostic, ...]
    left_out: int


class Compared(msgspec.Struct, frozen=True):
    """What changed between two versions of a course, and what it means for learners' records in an LMS."""

    answer: Answer
    text: str  # for people, in the language asked for
    difference: Difference


class OtherCourseError(ConflictError):
    """The two versions are of different courses."""

    code = "other-course"

    def __init__(self) -> None:
        super().__init__(
            Text("只能比较同一门课程的两个版本。", "Only two versions of one course can be compared.")
        )


@get(
    "/versions/{version_id:int}/source",
    sync_to_thread=True,
    opt={"sends": "application/zip", "conditional": True},
)
def download_source(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[None] | Stream:
    """The course folder as a zip, right answers and all."""
    with parts.database.read() as session:
        version = _readable(session, cause, version_id)
        name = f"{version.course.institution.slug}-{version.course.slug}.zip"
    tag = etag(version.source_sha256)
    headers = {
        "ETag": tag,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(version.source_size),
    }
    if is_known(request, tag):
        return Response(None, status_code=304, headers={"ETag": tag})
    stream = parts.storage.stream(Kind.SOURCE, version.source_sha256)
    return Stream(stream, media_type="application/zip", headers=headers)


@get("/versions/{version_id:int}/diagnostics", sync_to_thread=True)
def list_diagnostics(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Diagnosed:
    """What the check said of this version."""
    with parts.database.read() as session:
        version = _readable(session, cause, version_id)
    reading = _reading(parts, version)
    return Diagnosed(shown(reading.diagnostics, language_asked(request)), reading.left_out)


@get("/versions/{version_id:int}/comments", sync_to_thread=True)
def list_comments(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], version_id: FromPath[int]
) -> list[ShownComment]:
    """Reviewers' and authors' comments, oldest first."""
    with parts.database.read() as session:
        version = _readable(session, cause, version_id)
        return [shown_comment(found, version) for found in comments.comments_on(session, version)]


@post("/versions/{version_id:int}/comments", sync_to_thread=True, opt={"idempotency_key": True})
def add_comments(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    data: JSONBody[list[NewComment]],
) -> list[ShownComment]:
    """Comment on lines of a submitted or returned version."""

    def make(session: Session) -> list[ShownComment]:
        made = comments.comment(session, cause.actor, version_id, data)
        version = versions.get(session, cause.actor, version_id)
        for new in made:
            session.refresh(new, ["author"])
        return [shown_comment(new, version) for new in made]

    return parts.database.transact(
        lambda session: once(request, session, cause, data, lambda: make(session), list[ShownComment])
    )


@get("/versions/{version_id:int}/changes-since/{old_id:int}", sync_to_thread=True)
def compare_versions(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    old_id: FromPath[int],
) -> Compared:
    """What changed since another version, and whether an LMS can replace its package in place."""
    with parts.database.read() as session:
        new = versions.get(session, cause.actor, version_id)
        old = versions.get(session, cause.actor, old_id)
    if new.course_id != old.course_id:
        raise OtherCourseError
    difference = compare(_course(parts, old), _course(parts, new))
    text = render_difference(difference, language_asked(request))
    return Compared(difference.answer, text, difference)


def _readable(session: Session, cause: Cause, version_id: int) -> Version:
    """A version whose source the actor may read."""
    version = versions.get(session, cause.actor, version_id)
    resource = Resource(version.course.institution.slug)
    see = READING[State(version.state)]
    require(cause.actor, Action.DOWNLOAD_SOURCE, resource, see=see, what=_VERSION)
    return version


def _reading(parts: Parts, version: Version) -> SourceReading:
    return decode(parts.storage.read(Kind.READING, version.reading_sha256))


def _course(parts: Parts, version: Version) -> Course:
    course = _reading(parts, version).course
    assert course is not None  # noqa: S101 (services.uploads.store takes no other)
    return course


HANDLERS = (download_source, list_diagnostics, list_comments, add_comments, compare_versions)
