"""Around every request: its identifier, what browsers must not do with the answer, a line in the log, the counts."""

import re
import secrets
import time

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseStartEvent, HTTPScope, Message, Receive, Scope, Send

from catalog.web.operations.metrics import DURATION, REQUESTS

HEADER = b"x-request-id"
_SANE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_UNKNOWN = "other"  # the route of addresses that lead nowhere: strangers must not make up labels
_QUIET = ("/health", "/ready", "/metrics")  # asked every few seconds, by machines
# An answer is no page unless it says so, and nobody else's page may show or read it.
_POLICY = b"default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    b"content-security-policy": _POLICY,
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
_HTTPS = {b"strict-transport-security": b"max-age=31536000"}

_log = structlog.get_logger("lingjun.request")


class Observed:
    """An application that is watched. A request's identifier is the proxy's, if that is sane, else our own."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """`secure`: people reach it over HTTPS alone."""
        self._app = app
        self._headers = _HEADERS | (_HTTPS if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        request_id = _identifier(scope)
        scope["state"]["request_id"] = request_id
        status = 0
        begin = time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), *self._missing(message, request_id)]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, sending)
            finally:
                _tell(scope, status, time.perf_counter() - begin)

    def _missing(self, message: HTTPResponseStartEvent, request_id: str) -> list[tuple[bytes, bytes]]:
        """Headers that the answer doesn't say otherwise."""
        said = {bytes(name).lower() for name, _ in message.get("headers", ())}
        ours = [(name, value) for name, value in self._headers.items() if name not in said]
        return [*ours, (HEADER, request_id.encode())]


def _identifier(scope: HTTPScope) -> str:
    sent = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return sent.decode() if _SANE.fullmatch(sent) else secrets.token_hex(16)


def _tell(scope: HTTPScope, status: int, seconds: float) -> None:
    """Count and log. Status 499, as proxies have it: the client went away before there was an answer."""
    route = str(scope.get("path_template") or _UNKNOWN)
    shown = status or 499
    REQUESTS.labels(scope["method"] if route != _UNKNOWN else "", route, str(shown)).inc()
    DURATION.labels(route).observe(seconds)
    if scope["path"] in _QUIET and status < 400:
        return
    client = scope["client"]
    _log.info(
        "request",
        method=scope["method"],
        path=scope["path"],
        route=route,
        status=shown,
        ms=round(1000 * seconds, 1),
        client=client[0] if client else "",
    )
