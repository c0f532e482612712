"""An LMS with its store, spoken to over HTTP as a course does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from catalog.trial.app import make_app
from catalog.trial.cmi5.session import LaunchMode
from catalog.trial.run import Run, TrialFormat
from tests.unit.catalog.trial.statements import cmi5_statement

FIXTURES = Path(__file__).parents[3] / "fixtures" / "manifests"
FILES = {
    "cmi5": ("cmi5.xml", "cmi5-lessons.xml"),
    "xapi": ("tincan.xml", "tincan.xml"),
    "scorm12": ("imsmanifest.xml", "scorm12-lessons.xml"),
    "scorm2004-4": ("imsmanifest.xml", "scorm2004-4-lessons.xml"),
}
VERSION = {"X-Experience-API-Version": "1.0.3"}
JSON = {"Content-Type": "application/json"}


class Launch:
    """One launched unit: its parameters, and requests with its token."""

    def __init__(self, desk: "Desk", address: str) -> None:
        self.desk = desk
        self.path = urlsplit(address).path
        self.query = dict(parse_qsl(urlsplit(address).query))
        self.token = self.query.get("auth", "")

    def fetch(self) -> dict[str, str]:
        """The answer to the fetch address; its token is used from now on."""
        answer: dict[str, str] = self.desk.client.post(urlsplit(self.query["fetch"]).path).json()
        if "auth-token" in answer:
            self.token = f"Basic {answer['auth-token']}"
        return answer

    def ask(self, method: str, resource: str, body: object = None, **rest: Any) -> Response:
        """A request to the store; `headers` replace the usual ones by name, None leaves one out."""
        headers = {"Authorization": self.token, **VERSION, **(JSON if body is not None else {})}
        headers |= rest.pop("headers", {})
        content = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        given = {name: value for name, value in headers.items() if value is not None}
        return self.desk.client.request(method, f"/xapi/{resource}", content=content, headers=given, **rest)

    def send(self, *statements: dict[str, Any]) -> Response:
        """POST of statements."""
        return self.ask("POST", "statements", list(statements))

    def document(self, method: str, name: str, body: object = None, **rest: Any) -> Response:
        """A request for a State document."""
        named = {"activityId": self.activity, "agent": self.query["actor"], "stateId": name}
        parameters = {**named, "registration": self.query["registration"], **rest.pop("params", {})}
        given = {key: value for key, value in parameters.items() if value is not None}
        return self.ask(method, "activities/state", body, params=given, **rest)

    def profile(
        self, method: str, name: str | None = "cmi5LearnerPreferences", body: object = None, **rest: Any
    ) -> Response:
        """A request for an Agent Profile document."""
        parameters = {"agent": self.query["actor"], "profileId": name, **rest.pop("params", {})}
        given = {key: value for key, value in parameters.items() if value is not None}
        return self.ask(method, "agents/profile", body, params=given, **rest)

    @property
    def activity(self) -> str:
        """The activity of the launch."""
        return self.query.get("activityId") or self.query["activity_id"]

    @property
    def template(self) -> dict[str, Any]:
        """The context template of the launch data."""
        found: dict[str, Any] = self.document("GET", "LMS.LaunchData").json()["contextTemplate"]
        return found

    def make(self, verb: str, **changes: Any) -> dict[str, Any]:
        """A cmi5-defined statement without fault."""
        actor, registration = msgspec.json.decode(self.query["actor"]), self.query["registration"]
        return cmi5_statement(verb, self.activity, actor, registration, self.template, **changes)

    def begin(self) -> None:
        """Token, preferences, `initialized`."""
        self.fetch()
        assert self.profile("GET").status_code == 200
        assert self.send(self.make("initialized")).status_code == 200


class Desk:
    """A run behind its web server."""

    def __init__(self, run: Run, client: TestClient[Litestar]) -> None:
        self.run = run
        self.client = client

    def launch(self, ending: str = "", mode: LaunchMode = "Normal") -> Launch:
        """Launch what has an id of that ending, as the author's page does."""
        units = self.client.get("/api/status").json()["units"]
        chosen = next(unit["id"] for unit in units if unit["id"] and unit["id"].endswith(ending))
        answer = self.client.post("/api/launch", json={"id": chosen, "mode": mode})
        assert answer.status_code == 201, answer.text
        return Launch(self, answer.json()["url"])

    def verbs(self) -> list[str]:
        """Of every statement in the store."""
        return [str(s["verb"]["id"]).rsplit("/", 1)[-1] for s in self.run.store.statements.values()]


@contextmanager
def opened(kind: TrialFormat) -> Iterator[Desk]:
    """A desk for the course of the golden manifests: modules 基础 (诊断, roadmap) and m2 (practice)."""
    name, fixture = FILES[kind]
    site: dict[str, bytes | Path] = {name: FIXTURES / fixture, "index.html": b"<p>index</p>"}
    run = Run(kind, site, language="zh")
    with TestClient(make_app(run), "http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield Desk(run, client)
