"""Versions 版本: read one, list those that wait, and each step of their life."""

from collections.abc import Callable
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.orm import Session

from catalog.database.models import Version
from catalog.domain.states import State
from catalog.services import lists, versions
from catalog.services.events import Cause
from catalog.web.language import AnyRequest
from catalog.web.openapi import STEP
from catalog.web.paging import Cursor, Limit, Listed, listed
from catalog.web.parts import Parts
from catalog.web.steps import Returning, Withdrawal, take
from catalog.web.views import ShownVersion, VersionLine, answer_version, shown_version, version_line

Wanted = Annotated[State, QueryParameter(name="state")]  # `state` itself is a word of Litestar's
Step = Callable[[Session, int], Version]


@get("/versions", sync_to_thread=True)
def list_in_state(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    wanted: Wanted,
    cursor: FromQuery[Cursor] = "",
    limit: FromQuery[Limit] = 20,
) -> Response[Listed[VersionLine]]:
    """Versions in a state that the caller may see, the one that waits longest first."""
    with parts.database.read() as session:
        page = lists.in_state(session, cause.actor, wanted, cursor=cursor, limit=limit)
        return listed(request, [version_line(version) for version in page.rows], page.next)


@get("/versions/{version_id:int}", sync_to_thread=True, opt={"conditional": True})
def get_version(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownVersion | None]:
    """One version. Its ETag goes into If-Match of every step."""
    with parts.database.read() as session:
        return answer_version(request, shown_version(versions.get(session, cause.actor, version_id)))


@post("/versions/{version_id:int}/submit", status_code=200, sync_to_thread=True, opt=STEP)
def submit(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownVersion | None]:
    """Hand a draft in for review."""

    def step(session: Session, tag: int) -> Version:
        return versions.submit(session, cause, version_id, if_match=tag)

    return _take(request, parts, cause, step)


@post("/versions/{version_id:int}/recall", status_code=200, sync_to_thread=True, opt=STEP)
def recall(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownVersion | None]:
    """Take a submission back: it is a draft again."""

    def step(session: Session, tag: int) -> Version:
        return versions.recall(session, cause, version_id, if_match=tag)

    return _take(request, parts, cause, step)


@post("/versions/{version_id:int}/return", status_code=200, sync_to_thread=True, opt=STEP)
def return_(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    data: JSONBody[Returning],
) -> Response[ShownVersion | None]:
    """Give a submission back to its authors, with comments on lines of the source."""

    def step(session: Session, tag: int) -> Version:
        return versions.return_version(session, cause, version_id, data.comments, if_match=tag)

    return _take(request, parts, cause, step, data)


@post("/versions/{version_id:int}/approve", status_code=200, sync_to_thread=True, opt=STEP)
def approve(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownVersion | None]:
    """Publish a submission under the course's next number. Its packages are built in the background."""

    def step(session: Session, tag: int) -> Version:
        return versions.approve(session, cause, version_id, if_match=tag)

    answer = _take(request, parts, cause, step)
    parts.jobs.hint_version(version_id)
    parts.jobs.hint_messages()
    return answer


@post("/versions/{version_id:int}/withdraw", status_code=200, sync_to_thread=True, opt=STEP)
def withdraw(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    data: JSONBody[Withdrawal],
) -> Response[ShownVersion | None]:
    """Hand a version out no more."""

    def step(session: Session, tag: int) -> Version:
        return versions.withdraw(session, cause, version_id, data.reason, if_match=tag)

    answer = _take(request, parts, cause, step, data)
    parts.jobs.hint_messages()
    return answer


def _take(
    request: AnyRequest, parts: Parts, cause: Cause, step: Step, asked: object = None
) -> Response[ShownVersion | None]:
    def stepped(session: Session, tag: int) -> ShownVersion:
        version = step(session, tag)
        session.refresh(version, ["course"])
        return shown_version(version)

    return take(request, parts, cause, stepped, ShownVersion, asked)


HANDLERS = (list_in_state, get_version, submit, recall, return_, approve, withdraw)
