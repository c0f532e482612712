"""A full disk, and a storage that can't be written: told clearly, the catalogue is readable meanwhile, and goes on by
itself when there is room again."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select

from catalog.database import schema
from catalog.database.models import Event, Version
from catalog.packages.claims import PackageKey
from catalog.settings import Settings
from catalog.storage import Kind
from catalog.web.app import create_app
from catalog.web.parts import Parts
from schemas.errors import MachineError
from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip
from tests.support.small_disk import SmallDisk, small_disk

LATEST = "/courses/tsinghua/roadmap/latest"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as found:
        yield found


@pytest.fixture
def desk(disk: SmallDisk) -> Iterator[Desk]:
    """The embedded default, all of it on the small disk."""
    parts = Parts.of(Settings(data=disk.data))
    schema.ready(parts.database)
    with TestClient(create_app(parts)) as client:
        yield Desk(client, parts)
    parts.database.close()


@pytest.fixture
def publisher(desk: Desk) -> Person:
    return Person(desk, desk.people.publisher)


@pytest.fixture
def reviewer(desk: Desk) -> Person:
    return Person(desk, desk.people.reviewer)


def counted(desk: Desk) -> tuple[int, int]:
    """How many versions and events there are."""
    with desk.parts.database.read() as session:
        return tuple(  # type: ignore[return-value]
            session.scalar(select(func.count()).select_from(kind)) for kind in (Version, Event)
        )


def require_readable(desk: Desk, publisher: Person, package: bytes) -> None:
    """What was published can be found, read and downloaded."""
    assert desk.client.get("/courses/tsinghua/roadmap").status_code == 200
    assert publisher.get("/courses?q=数字化").status_code == 200
    assert publisher.get(LATEST).status_code == 200
    assert publisher.get(f"{LATEST}/packages/html").content == package


def test_a_full_disk(desk: Desk, disk: SmallDisk, publisher: Person, reviewer: Person) -> None:
    version = publisher.published(course_zip("roadmap"), reviewer)
    package = publisher.get(f"{LATEST}/packages/html").content
    waiting = publisher.upload(course_zip("waiting"), where="/versions?submit=true")
    before = counted(desk)
    disk.fill()

    refused = publisher.upload(course_zip("another"), accept_language="en")
    assert (refused.status_code, code(refused)) == (503, "machine-trouble"), refused.text
    assert refused.headers["Retry-After"]
    if disk.mounted:
        assert "full" in refused.json()["detail"]
    step = f"/versions/{waiting.json()['version']['id']}/approve"
    if disk.mounted:
        refused = reviewer.post(step, if_match=waiting.headers["ETag"])
        assert (refused.status_code, code(refused)) == (503, "machine-trouble"), refused.text
    with pytest.raises(MachineError):
        desk.parts.packages.ensure(PackageKey(version, "scorm12"))
    require_readable(desk, publisher, package)
    assert counted(desk) == before

    disk.free()
    assert publisher.upload(course_zip("another")).status_code == 201
    assert reviewer.post(step, if_match=waiting.headers["ETag"]).status_code == 200
    assert desk.parts.packages.ensure(PackageKey(version, "scorm12")).size > 0
    incoming = disk.data / "storage" / "incoming"
    assert list(incoming.iterdir()) == []
    with sqlite3.connect(disk.data / "lingjun.sqlite") as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.close()


def test_a_storage_that_cant_be_written(
    desk: Desk, disk: SmallDisk, publisher: Person, reviewer: Person
) -> None:
    version = publisher.published(course_zip("roadmap"), reviewer)
    package = publisher.get(f"{LATEST}/packages/html").content
    before = counted(desk)
    disk.lock()

    refused = publisher.upload(course_zip("another"), accept_language="en")
    assert (refused.status_code, code(refused)) == (503, "machine-trouble")
    if disk.mounted:
        assert "storage refused" in refused.json()["detail"]
        assert desk.client.get("/ready").status_code == 503
    with pytest.raises(MachineError):
        desk.parts.packages.ensure(PackageKey(version, "scorm12"))
    require_readable(desk, publisher, package)
    assert counted(desk) == before
    assert len(list(desk.parts.storage.blobs(Kind.SOURCE))) == 1

    disk.unlock()
    assert publisher.upload(course_zip("another")).status_code == 201
    assert desk.parts.packages.ensure(PackageKey(version, "scorm12")).size > 0
    assert desk.client.get("/ready").status_code == 200
