"""The catalogue under fifty readers at once, small and large, beside a bare handler that gives the same bytes."""

import io
import json
import math
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
import psycopg
import urllib3

from catalog.database import schema
from catalog.database.session import Database
from catalog.demonstration.courses import SampleCourse, sample_course, words
from catalog.demonstration.fill import Demonstration, fill
from catalog.demonstration.people import HOME
from catalog.demonstration.place import settings_of
from catalog.domain.actions import Role
from catalog.settings import DatabaseSettings
from catalog.storage import Storage
from schemas.edition import editions
from tests.support.postgresql import postgresql_server

USERS = 50
REQUESTS = 1_000
READING = 1.0  # seconds that a reader looks at a page before the next: quicker than people are
SIZES = (1_000, 10_000, 100_000)
BUDGET_MS = 50


class Figures(NamedTuple):
    """Seconds, and requests a second."""

    p50: float
    p95: float
    per_second: float


def _addresses(size: int) -> dict[str, list[str]]:
    """What is asked for: each kind with enough different addresses that few are the same twice."""
    themes = [theme.slug for theme in editions()["2022-2023"].themes]
    tiers = [tier.slug for tier in editions()["2022-2023"].tiers]
    known = words()
    topics = [topic.zh for topics in known.themes.values() for topic in topics]
    sectors = [sector.zh for sector in known.sectors]
    published = [n for n in range(0, size, max(1, size // 400)) if n % 20 not in (11, 14, 19)]
    courses = [sample_course(number).facts for number in published]
    return {
        "list": [
            "/",
            *(f"/?theme={theme}" for theme in themes),
            *(f"/?mode={m}" for m in ("online", "blended")),
        ],
        "facets": [
            f"/?theme={theme}&tier={tier}&mode={mode}&institution={institution}"
            for theme in themes
            for tier in tiers
            for mode in ("online", "classroom", "blended")
            for institution in ("tsinghua", "pku", "zju", "xmu", "sdu")
        ],
        "search": [f"/?q={quote(f'{sector} {topic}')}" for topic in topics for sector in sectors],
        "course": [f"/courses/{facts.institution}/{facts.id}" for facts in courses],
    }


def readers(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Each kind of page in catalogues of growing size, on SQLite."""
    yield from _readers(scratch, "SQLite", lambda _: "")


def readers_on_postgresql(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """The same on PostgreSQL."""
    with postgresql_server("128MB") as server:  # as it comes

        def url_of(size: int) -> str:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE of_{size}".encode())
            return server.replace("/postgres?", f"/of_{size}?")

        yield from _readers(scratch, "PostgreSQL", url_of)


def _readers(scratch: Path, name: str, url_of: Callable[[int], str]) -> Iterator[tuple[str, str, str, bool]]:
    p95: dict[str, list[float]] = {}
    for size in SIZES:
        data, url = scratch / f"{name}-{size}", url_of(size)
        made = _filled(data, size, url)
        with _running("catalog.cli.main", "serve", "--port", "0", data=data, url=url) as server:
            before = server.memory()
            for kind, addresses in _addresses(size).items():
                bare = _bare(scratch / f"bare-{name}-{size}-{kind}", server, addresses[:200])
                begun = server.seconds()
                found = _load(server.port, addresses, READING)
                own = (server.seconds() - begun) / REQUESTS
                most = _load(server.port, addresses)
                p95.setdefault(kind, []).append(found.p95)
                yield (
                    f"{name}, {size:,} courses: {kind}, {USERS} readers",
                    f"p50 {found.p50 * 1e3:.0f}, p95 {found.p95 * 1e3:.0f}, CPU {own * 1e3:.1f} ms; at most {most.per_second:.0f}/s",
                    f"p95 {BUDGET_MS} ms; bare {bare.per_second:.0f}/s: × {bare.per_second / most.per_second:.1f}",
                    found.p95 <= BUDGET_MS / 1e3,
                )
            where, tokens = f"{name}, {size:,} courses", {one.role: one.token for one in made.people}
            yield _downloads(where, server, tokens)
            yield from _memory(where, size, before, server)
            yield _publications(where, size, server, tokens)
    for kind, figures in p95.items():
        yield _growth(f"{name}, {kind}", figures)


def _downloads(where: str, server: "Process", tokens: dict[Role, str]) -> tuple[str, str, str, bool]:
    """A package that is built already, sent whole."""
    facts = sample_course(0).facts
    address = f"/api/v1/courses/{facts.institution}/{facts.id}/versions/1/packages/scorm12"
    token = tokens[Role.LMS_ADMINISTRATOR]
    with urllib3.HTTPConnectionPool("127.0.0.1", server.port, timeout=120) as pool:
        package = pool.request("GET", address, headers={"Authorization": f"Bearer {token}"})
    assert package.status == 200, package.data
    found = _load(server.port, [address], READING, token)
    most = _load(server.port, [address], 0, token)
    return (
        f"{where}: download of {len(package.data) >> 10} KB, {USERS} readers",
        f"p50 {found.p50 * 1e3:.0f}, p95 {found.p95 * 1e3:.0f} ms; at most {most.per_second:.0f}/s",
        f"p95 {BUDGET_MS} ms",
        found.p95 <= BUDGET_MS / 1e3,
    )


def _publications(
    where: str, size: int, server: "Process", tokens: dict[Role, str]
) -> tuple[str, str, str, bool]:
    """Fifty courses come in at once and are published: each upload is read in a process of its own."""
    courses = (sample_course(number) for number in count(size))
    bodies = [
        _archive(course) for course in islice((c for c in courses if c.facts.institution == HOME), USERS)
    ]
    pool = urllib3.HTTPConnectionPool("127.0.0.1", server.port, maxsize=USERS, retries=False, timeout=300)
    begin = time.perf_counter()
    with pool, ThreadPoolExecutor(USERS) as people:
        took = sorted(people.map(lambda body: _publish(pool, tokens, body), bodies))
    seconds = time.perf_counter() - begin
    return (
        f"{where}: upload, submit and approve, {USERS} at once",
        f"p50 {took[len(took) // 2]:.1f}, p95 {took[int(len(took) * 0.95)]:.1f} s; {USERS / seconds:.1f}/s",
        "each is published",
        len(took) == USERS,
    )


def _publish(pool: urllib3.HTTPConnectionPool, tokens: dict[Role, str], body: bytes) -> float:
    """Seconds from the first byte of the upload to the publication."""

    def step(role: Role, path: str, **more: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {tokens[role]}", **more}
        sent = body if path == "" else None
        answer = pool.request("POST", f"/api/v1/versions{path}", body=sent, headers=headers)
        assert answer.status in (200, 201), answer.data
        found: dict[str, Any] = answer.json()
        return found

    begin = time.perf_counter()
    version = step(Role.PUBLISHER, "", **{"Content-Type": "application/zip"})["version"]
    version = step(Role.PUBLISHER, f"/{version['id']}/submit", **{"If-Match": f'"{version["etag"]}"'})
    step(Role.REVIEWER, f"/{version['id']}/approve", **{"If-Match": f'"{version["etag"]}"'})
    return time.perf_counter() - begin


def _archive(course: SampleCourse) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("course.md", course.text)
    return target.getvalue()


def _memory(where: str, size: int, before: int, server: "Process") -> Iterator[tuple[str, str, str, bool]]:
    """Another round of everything must not need more than the first."""
    first = server.memory()
    for addresses in _addresses(size).values():
        _load(server.port, addresses)
    second = server.memory()
    grown = second - first
    yield (
        f"{where}: memory, first and second round",
        f"{before >> 20} → {first >> 20} → {second >> 20} MB",
        "flat: 32 MB more at most",
        grown <= 32 << 20,
    )


def _growth(kind: str, found: list[float]) -> tuple[str, str, str, bool]:
    """From the smallest to the largest catalogue, against their logarithms."""
    allowed = math.log(SIZES[-1]) / math.log(SIZES[0])
    ratio = found[-1] / found[0]
    return (
        f"{kind}: p95 from {SIZES[0]:,} to {SIZES[-1]:,} courses",
        f"× {ratio:.1f}",
        f"× {allowed:.1f} (logarithmic), or within {BUDGET_MS} ms",
        ratio <= allowed or found[-1] <= BUDGET_MS / 1e3,
    )


def _filled(data: Path, size: int, url: str = "") -> Demonstration:
    data.mkdir(parents=True, exist_ok=True)
    settings = msgspec.structs.replace(settings_of(data, 0), database=DatabaseSettings(url=url))
    database = Database.of(settings)
    schema.upgrade(database)
    made = fill(database, Storage.of(settings), size, whole=False)
    database.close()
    return made


def _bare(folder: Path, server: "Process", addresses: list[str]) -> Figures:
    """The same bytes from a handler that only has them."""
    folder.mkdir()
    with urllib3.HTTPConnectionPool("127.0.0.1", server.port) as pool:
        for number, address in enumerate(addresses):
            (folder / str(number)).write_bytes(pool.request("GET", address).data)
    with _running("tests.benchmarks.bare", str(folder)) as bare:
        return _load(bare.port, [f"/{number}" for number in range(len(addresses))])


def _load(port: int, addresses: list[str], pause: float = 0, *token: str) -> Figures:
    figures = (str(port), str(USERS), str(REQUESTS), str(pause))
    command = [sys.executable, "-m", "tests.benchmarks.load", *figures, *token]
    done = subprocess.run(command, input=json.dumps(addresses), capture_output=True, text=True, check=True)
    return Figures(**json.loads(done.stdout))


class Process(NamedTuple):
    """A server."""

    process: subprocess.Popen[str]
    port: int

    def memory(self) -> int:
        """Resident bytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def seconds(self) -> float:
        """Processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(module: str, *arguments: str, data: Path | None = None, url: str = "") -> Iterator[Process]:
    own = {**os.environ, "LINGJUN_LANG": "en", "LINGJUN_QUEUE_WORKERS": "0"}
    if data is not None:
        own |= {"LINGJUN_DATA": str(data), "LINGJUN_DATABASE_URL": url}
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield Process(process, int(line.partition("127.0.0.1:")[2].partition("/")[0]))
        finally:
            process.terminate()


MEASURES = (readers, readers_on_postgresql)
