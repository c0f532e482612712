"""Uploads: a course folder as a streamed zip becomes a draft, judged by the same checks as `lingjun check`."""

from http import HTTPStatus

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from catalog.domain.errors import StaleError
from catalog.intake.upload import Upload
from catalog.services import lists, uploads, versions
from catalog.services.events import Cause
from catalog.web.conditional import etag, row_version_asked
from catalog.web.language import AnyRequest, language_asked
from catalog.web.once import once
from catalog.web.parts import Parts
from catalog.web.problems import ShownDiagnostic, shown
from catalog.web.receiving import VersionOpenError, received, refuse_early
from catalog.web.views import ShownVersion, shown_version

_OPT = {"if_match": "optional", "idempotency_key": True, "takes": "application/zip"}
_TYPES = ("application/zip", "application/octet-stream")


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
    refuse_early(request, cause.actor, _TYPES)
    async with received(request, parts.intake.upload()) as receiving:
        done = await run_sync(_store, request, parts, cause, receiving, submit)
    headers = {"ETag": etag(done.version.etag), "Location": f"/api/v1/versions/{done.version.id}"}
    return Response(done, headers=headers)


def _store(request: AnyRequest, parts: Parts, cause: Cause, receiving: Upload, submit: bool) -> Uploaded:  # noqa: FBT001
    found = receiving.finish()
    stored = uploads.store(parts.storage, found.reading, found.source)
    told = shown(found.reading.diagnostics, language_asked(request))
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
        return Uploaded(shown_version(version), told, found.reading.left_out)

    def work(session: Session) -> Uploaded:
        return once(request, session, cause, stored.source.sha256, lambda: make(session), Uploaded)

    return parts.database.transact(work)


HANDLERS = (upload,)
