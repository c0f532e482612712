"""Versions of curricula: handed in as the text of `curriculum.md`, read, commented on, and each step of their life."""

from http import HTTPStatus

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.orm import Session

from catalog.domain.difference import Answer
from catalog.domain.difference.curricula import CurriculumDifference, render_curricula
from catalog.domain.errors import ConflictError, StaleError
from catalog.domain.roles import Action
from catalog.intake.curricula import ReadCurriculum
from catalog.intake.upload import Upload
from catalog.services import comments, curricula
from catalog.services.comments import NewComment
from catalog.services.events import Cause
from catalog.services.shelves import CURRICULA
from catalog.web.api.versions import Wanted
from catalog.web.conditional import etag, is_known, row_version_asked
from catalog.web.curriculum_views import (
    CurriculumLine,
    ShownCurriculum,
    curriculum_line,
    shown_curriculum,
)
from catalog.web.language import AnyRequest, language_asked
from catalog.web.once import once
from catalog.web.openapi import STEP
from catalog.web.paging import Cursor, Limit, Listed, listed
from catalog.web.parts import Parts
from catalog.web.problems import ShownDiagnostic, shown
from catalog.web.receiving import VersionOpenError, received, refuse_early
from catalog.web.steps import Returning, Withdrawal, take
from catalog.web.views import ShownComment, answer_version, shown_comment
from schemas.text import Text

MARKDOWN = "text/markdown"
_OPT = {"if_match": "optional", "idempotency_key": True, "takes": MARKDOWN}


class UploadedCurriculum(msgspec.Struct, frozen=True):
    """The draft, and what a check says of it."""

    version: ShownCurriculum
    diagnostics: tuple[ShownDiagnostic, ...]


class ComparedCurricula(msgspec.Struct, frozen=True):
    """What changed between two versions of a curriculum, and what it means for learners' records in an LMS."""

    answer: Answer
    text: str  # for people, in the language asked for
    difference: CurriculumDifference


class OtherCurriculumError(ConflictError):
    """The two versions are of different curricula."""

    code = "other-curriculum"

    def __init__(self) -> None:
        super().__init__(
            Text("只能比较同一个培训方案的两个版本。", "Only two versions of one curriculum can be compared.")
        )


@post("/curriculum-versions", status_code=HTTPStatus.CREATED, request_max_body_size=None, opt=_OPT)
async def upload_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    submit: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
) -> Response[UploadedCurriculum]:
    """The text of `curriculum.md` in the body: a new draft or, with If-Match, another content for the open version.
    `submit` hands it in for review in the same step."""
    refuse_early(request, cause.actor, (MARKDOWN,))
    async with received(request, parts.intake.upload_curriculum()) as receiving:
        done = await run_sync(_store, request, parts, cause, receiving, submit)
    where = f"/api/v1/curriculum-versions/{done.version.id}"
    return Response(done, headers={"ETag": etag(done.version.etag), "Location": where})


@get("/curriculum-versions", sync_to_thread=True)
def list_curricula_in_state(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    wanted: Wanted,
    cursor: FromQuery[Cursor] = "",
    limit: FromQuery[Limit] = 20,
) -> Response[Listed[CurriculumLine]]:
    """Versions in a state that the caller may see, the one that waits longest first."""
    with parts.database.read() as session:
        page = CURRICULA.in_state(session, cause.actor, wanted, cursor=cursor, limit=limit)
        return listed(request, [curriculum_line(version) for version in page.rows], page.next)


@get("/curriculum-versions/{version_id:int}", sync_to_thread=True, opt={"conditional": True})
def get_curriculum_version(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownCurriculum | None]:
    """One version. Its ETag goes into If-Match of every step."""
    with parts.database.read() as session:
        version = curricula.get(session, cause.actor, version_id)
        return answer_version(request, shown_curriculum(session, version))


@get(
    "/curriculum-versions/{version_id:int}/source",
    sync_to_thread=True,
    opt={"sends": MARKDOWN, "conditional": True},
)
def get_curriculum_source(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[bytes]:
    """The text of its `curriculum.md`."""
    with parts.database.read() as session:
        version = curricula.readable(session, cause.actor, version_id)
    tag = etag(comments.source_of(version))
    if is_known(request, tag):
        return Response(b"", status_code=304, headers={"ETag": tag})
    return Response(version.source.encode(), media_type=f"{MARKDOWN}; charset=utf-8", headers={"ETag": tag})


@get("/curriculum-versions/{version_id:int}/diagnostics", sync_to_thread=True)
def list_curriculum_diagnostics(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> list[ShownDiagnostic]:
    """What the check said when it was uploaded."""
    with parts.database.read() as session:
        version = curricula.readable(session, cause.actor, version_id)
    return list(shown(curricula.diagnostics(version), language_asked(request)))


@get("/curriculum-versions/{version_id:int}/comments", sync_to_thread=True)
def list_curriculum_comments(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], version_id: FromPath[int]
) -> list[ShownComment]:
    """Reviewers' and authors' comments, oldest first."""
    with parts.database.read() as session:
        version = curricula.readable(session, cause.actor, version_id)
        return [shown_comment(found, version) for found in comments.comments_on(session, version)]


@post("/curriculum-versions/{version_id:int}/comments", sync_to_thread=True, opt={"idempotency_key": True})
def add_curriculum_comments(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    data: JSONBody[list[NewComment]],
) -> list[ShownComment]:
    """Comment on lines of a submitted or returned version."""

    def make(session: Session) -> list[ShownComment]:
        made = comments.comment_curriculum(session, cause.actor, version_id, data)
        version = curricula.get(session, cause.actor, version_id)
        for new in made:
            session.refresh(new, ["author"])
        return [shown_comment(new, version) for new in made]

    return parts.database.transact(
        lambda session: once(request, session, cause, data, lambda: make(session), list[ShownComment])
    )


@get("/curriculum-versions/{version_id:int}/changes-since/{old_id:int}", sync_to_thread=True)
def compare_curriculum_versions(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    old_id: FromPath[int],
) -> ComparedCurricula:
    """What changed since another version, and whether an LMS can replace its package in place."""
    with parts.database.read() as session:
        new, old = (curricula.get(session, cause.actor, one) for one in (version_id, old_id))
        if new.curriculum_id != old.curriculum_id:
            raise OtherCurriculumError
        difference = curricula.difference(session, parts.storage, old, new)
    return ComparedCurricula(
        difference.answer, render_curricula(difference, language_asked(request)), difference
    )


@post("/curriculum-versions/{version_id:int}/submit", status_code=200, sync_to_thread=True, opt=STEP)
def submit_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownCurriculum | None]:
    """Hand a draft in for review."""
    return _take(request, parts, cause, Action.SUBMIT, version_id)


