"""Bodies of uploads: who may send one at all, and its bytes to the disk as they come."""

import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from http import HTTPStatus

from anyio import CancelScope
from anyio.to_thread import run_sync
from litestar.exceptions import HTTPException

from catalog.domain.actions import PERMISSIONS, Action
from catalog.domain.errors import ConflictError, ForbiddenError, UnauthenticatedError
from catalog.domain.roles import Actor, Resource, allowed
from catalog.intake.upload import Upload
from catalog.web.language import AnyRequest
from schemas.text import Text

_PIECE = 1 << 20  # bytes handed to the disk at once


class VersionOpenError(ConflictError):
    """There is a draft or a submission already."""

    code = "version-open"

    def __init__(self, version_id: int) -> None:
        super().__init__(
            Text(
                "已有未发布的版本（{id}）。要替换它，请在 If-Match 中写明它的 ETag。",
                "There is an open version ({id}) already. To replace it, send its ETag in If-Match.",
            ).format(id=version_id)
        )


def refuse_early(request: AnyRequest, actor: Actor, types: Collection[str]) -> None:
    """Before gigabytes are sent. Whose it is, what is sent alone can tell."""
    if not actor.signed_in:
        raise UnauthenticatedError
    if not any(allowed(actor, Action.UPLOAD, Resource(grant.institution_slug)) for grant in actor.roles):
        raise ForbiddenError(PERMISSIONS[Action.UPLOAD].words)
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in types:
        raise HTTPException(status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


@asynccontextmanager
async def received(request: AnyRequest, receiving: Upload) -> AsyncIterator[Upload]:
    """The upload with the whole body in it. Its folder is made and cleared in a thread: that takes time that others on
    the event loop don't have."""
    await run_sync(receiving.__enter__)
    try:
        piece = bytearray()
        async for chunk in request.stream():
            piece += chunk
            if len(piece) >= _PIECE:
                await run_sync(receiving.write, bytes(piece))
                piece.clear()
        await run_sync(receiving.write, bytes(piece))
        yield receiving
    finally:
        with CancelScope(shield=True):
            await run_sync(receiving.__exit__, *sys.exc_info())
