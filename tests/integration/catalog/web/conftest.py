"""The application on a real database, in this process: `client` for anyone, `desk.as_(…)` with somebody's token."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from litestar.testing import TestClient

from catalog.database.session import Database
from catalog.domain.actions import Scope
from catalog.intake.upload import Intake
from catalog.packages.build import Packages
from catalog.packages.jobs import Jobs
from catalog.services import access
from catalog.services.events import Cause
from catalog.services.facets import FacetIndex
from catalog.settings import Settings
from catalog.storage import Storage
from catalog.web.app import create_app
from catalog.web.parts import Parts
from tests.support.catalogue import People, populate


class Desk:
    """The application, its people, and their tokens."""

    def __init__(self, client: TestClient, parts: Parts) -> None:
        self.client = client
        self.parts = parts
        self.people: People = populate(parts.database)

    def token(self, who: Cause, scopes: frozenset[Scope] = frozenset(Scope)) -> str:
        """A new token of somebody's."""
        with self.parts.database.write() as session:
            issued = access.issue_token_for(
                session, who, int(who.actor.person_id), "test", scopes=scopes, days=1
            )
            return issued.secret

    def as_(self, who: Cause) -> dict[str, str]:
        """Headers that sign somebody in."""
        return {"Authorization": f"Bearer {self.token(who)}"}


class Person:
    """Somebody at a client, who signs in once."""

    def __init__(self, desk: Desk, who: Cause) -> None:
        self._client = desk.client
        self._headers = desk.as_(who)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._client.get(f"/api/v1{path}", headers={**self._headers, **headers})

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.post(f"/api/v1{path}", json=body, headers={**self._headers, **names})

    def upload(self, content: bytes, where: str = "/versions", **headers: str) -> httpx.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        headers = {"Content-Type": "application/zip", **self._headers, **names}
        return self._client.post(f"/api/v1{where}", content=content, headers=headers)

    def published(self, content: bytes, reviewer: "Person") -> int:
        """Hand a course in and have it approved; the version's identifier."""
        made = self.upload(content, where="/versions?submit=true")
        assert made.status_code == 201, made.text
        found: int = made.json()["version"]["id"]
        assert reviewer.post(f"/versions/{found}/approve", if_match=made.headers["ETag"]).status_code == 200
        return found


@pytest.fixture
def parts(database: Database, storage: Storage, tmp_path: Path) -> Parts:
    """What the application works with; jobs wait in a queue."""
    settings = Settings(data=tmp_path)
    packages = Packages(database, storage, settings.limits, tmp_path / "work")
    jobs = Jobs(packages, settings.queue, tmp_path, immediate=False)
    return Parts(settings, database, storage, Intake.of(settings), packages, jobs, FacetIndex())


@pytest.fixture
def desk(parts: Parts) -> Iterator[Desk]:
    """The application with the people of a small catalogue."""
    with TestClient(create_app(parts)) as client:
        yield Desk(client, parts)


def code(answer: httpx.Response) -> str:
    """The code of a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    found: str = msgspec.json.decode(answer.content)["code"]
    return found