@post("/curriculum-versions/{version_id:int}/recall", status_code=200, sync_to_thread=True, opt=STEP)
def recall_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownCurriculum | None]:
    """Take a submission back: it is a draft again."""
    return _take(request, parts, cause, Action.RECALL, version_id)


@post("/curriculum-versions/{version_id:int}/return", status_code=200, sync_to_thread=True, opt=STEP)
def return_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    data: JSONBody[Returning],
) -> Response[ShownCurriculum | None]:
    """Give a submission back to its authors, with comments on lines of the source."""
    return _take(request, parts, cause, Action.RETURN, version_id, data)


@post("/curriculum-versions/{version_id:int}/approve", status_code=200, sync_to_thread=True, opt=STEP)
def approve_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
) -> Response[ShownCurriculum | None]:
    """Publish a submission under the curriculum's next number, of the versions of its courses that are current now. Its packages are built in the
    background."""
    answer = _take(request, parts, cause, Action.APPROVE, version_id)
    parts.jobs.hint_curriculum(version_id)
    parts.jobs.hint_messages()
    return answer


@post("/curriculum-versions/{version_id:int}/withdraw", status_code=200, sync_to_thread=True, opt=STEP)
def withdraw_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    version_id: FromPath[int],
    data: JSONBody[Withdrawal],
) -> Response[ShownCurriculum | None]:
    """Hand a version out no more."""
    answer = _take(request, parts, cause, Action.WITHDRAW, version_id, data)
    parts.jobs.hint_messages()
    return answer


def _store(
    request: AnyRequest,
    parts: Parts,
    cause: Cause,
    receiving: Upload,
    submit: bool,  # noqa: FBT001
) -> UploadedCurriculum:
    read = receiving.finish_curriculum()
    replacing = row_version_asked(request) if "If-Match" in request.headers else None

    def make(session: Session) -> UploadedCurriculum:
        try:
            version = curricula.receive(session, cause, read, if_match=replacing)
        except StaleError:
            _tell_open(session, cause, read, replacing)
            raise
        told = shown(curricula.diagnostics(version), language_asked(request))
        if submit:
            version = curricula.take_step(
                session, cause, Action.SUBMIT, version.id, if_match=version.row_version
            )
        session.refresh(version, ["curriculum"])
        return UploadedCurriculum(shown_curriculum(session, version), told)

    def work(session: Session) -> UploadedCurriculum:
        return once(request, session, cause, read.text, lambda: make(session), UploadedCurriculum)

    return parts.database.transact(work)


def _tell_open(session: Session, cause: Cause, read: ReadCurriculum, replacing: int | None) -> None:
    """Raise VersionOpenError for whoever didn't know that there is a version to replace."""
    if replacing is not None or read.reading is None:
        return
    written = read.reading.curriculum
    found = CURRICULA.open_version(session, cause.actor, written.institution, written.id)
    if found is not None:
        raise VersionOpenError(found.id) from None


def _take(
    request: AnyRequest,
    parts: Parts,
    cause: Cause,
    action: Action,
    version_id: int,
    asked: Returning | Withdrawal | None = None,
) -> Response[ShownCurriculum | None]:
    def step(session: Session, tag: int) -> ShownCurriculum:
        version = curricula.take_step(
            session,
            cause,
            action,
            version_id,
            if_match=tag,
            reason=asked.reason if isinstance(asked, Withdrawal) else "",
            comments=asked.comments if isinstance(asked, Returning) else (),
        )
        session.refresh(version, ["curriculum"])
        return shown_curriculum(session, version)

    return take(request, parts, cause, step, ShownCurriculum, asked)


HANDLERS = (
    upload_curriculum,
    list_curricula_in_state,
    get_curriculum_version,
    get_curriculum_source,
    list_curriculum_diagnostics,
    list_curriculum_comments,
    add_curriculum_comments,
    submit_curriculum,
    recall_curriculum,
    return_curriculum,
    approve_curriculum,
    withdraw_curriculum,
    compare_curriculum_versions,
)
