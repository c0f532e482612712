"""A server that speaks S3 (moto's), over HTTP on this machine, which can be made to fail in the middle."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import urllib3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from catalog.settings import StorageSettings

_NAMES = count(1)
Environ = dict[str, Any]
Respond = Callable[..., Any]


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


class S3Server:
    """`fault` is asked before each request: a status is answered at once, None lets it through. `cut`: of answers to
    GET that many bytes are sent before the connection breaks."""

    def __init__(self) -> None:
        self.fault: Callable[[Environ], int | None] = lambda _: None
        self.cut: int | None = None
        self.port = 0
        self._app = DomainDispatcherApplication(create_backend_app)
        self.bucket = f"courses-{next(_NAMES)}"

    def start(self) -> None:
        """Listen, on the port of the last time if there was one; what was stored is still there."""
        self._server = make_server("127.0.0.1", self.port, self._serve, threaded=True, request_handler=_Quiet)
        self._server.daemon_threads = True  # type: ignore[attr-defined]  # of the threaded one
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def settings(self) -> StorageSettings:
        """How the storage finds it."""
        return StorageSettings(
            url=f"s3://{self.bucket}/lingjun",
            endpoint=f"http://127.0.0.1:{self.port}",
            region="us-east-1",
            access_key_id="key",
            secret_access_key=self.bucket,
        )

    def _serve(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        status = self.fault(environ)
        if status is not None:
            respond(f"{status} Trouble", [("Content-Length", "0"), ("Connection", "close")])
            return [b""]
        answer: Iterable[bytes] = self._app(environ, respond)
        return self._half(answer, self.cut) if self.cut and environ["REQUEST_METHOD"] == "GET" else answer

    @staticmethod
    def _half(answer: Iterable[bytes], most: int) -> Iterator[bytes]:
        yield b"".join(answer)[:most]  # fewer than promised: the server closes the connection


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """A server with an empty bucket."""
    server = S3Server()
    server.start()
    try:
        made = urllib3.request("PUT", f"http://127.0.0.1:{server.port}/{server.bucket}")
        assert made.status == 200
        yield server
    finally:
        server.stop()
