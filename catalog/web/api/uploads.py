"""Uploads: a course folder as a streamed zip becomes a draft, judged by the same checks as `lingjun check`."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import msgspec
from anyio import CancelScope
from anyio.to_thread import run_sync
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from catalog.domain.actions import PERMISSIONS, Action
from catalog.domain.errors import ConflictError, ForbiddenError, StaleError, UnauthenticatedError
from catalog.domain.roles import Actor, Resource, allowed
from catalog.intake.upload import Upload
from catalog.services import lists, uploads, versions
from catalog.services.events import Cause
from catalog.web.conditional import etag, row_version_asked
from catalog.web.language import AnyRequest, language_asked
from catalog.web.once import once
from catalog.web.parts import Parts
from catalog.web.problems import ShownDiagnostic, shown
from catalog.web.views import ShownVersion, shown_version
from schemas.text import Text

_OPT = {"if_match": "optional", "idempotency_key": True, "takes": "application/zip"}
_PIECE = 1 << 20  # bytes handed to the disk at once
_TYPES = ("application/zip", "application/octet-stream")


class VersionOpenError(ConflictError):
    """The course has a draft or a submission already."""

    code = "version-open"

    def __init__(self, version_id: int) -> None:
        super().__init__(
            Text(
                "这门课程已有未发布的版本（{id}）。要替换它，请在 If-Match 中写明它的 ETag。",
                "The course has an open version ({id}) already. To replace it, send its ETag in If-Match.",
            ).format(id=version_id)
        )


class Uploaded(msgspec.Struct, frozen=True):
    """The draft, and what `lingjun check` would say of it; `left_out` more weren't listed."""

    version: ShownVersion
    diagnostics: tuple[ShownDiagnostic, ...]
    left_out: int


@post("/versions", status_code=HTTPStatus.CREATED, request_max_body_size=None, opt=_OPT)
async def upload(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    submit: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
) -> Response[Uploaded]:
    """A course folder as a zip in the body: a new draft or, with If-Match, another content for the open version.
    `submit` hands it in for review in the same step."""
    _refuse_early(request, cause.actor)
    async with _in_thread(parts.intake.upload()) as receiving:
        await _receive(request, receiving)
        done = await run_sync(_store, request, parts, cause, receiving, submit)
    headers = {"ETag": etag(done.version.etag), "Location": f"/api/v1/versions/{done.version.id}"}
    return Response(done, headers=headers)


def _refuse_early(request: AnyRequest, actor: Actor) -> None:
    """Before gigabytes are sent. Whose course it is, the archive alone can tell."""
    if not actor.signed_in:
        raise UnauthenticatedError
    if not any(allowed(actor, Action.UPLOAD, Resource(grant.institution_slug)) for grant in actor.roles):
        raise ForbiddenError(PERMISSIONS[Action.UPLOAD].words)
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise HTTPException(status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


@asynccontextmanager
async def _in_thread(receiving: Upload) -> AsyncIterator[Upload]:
    """Making and clearing its folder takes time that others on the event loop don't have."""
    await run_sync(receiving.__enter__)
    try:
        yield receiving
    finally:
        with CancelScope(shield=True):
            await run_sync(receiving.__exit__, *sys.exc_info())


async def _receive(request: AnyRequest, receiving: Upload) -> None:
    piece = bytearray()
    async for chunk in request.stream():
        piece += chunk
        if len(piece) >= _PIECE:
            await run_sync(receiving.write, bytes(piece))
            piece.clear()
    await run_sync(receiving.write, bytes(piece))


def _store(request: AnyRequest, parts: Parts, cause: Cause, receiving: Upload, submit: bool) -> Uploaded:  # noqa: FBT001
    received = receiving.finish()
    stored = uploads.store(parts.storage, received.reading, received.source)
    told = shown(received.reading.diagnostics, language_asked(request))
    replacing = row_version_asked(request) if "If-Match" in request.headers else None

    def make(session: Session) -> Uploaded:
        try:
            version = versions.upload(session, cause, stored, if_match=replacing)
        except StaleError:
            open_ = lists.open_version(session, cause.actor, stored.facts.institution, stored.facts.id)
            if replacing is None and open_ is not None:
                raise VersionOpenError(open_.id) from None
            raise
        if submit:
            version = versions.submit(session, cause, version.id, if_match=version.row_version)
        session.refresh(version, ["course"])
        return Uploaded(shown_version(version), told, received.reading.left_out)

    def work(session: Session) -> Uploaded:
        return once(request, session, cause, stored.source.sha256, lambda: make(session), Uploaded)

    return parts.database.transact(work)


HANDLERS = (upload,)
