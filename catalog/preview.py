"""A web server on this machine for one course: its `html` package, straight from memory, anew after every change."""

import http.server
import threading
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from catalog.media import media_type
from schemas.diagnostics import Diagnostic
from schemas.text import Language, Text

Site = Mapping[str, bytes | Path]  # path in the package -> its bytes, or the file that holds them

# What a careful LMS would send: nothing from elsewhere, nothing inline.
_POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
_OWN = "-/"  # the preview's own files live under /-/, which no package uses
_INJECTED = b'<link rel="stylesheet" href="-/preview.css"><script src="-/preview.js" defer></script></head>'
_UNREADABLE = Text(
    "课程暂时无法显示，请看下面的问题。", "The course can't be shown yet; see the problems below."
)


class Shown:
    """What is shown at the moment, and who waits for the next state. Shared by the server's threads."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.revision = 0
        self.site: Site = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.changed = threading.Condition()

    def show(self, site: Site | None, diagnostics: Iterable[Diagnostic]) -> None:
        """Show a new state; without a site the last good one stays, with the problems beside it."""
        with self.changed:
            self.diagnostics = tuple(diagnostics)
            if site is not None:
                self.site = site
            self.revision += 1
            self.changed.notify_all()

    def problems(self) -> bytes:
        """The diagnostics as the preview's script wants them."""
        rows = [
            {
                "code": d.code,
                "severity": d.severity,
                "place": f"{d.place.file}:{d.place.line}:{d.place.column}",
                "message": d.message.say(self.language),
                "cure": d.cure.say(self.language),
            }
            for d in self.diagnostics
        ]
        return msgspec.json.encode({"revision": self.revision, "language": self.language, "problems": rows})


class Server(http.server.ThreadingHTTPServer):
    """Serves a `Shown` on 127.0.0.1; `port` 0 takes any free one. With `live`, pages reload themselves."""

    daemon_threads = True

    def __init__(self, shown: Shown, *, port: int, live: bool) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.shown = shown
        self.live = live

    @property
    def address(self) -> str:
        """Where to point a browser."""
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        # A page of another site must not read drafts by pointing its own name at this machine.
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in ("127.0.0.1", "localhost"):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"")
            return
        path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        if self.server.live and path.startswith(_OWN):
            self._own(path.removeprefix(_OWN))
        elif path in self.server.shown.site:
            self._file(path, self.server.shown.site[path])
        elif path == "index.html":
            page = _page(self.server.shown.language)
            self._send(HTTPStatus.OK, media_type("index.html"), self._live(page))
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"404")

    def _own(self, name: str) -> None:
        if name == "events":
            self._wait()
        elif name == "problems.json":
            self._send(HTTPStatus.OK, media_type("x.json"), self.server.shown.problems())
        elif name in ("preview.js", "preview.css"):
            content = (resources.files("catalog") / "static" / name).read_bytes()
            self._send(HTTPStatus.OK, media_type(name), content)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"404")

    def _wait(self) -> None:
        """Answer when there is something newer than the page's revision (or after 25 s: ask again)."""
        query = urlsplit(self.path).query
        seen = int(query) if query.isdigit() else 0
        shown = self.server.shown
        with shown.changed:
            shown.changed.wait_for(lambda: shown.revision > seen, timeout=25)
        self._send(HTTPStatus.OK, media_type("x.json"), shown.problems())

    def _file(self, path: str, content: bytes | Path) -> None:
        if isinstance(content, bytes):
            page = self.server.live and path.endswith(".html")
            self._send(HTTPStatus.OK, media_type(path), self._live(content) if page else content)
            return
        with content.open("rb") as stream:
            size = content.stat().st_size
            self._head(HTTPStatus.OK, media_type(path), size)
            while chunk := stream.read(1 << 20):
                self.wfile.write(chunk)

    def _live(self, page: bytes) -> bytes:
        return page.replace(b"</head>", _INJECTED, 1) if self.server.live else page

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self._head(status, kind, len(body))
        self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Stay quiet: the author watches the page, not a log."""


def _page(language: Language) -> bytes:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Lingjun</title></head>'
        f"<body><p>{_UNREADABLE.say(language)}</p></body></html>"
    ).encode()
