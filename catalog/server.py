"""`lingjun serve`: the application, its workers and its socket, from the settings to the last request."""

import errno
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from catalog.database import schema
from catalog.listening import WAITING, listen
from catalog.packages.jobs import Workers
from catalog.settings import Settings
from catalog.web.app import create_app
from catalog.web.operations import logs
from catalog.web.parts import Parts
from schemas.errors import MachineError
from schemas.system import system_reason
from schemas.text import Text

GRACE_SECONDS = 30  # that requests in progress have once the server is told to stop
# A thread at work lets go of the interpreter this often: Python's 5 ms keep all other requests waiting too long.
_SWITCH_SECONDS = 0.0005
_TAKEN = Text(
    "{host}:{port} 已被其他程序占用。请停掉它，或用 --port（设置 server.port）换一个端口。",
    "{host}:{port} is in use by another program. Stop that, or choose another port with --port (setting server.port).",
)
_NOT_HERE = Text("不能在 {host}:{port} 上监听：{reason}", "Can't listen on {host}:{port}: {reason}")

_log = logging.getLogger(__name__)


def serve(settings: Settings, started: Callable[[str], object], *, log_level: int = logging.INFO) -> None:
    """Serve until SIGTERM or Ctrl-C; then requests in progress are answered and jobs ended. `started` is told the
    address. Raises MachineError, before anything is served, when port, database, schema or storage can't be used."""
    logs.configure(log_level)
    with _listening(settings.server.host, settings.server.port) as listener, _open(settings) as parts:
        host, port = listener.getsockname()[:2]
        config = uvicorn.Config(
            create_app(parts),
            log_config=None,
            access_log=False,  # our own line says more
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=GRACE_SECONDS,
            backlog=WAITING,
        )
        sys.setswitchinterval(_SWITCH_SECONDS)
        with _signals_spared(), _working(parts):
            started(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
            uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _open(settings: Settings) -> Iterator[Parts]:
    parts = Parts.of(settings)
    try:
        schema.ready(parts.database)
        with parts.database.read() as session:
            parts.facets.prepare(session)
        yield parts
    finally:
        parts.database.close()


@contextmanager
def _working(parts: Parts) -> Iterator[None]:
    """Workers in this process, as many as the settings say."""
    count = parts.settings.queue.workers
    if not count:
        yield
        return
    workers = Workers(parts.jobs, count)
    workers.start()
    try:
        yield
    finally:
        _log.info("ending jobs")
        workers.stop()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there; port 0: any that is free."""
    try:
        listener = listen(host, port)
    except OSError as error:
        words = _TAKEN if error.errno == errno.EADDRINUSE else _NOT_HERE
        raise MachineError(words.format(host=host, port=port, reason=system_reason(error))) from error
    with listener:
        yield listener


@contextmanager
def _signals_spared() -> Iterator[None]:
    """Uvicorn stops at a signal and then raises it again, which would end us before jobs are ended."""
    before = {number: signal.signal(number, _leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(*_: object) -> None:
    pass
