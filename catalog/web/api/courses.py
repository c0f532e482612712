"""Courses 课程 by their addresses, and their versions."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from catalog.services import lists
from catalog.services.events import Cause
from catalog.web.language import AnyRequest
from catalog.web.parts import Parts
from catalog.web.views import ShownVersion, VersionLine, answer_version, shown_version, version_line


@get("/courses/{institution:str}/{course:str}/versions", sync_to_thread=True)
def list_versions(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
) -> list[VersionLine]:
    """The versions that the caller may see, the newest first."""
    with parts.database.read() as session:
        return [version_line(v) for v in lists.versions_of(session, cause.actor, institution, course)]


@get(
    "/courses/{institution:str}/{course:str}/versions/{number:int}",
    sync_to_thread=True,
    opt={"conditional": True},
)
def get_numbered(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
    number: FromPath[int],
) -> Response[ShownVersion | None]:
    """One version by its number."""
    return _answer(request, parts, cause, institution, course, number)


@get("/courses/{institution:str}/{course:str}/latest", sync_to_thread=True, opt={"conditional": True})
def get_latest(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    course: FromPath[str],
) -> Response[ShownVersion | None]:
    """The version that is published now."""
    return _answer(request, parts, cause, institution, course, None)


def _answer(
    request: AnyRequest, parts: Parts, cause: Cause, institution: str, course: str, number: int | None
) -> Response[ShownVersion | None]:
    with parts.database.read() as session:
        version = lists.version_by_number(session, cause.actor, institution, course, number)
        return answer_version(request, shown_version(version))


HANDLERS = (list_versions, get_numbered, get_latest)
