"""The queue is a hint on an SQLite file or on Redis, and real workers in processes of their own take it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest
import redis
from sqlalchemy import select

from catalog.database.models import Package
from catalog.database.session import Database
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey
from catalog.packages.jobs import Jobs, Workers
from catalog.settings import QueueSettings
from catalog.storage import Kind, Storage
from exporters.presets import preset
from tests.support.catalogue import People
from tests.support.published import packages_in, publish_folder, write_course

FORMATS = {found.value for found in preset("generic").formats}
PATIENCE = 60


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis of this test session's own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("Redis is not installed: make services")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="lingjun-redis-")
    options = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder,
    ]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    with server:
        try:
            client = redis.Redis(port=port)
            wait_for(lambda: _answers(client))
            client.close()
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
    shutil.rmtree(folder)


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def queue(request: pytest.FixtureRequest, database: Database) -> QueueSettings:
    """A file beside SQLite, Redis beside PostgreSQL: what people run."""
    return QueueSettings(url="" if database.is_sqlite else request.getfixturevalue("redis_url"))


@contextmanager
def worker(
    database_url: str, queue: QueueSettings, folder: Path, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """`lingjun worker`, ready to work."""
    environment = os.environ | {
        "LINGJUN_DATA": str(folder),
        "LINGJUN_DATABASE_URL": database_url,
        "LINGJUN_STORAGE_URL": (folder / "storage").as_uri(),
        "LINGJUN_QUEUE_URL": queue.url,
    }
    command = [sys.executable, "-m", "catalog.cli.main", "--lang", "en", "worker", "--workers", "2"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        with process:
            try:
                wait_for(lambda: "Waiting for jobs" in log.read_text() or process.poll() is not None)
                yield process
            finally:
                process.kill()


def built(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.scalars(select(Package.format)))


def test_two_worker_processes_share_the_work_and_stop_when_asked(
    database: Database,
    database_url: str,
    storage: Storage,
    people: People,
    queue: QueueSettings,
    tmp_path: Path,
) -> None:
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    with ExitStack() as both:
        workers = [both.enter_context(worker(database_url, queue, tmp_path, log)) for log in logs]
        version = publish_folder(database, storage, people, write_course(tmp_path / "roadmap"))
        jobs = Jobs(packages_in(database, storage, tmp_path), queue, tmp_path)
        for _ in range(3):  # a hint more changes nothing
            jobs.hint_version(version)
        wait_for(lambda: built(database) == FORMATS)
        wait_for(lambda: jobs.huey.pending_count() == 0)
        for process in workers:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(timeout=PATIENCE) for process in workers] == [0, 0]
    said = "".join(log.read_text() for log in logs)
    assert sorted(re.findall(r"built roadmap version 1: package/\S+-roadmap-(\S+)\.zip", said)) == sorted(
        FORMATS
    )
    assert "Traceback" not in said


def test_a_worker_that_starts_finds_what_no_job_told_of(
    database: Database,
    database_url: str,
    storage: Storage,
    version: int,
    queue: QueueSettings,
    tmp_path: Path,
) -> None:
    with worker(database_url, queue, tmp_path, tmp_path / "log"):
        wait_for(lambda: built(database) == FORMATS)
    for found in storage.blobs(Kind.PACKAGE):
        storage.read(Kind.PACKAGE, found.blob.sha256)


def test_workers_inside_a_server_leave_its_signals_alone(
    packages: Packages, version: int, tmp_path: Path
) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]
    workers = Workers(Jobs(packages, QueueSettings(), tmp_path), 2)
    workers.start()
    try:
        wait_for(lambda: built(packages.database) == FORMATS)
        assert [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)] == before
    finally:
        workers.stop()


def test_a_job_that_fails_is_no_ones_trouble(packages: Packages, version: int, tmp_path: Path) -> None:
    jobs = Jobs(packages, QueueSettings(), tmp_path, immediate=True)
    jobs.hint(PackageKey(version + 100, "html"))
    jobs.hint(PackageKey(version, "nonsense"))
    jobs.hint(PackageKey(version, "html"))
    assert built(packages.database) == {"html"}


def test_jobs_lie_in_the_queue_as_plain_json(packages: Packages, version: int, tmp_path: Path) -> None:
    jobs = Jobs(packages, QueueSettings(), tmp_path)
    jobs.hint(PackageKey(version, "html", "generic"))
    (message,) = jobs.huey.storage.enqueued_items()
    assert [version, "html", "generic", "course"] in msgspec.json.decode(bytes(message))
    assert jobs.sweep().missing != ()
    assert jobs.huey.pending_count() == 1  # what waits already is not noted again


def test_one_sweep_by_hand_builds_all_that_is_missing(
    packages: Packages, version: int, tmp_path: Path
) -> None:
    jobs = Jobs(packages, QueueSettings(), tmp_path)
    assert len(jobs.build_all().missing) == len(FORMATS)
    assert built(packages.database) == FORMATS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_queue_that_is_away_loses_only_a_hint(packages: Packages, version: int, tmp_path: Path) -> None:
    jobs = Jobs(packages, QueueSettings(url="redis://127.0.0.1:9/0"), tmp_path)
    jobs.hint_version(version)
    jobs.hint_sweep()
    jobs.hint_messages()
    assert {key.format for key in jobs.build_all().missing} == FORMATS
