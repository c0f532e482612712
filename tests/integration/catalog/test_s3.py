"""Blobs on a server that speaks S3: what holds of a local folder holds there, whatever happens in the middle."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from catalog.database.models import Version
from catalog.database.session import Database
from catalog.settings import DatabaseSettings, Settings
from catalog.storage import BlobMissingError, Kind, Storage
from catalog.web.app import create_app
from catalog.web.parts import Parts
from schemas.errors import MachineError
from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip
from tests.support.s3 import Environ, S3Server, s3_server

LARGE = hashlib.sha256(b"seed").digest() * 600_000  # 19 MB: several parts
SHA256 = hashlib.sha256(LARGE).hexdigest()

ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # where there is S3


@pytest.fixture
def server() -> Iterator[S3Server]:
    with s3_server() as found:
        yield found


@pytest.fixture
def s3(server: S3Server) -> Storage:
    return Storage(server.settings.url, server.settings)


def test_what_is_put_can_be_got_whole_and_in_parts(s3: Storage, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(LARGE)
    blob = s3.put(Kind.PACKAGE, file)
    assert (blob.sha256, blob.size) == (SHA256, len(LARGE)) == (SHA256, s3.size(Kind.PACKAGE, SHA256))
    assert s3.read(Kind.PACKAGE, SHA256) == LARGE
    assert b"".join(s3.stream(Kind.PACKAGE, SHA256, start=5, end=9_000_000)) == LARGE[5:9_000_000]
    assert list(s3.stream(Kind.PACKAGE, SHA256, start=len(LARGE))) == []
    assert s3.local_path(Kind.PACKAGE, SHA256) is None
    s3.check()


def test_small_and_empty_kinds_apart_listed_and_deleted(s3: Storage) -> None:
    empty, small = s3.put(Kind.READING, b""), s3.put(Kind.SOURCE, b"x")
    assert (s3.read(Kind.READING, empty.sha256), s3.read(Kind.SOURCE, small.sha256)) == (b"", b"x")
    with pytest.raises(BlobMissingError):
        s3.stream(Kind.PACKAGE, small.sha256)
    (found,) = s3.blobs(Kind.SOURCE)
    assert found.blob == small
    assert abs(found.stored_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert not s3.delete_older(Kind.SOURCE, small.sha256, found.stored_at - timedelta(seconds=1))
    assert s3.delete_older(Kind.SOURCE, small.sha256, found.stored_at + timedelta(seconds=1))
    s3.delete(Kind.SOURCE, small.sha256)
    assert list(s3.blobs(Kind.SOURCE)) == []


def test_equal_blobs_are_one_however_many_put_them(s3: Storage) -> None:
    with ThreadPoolExecutor(8) as pool:
        blobs = set(pool.map(lambda _: s3.put(Kind.SOURCE, b"same" * 1000), range(8)))
    assert [found.blob for found in s3.blobs(Kind.SOURCE)] == list(blobs)


def test_a_server_that_goes_away_in_the_middle_leaves_no_half_blob(
    server: S3Server, s3: Storage, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_bytes(LARGE)
    gone: list[threading.Thread] = []

    def go_away(environ: Environ) -> int | None:
        """At the third part nobody listens any more."""
        if "partNumber=3" not in environ["QUERY_STRING"] and not gone:
            return None
        if not gone:
            gone.append(threading.Thread(target=server.stop))
            gone[0].start()
        return 503

    server.fault = go_away
    with pytest.raises(MachineError, match="storage"):
        s3.put(Kind.PACKAGE, file)
    gone[0].join()
    server.fault = lambda _: None
    server.start()
    with pytest.raises(BlobMissingError):
        s3.size(Kind.PACKAGE, SHA256)
    assert list(s3.blobs(Kind.PACKAGE)) == []
    s3.put(Kind.PACKAGE, file)
    assert s3.read(Kind.PACKAGE, SHA256) == LARGE


def test_what_fails_for_a_moment_is_tried_again(server: S3Server, s3: Storage) -> None:
    failures = iter((503, 500, 503))
    server.fault = lambda _: next(failures, None)
    blob = s3.put(Kind.SOURCE, b"x")
    assert next(failures, None) is None
    assert s3.read(Kind.SOURCE, blob.sha256) == b"x"


def test_an_answer_that_breaks_off_is_gone_on_with_or_told(server: S3Server, s3: Storage) -> None:
    blob = s3.put(Kind.SOURCE, LARGE)
    server.cut = 5_000_000
    assert s3.read(Kind.SOURCE, blob.sha256) == LARGE
    gets = iter((None,))  # the first is answered, in part
    server.fault = lambda environ: next(gets, 503) if environ["REQUEST_METHOD"] == "GET" else None
    with pytest.raises(MachineError, match="storage"):
        s3.read(Kind.SOURCE, blob.sha256)


def test_credentials_that_are_refused_are_told(server: S3Server, s3: Storage) -> None:
    server.fault = lambda _: 403
    with pytest.raises(MachineError, match="credentials"):
        s3.put(Kind.SOURCE, b"x")


@pytest.fixture
def desk(server: S3Server, database: Database, database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The application as the settings make it."""
    settings = Settings(data=tmp_path, database=DatabaseSettings(url=database_url), storage=server.settings)
    parts = Parts.of(settings)
    with TestClient(create_app(parts)) as client:
        yield Desk(client, parts)
    parts.database.close()


@ON_POSTGRESQL
def test_published_built_and_downloaded(desk: Desk) -> None:
    publisher, reviewer = (Person(desk, who) for who in (desk.people.publisher, desk.people.reviewer))
    version = publisher.published(course_zip("roadmap"), reviewer)
    address = "/courses/tsinghua/roadmap/latest/packages/html"
    whole = publisher.get(address)
    assert whole.status_code == 200, whole.text
    assert whole.content[:2] == b"PK"
    part = publisher.get(address, Range="bytes=10-99")
    assert (part.status_code, part.content) == (206, whole.content[10:100])
    assert publisher.get(f"/versions/{version}/source").content[:2] == b"PK"
    assert desk.parts.jobs.sweep().blobs == 0
    assert publisher.get(address).content == whole.content


@ON_POSTGRESQL
def test_a_publish_that_the_storage_fails_leaves_nothing_and_works_when_it_is_back(
    desk: Desk, server: S3Server
) -> None:
    publisher = Person(desk, desk.people.publisher)
    server.fault = lambda environ: 503 if environ["REQUEST_METHOD"] == "PUT" else None
    refused = publisher.upload(course_zip("roadmap"))
    assert (refused.status_code, code(refused)) == (503, "machine-trouble")
    assert refused.headers["Retry-After"]
    with desk.parts.database.read() as session:
        assert session.scalars(select(Version)).all() == []
    assert all(not list(desk.parts.storage.blobs(kind)) for kind in Kind)
    server.fault = lambda _: None
    assert publisher.upload(course_zip("roadmap")).status_code == 201
