"""The one place where what was refused becomes an answer: problem details (RFC 9457) in the client's language."""

import logging
from http import HTTPStatus

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from catalog.domain.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    KeyReusedError,
    NotFoundError,
    RateLimitedError,
    StaleError,
    SuspendedError,
    UnauthenticatedError,
)
from catalog.intake.refusals import UploadError
from catalog.packages.refusals import PackagePendingError
from catalog.web.conditional import ConditionMissingError
from catalog.web.language import AnyRequest, language_asked
from schemas.diagnostics import Diagnostic
from schemas.errors import InputError, LingjunError, MachineError, UsageError
from schemas.text import Language, Text

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30  # when a machine is at fault

_log = logging.getLogger(__name__)

# The most specific class comes first.
_STATUSES: tuple[tuple[type[LingjunError], HTTPStatus], ...] = (
    (UnauthenticatedError, HTTPStatus.UNAUTHORIZED),
    (ForbiddenError, HTTPStatus.FORBIDDEN),
    (SuspendedError, HTTPStatus.FORBIDDEN),
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (StaleError, HTTPStatus.PRECONDITION_FAILED),
    (ConditionMissingError, HTTPStatus.PRECONDITION_REQUIRED),
    (KeyReusedError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ConflictError, HTTPStatus.CONFLICT),
    (RateLimitedError, HTTPStatus.TOO_MANY_REQUESTS),
    (PackagePendingError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DomainError, HTTPStatus.CONFLICT),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (MachineError, HTTPStatus.SERVICE_UNAVAILABLE),
)
_TOO_LARGE = "upload-too-large"
_WORDS = {
    HTTPStatus.BAD_REQUEST: Text("请求不正确。", "The request is not right."),
    HTTPStatus.UNAUTHORIZED: Text("请先登录。", "Sign in first."),
    HTTPStatus.FORBIDDEN: Text("没有权限。", "Not permitted."),
    HTTPStatus.NOT_FOUND: Text("没有这个地址。", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: Text("此地址不支持这种方法。", "This address doesn't take that method."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Text("请求体过大。", "The body is too large."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Text("不支持这种内容类型。", "This content type is not taken."),
}
_INTERNAL = Text(
    "服务器出错，操作没有完成。请稍后再试；若仍出错，请把请求编号告诉管理员。",
    "The server failed and the request was not completed. Try later; if it persists, tell the administrator the request id.",
)


class ShownDiagnostic(msgspec.Struct, frozen=True):
    """One thing that is wrong with what was sent, as `lingjun check --json` tells it."""

    code: str
    severity: str
    file: str
    line: int
    column: int
    message: str
    cure: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """`code` is stable; `type` is a URI made of it; `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str = ""
    diagnostics: tuple[ShownDiagnostic, ...] = ()
    errors: tuple[str, ...] = ()  # where a body or parameter breaks the schema


def shown(diagnostics: tuple[Diagnostic, ...], language: Language) -> tuple[ShownDiagnostic, ...]:
    """Diagnostics in one language."""
    return tuple(
        ShownDiagnostic(
            found.code,
            found.severity.value,
            found.place.file,
            found.place.line,
            found.place.column,
            found.message.say(language),
            found.cure.say(language),
        )
        for found in diagnostics
    )


def status_of(error: LingjunError) -> HTTPStatus:
    """The status that a refusal becomes."""
    if isinstance(error, UploadError) and error.code == _TOO_LARGE:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def _refused(request: AnyRequest, error: LingjunError) -> Response[Problem]:
    status = status_of(error)
    diagnostics = error.diagnostics if isinstance(error, InputError) else ()
    headers = {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, RateLimitedError | PackagePendingError):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, MachineError):
        headers["Retry-After"] = str(RETRY_SECONDS)
        _log.error("%s %s: %s", request.method, request.url.path, error)
    return _answer(request, status, _code(error), error.message, headers, diagnostics=diagnostics)


def _code(error: LingjunError) -> str:
    if isinstance(error, DomainError | UploadError):
        return error.code
    kinds = ((InputError, "input-has-errors"), (UsageError, "bad-request"), (MachineError, "machine-trouble"))
    return next(code for kind, code in kinds if isinstance(error, kind))


def _http(request: AnyRequest, error: HTTPException) -> Response[Problem]:
    status = HTTPStatus(error.status_code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _failed(request, error)
    code = status.phrase.lower().replace(" ", "-")
    words = _WORDS.get(status, Text(status.phrase, status.phrase))
    return _answer(request, status, code, words, dict(error.headers or {}), errors=_places(error))


def _places(error: HTTPException) -> tuple[str, ...]:
    """Where a body or parameter breaks the schema, as the decoder tells it."""
    extra = error.extra if isinstance(error.extra, list) else []
    told = [entry for entry in extra if isinstance(entry, dict)]
    return tuple(f"{entry.get('key', '')}: {entry.get('message', '')}".removeprefix(": ") for entry in told)


def _failed(request: AnyRequest, error: Exception) -> Response[Problem]:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal", _INTERNAL, {})


def _answer(
    request: AnyRequest,
    status: HTTPStatus,
    code: str,
    words: Text,
    headers: dict[str, str],
    *,
    diagnostics: tuple[Diagnostic, ...] = (),
    errors: tuple[str, ...] = (),
) -> Response[Problem]:
    language = language_asked(request)
    problem = Problem(
        type=f"urn:lingjun:problem:{code}",
        title=status.phrase,
        status=int(status),
        code=code,
        detail=words.say(language),
        request_id=str(request.state.get("request_id", "")),
        diagnostics=shown(diagnostics, language),
        errors=errors,
    )
    headers = {**headers, "Content-Language": "en" if language == "en" else "zh-CN"}
    return Response(problem, status_code=int(status), media_type=MEDIA_TYPE, headers=headers)


HANDLERS: ExceptionHandlersMap = {LingjunError: _refused, HTTPException: _http, Exception: _failed}
