"""Learners' browsers, and a server with the strictest policy that an LMS sends."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

POLICY = "default-src 'self'; img-src 'self' data: blob:"
Serve = Callable[[Path], AbstractContextManager[str]]


class _Strict(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests aren't worth a line."""


@contextmanager
def serve_strictly(root: Path) -> Iterator[str]:
    """The address of a server for the files under `root`, each answer with the strict policy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(root)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serves a folder with the strict policy: `with serve(folder) as address`."""
    return serve_strictly


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages that fail the test on a console error, an uncaught error, or a request to another host.

    `open_page(address, width=1280, height=800, dark=False)`; all pages of one test share nothing but the browser.
    """
    contexts = []
    trouble: list[str] = []

    def open_one(address: str, *, width: int = 1280, height: int = 800, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="zh-CN",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        home = address.split("/", 3)[2]
        page.on("console", lambda m: trouble.append(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(f"uncaught: {error}"))
        page.on("request", lambda r: trouble.append(f"request: {r.url}") if leaves(r.url, home) else None)
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert trouble == []


def leaves(url: str, home: str) -> bool:
    """Whether `url` is on another host than `home`."""
    return not url.startswith(("data:", "blob:", "about:")) and url.split("/", 3)[2] != home


def until(page: Page, expression: str, *, seconds: float = 60) -> None:
    """Wait until `expression` is true in the page. Playwright's own way needs 'unsafe-eval' in the page's policy."""
    for _ in range(int(seconds * 20)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)
