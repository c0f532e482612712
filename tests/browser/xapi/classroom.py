"""An LMS that judges, learners' browsers, and what arrived: `catalog.trial` around a package as it is exported."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Self

import msgspec
import uvicorn
from litestar.types import ASGIApp, Receive, Scope, Send
from playwright.sync_api import BrowserContext, Page

from catalog.listening import listen
from catalog.preview import Site
from catalog.trial.app import make_app
from catalog.trial.cmi5.session import LaunchMode
from catalog.trial.journal import Entry
from catalog.trial.run import Run, TrialFormat
from catalog.trial.xapi.store import Statement
from exporters.contents import Plan, entries
from schemas.course import Course
from schemas.package import Format, Structure

CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
CMI5_VERBS = ("initialized", "completed", "passed", "failed", "terminated")
PATIENCE = 60.0


class Trial:
    """One learner's enrolment, served at two names of this machine as an LMS and its content are."""

    def __init__(
        self, course: Course, kind: TrialFormat, structure: Structure, *, language: str = "zh"
    ) -> None:
        site: Site = dict(entries(course, Plan(Format(kind), structure)))
        self.run = Run(kind, site, language="en" if language == "en" else "zh")
        self.heard: list[bytes] = []  # what was sent to the store, taken or not
        app = self._listen(make_app(self.run))
        self._listener = listen("127.0.0.1", 0)
        self.port: int = self._listener.getsockname()[1]
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._server.serve(sockets=[self._listener])), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()

    def _listen(self, app: ASGIApp) -> ASGIApp:
        """Note the statements that reach the store even where it is away and doesn't read them."""

        async def listening(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or (scope["method"], scope["path"]) != ("POST", "/xapi/statements"):
                await app(scope, receive, send)
                return
            messages = [await receive()]
            while messages[-1].get("more_body"):
                messages.append(await receive())
            body = b"".join(message.get("body", b"") for message in messages)

            async def again() -> Any:
                return messages.pop(0) if messages else await receive()

            await app(scope, again, send)
            self.heard.append(body)  # now that it is answered: what the store does next can't change that

        return listening

    def address(self, unit: str = "", mode: LaunchMode = "Normal") -> str:
        """Launch a unit: its address, on another origin than the store's. `unit` is the end of its id.

        The parameters come in another order than the trial gives them: a unit takes any (cmi5 8.1.0.0-7).
        """
        found = next(item for item in self.run.launchables() if item.id and item.id.endswith(unit))
        base = f"http://127.0.0.1:{self.port}/"
        url = self.run.launch(found.id, mode, base, f"http://localhost:{self.port}/trial/trial.html")
        path, _, query = url.partition("?")
        return f"http://localhost:{self.port}/package/{path}?{'&'.join(reversed(query.split('&')))}"

    def be_away(self, seconds: float) -> None:
        """Let the store answer 503 for so long."""
        self.run.conditions.away_until = time.monotonic() + seconds

    def be_slow(self, seconds: float) -> None:
        """Let the store answer so late."""
        self.run.conditions.delay = seconds

    def statements(self) -> list[Statement]:
        """All that arrived from units, in the order of arrival; the LMS's own left out."""
        own = ("/launched", "/abandoned", "/satisfied", "/waived")
        return [s for s in self.run.store.statements.values() if not s["verb"]["id"].endswith(own)]

    def verbs(self, session: int | None = None) -> list[str]:
        """The verbs of `statements`, of one session where the standard knows sessions; `answered one` for a question."""
        wanted = (
            None
            if session is None or self.run.lms is None
            else self.run.lms.registration.sessions[session].id
        )
        return [told(s) for s in self.statements() if wanted is None or session_of(s) == wanted]

    def unit_verbs(self, session: int | None = None) -> list[str]:
        """The same without questions, lessons and progress: what is said of the unit as a whole."""
        return [verb for verb in self.verbs(session) if verb in CMI5_VERBS]

    def refused(self) -> list[Entry]:
        """What broke a rule."""
        return [entry for entry in self.run.journal.entries if entry.breaches]

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something to arrive."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, (self.verbs(), self.refused())
            time.sleep(0.02)

    def until_heard(self, verb: str) -> None:
        """Wait for a statement to be sent, whether or not the store takes it."""
        self.until(lambda: any(f'/{verb}"'.encode() in body for body in self.heard))

    def until_told(self, *verbs: str) -> None:
        """Wait for statements."""
        self.until(lambda: set(verbs) <= set(self.verbs()))

    def state(self, name: str) -> dict[str, Any]:
        """A document of the player's, by the end of its id."""
        found = next(d for key, d in self.run.store.documents.items() if key[-1] == f"lingjun.{name}")
        decoded: dict[str, Any] = msgspec.json.decode(found.content)
        return decoded


class Learner:
    """A person at a browser whose storage outlives the tabs."""

    def __init__(self, context: BrowserContext, trial: Trial) -> None:
        self.context = context
        self.trial = trial

    def open(self, unit: str = "", mode: LaunchMode = "Normal") -> Page:
        """Launch a unit and wait until the page is alive."""
        page = self.context.new_page()
        page.goto(self.trial.address(unit, mode))
        page.locator("header.bar .tools").wait_for()
        return page

    def close(self, page: Page) -> None:
        """Close the tab as a person does."""
        with page.expect_event("close"):
            page.close(run_before_unload=True)

    def leave(self, page: Page) -> None:
        """By the button in the bar."""
        page.locator(".tool-exit").click()
        page.wait_for_url("**/trial/trial.html")


def told(statement: Statement) -> str:
    """A statement in a word or two."""
    verb = statement["verb"]["id"].rsplit("/", 1)[-1]
    _, found, about = statement["object"]["id"].partition("/questions/")
    if found:
        return f"{verb} {about}"
    kind = statement["object"].get("definition", {}).get("type", "").rsplit("/", 1)[-1]
    return f"{verb} {kind}" if kind in ("lesson", "video", "audio") else verb


def session_of(statement: Statement) -> str:
    """The session that a cmi5 statement belongs to."""
    found: str = statement["context"]["extensions"]["https://w3id.org/xapi/cmi5/context/extensions/sessionid"]
    return found


def only(statements: Iterable[Statement], what: str) -> Statement:
    """The one statement that is told so."""
    found = [statement for statement in statements if told(statement) == what]
    assert len(found) == 1, (what, [told(statement) for statement in statements])
    return found[0]
