"""`/health`: the process answers. `/ready`: and has all that it needs, or says what is wrong."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from catalog import __version__
from catalog.database import schema
from catalog.web.language import AnyRequest, language_asked
from catalog.web.parts import Parts
from schemas.errors import MachineError

_NO_STORE = {"Cache-Control": "no-store"}


class Health(msgspec.Struct, frozen=True):
    """The process answers."""

    status: str
    version: str


class Readiness(msgspec.Struct, frozen=True):
    """`ready` or `not-ready`; for each thing that is needed `ok`, or what is wrong with it."""

    status: str
    checks: dict[str, str]


@get("/health", sync_to_thread=False, include_in_schema=False)
def get_health() -> Response[Health]:
    """For whoever restarts what has died."""
    return Response(Health("alive", __version__), headers=_NO_STORE)


@get("/ready", sync_to_thread=True, include_in_schema=False)
def get_ready(request: AnyRequest, parts: NamedDependency[Parts]) -> Response[Readiness]:
    """For whoever sends requests: 503 when they would fail."""
    language = language_asked(request)
    checks = {}
    for name, check in _CHECKS.items():
        try:
            check(parts)
        except MachineError as error:
            checks[name] = error.message.say(language)
        else:
            checks[name] = "ok"
    ready = all(found == "ok" for found in checks.values())
    return Response(
        Readiness("ready" if ready else "not-ready", checks),
        status_code=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
        headers=_NO_STORE,
    )


_CHECKS: dict[str, Callable[[Parts], object]] = {
    "database": lambda parts: schema.require_current(parts.database),
    "storage": lambda parts: parts.storage.check(),
    "queue": lambda parts: parts.jobs.waiting(),
}
HANDLERS = (get_health, get_ready)
