"""Kills (SIGKILL) at random moments, and what is found afterwards.

Everything that opens the catalogue does so in a forked process: this one keeps neither connections nor threads, so that
each victim begins like a fresh one, without importing everything anew.
"""

import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg

from catalog.database import schema
from catalog.demonstration.courses import members
from catalog.services import accounts
from catalog.services.operator import operator
from tests.soak.promises import broken, orphans
from tests.soak.works import LEASE, WORKS, Place
from tests.support.postgresql import postgresql_server

# Acknowledgements that a victim lives to see, at most. After the last a part of the time that one takes on this machine at
# this moment: seconds alone would kill everything in its cradle where the machine is busy.
MOST_SEEN = {"publish": 2, "compose": 4, "build": 4, "backup": 4}
_FIRST_PACE = 0.5  # seconds, until it is known
_PATIENCE = 120  # seconds that a victim may acknowledge nothing


class Outcome(NamedTuple):
    """What a soak found. `acknowledged` counts what was answered with success before a kill."""

    kills: int
    acknowledged: dict[str, int]
    broken: list[str]


@contextmanager
def place_on(database: str, folder: Path) -> Iterator[Place]:
    """An empty catalogue in `folder`, on SQLite or on a PostgreSQL of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        yield _begun(Place(f"sqlite:///{folder / 'lingjun.sqlite'}", folder))
        return
    with postgresql_server() as server:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE lingjun TEMPLATE template0 ENCODING 'UTF8'")
        assert urlsplit(server).scheme
        yield _begun(Place(server.replace("/postgres?", "/lingjun?"), folder))


def _begun(place: Place) -> Place:
    def begin() -> list[str]:
        database = place.database()
        schema.upgrade(database)
        with database.write() as session:
            for slug, name in members().items():
                accounts.add_institution(session, operator(), slug, name)
        return []

    _elsewhere(begin)
    return place


def soak(place: Place, kills: int, seed: int, tell: Callable[[str], object]) -> Outcome:
    """Kill each work in turn, look after every kill, sweep at the end."""
    chance = random.Random(seed)  # noqa: S311 - the same parts of the work for the same seed
    acknowledged: list[str] = []
    found: list[str] = []
    paces = dict.fromkeys(WORKS, _FIRST_PACE)
    for turn in range(kills):
        work = list(WORKS)[turn % len(WORKS)]
        wanted = chance.randint(
            0 if turn else 1, MOST_SEEN[work]
        )  # the first leaves something to build and save
        seconds = chance.random() * paces[work]
        said, pace = _killed(place, work, turn, wanted, seconds)
        paces[work] = max(pace, paces[work])
        acknowledged += said
        wrong = _elsewhere(partial(broken, place, acknowledged))
        tell(
            f"kill {turn + 1}: {work} {seconds:.3f} s after {wanted} acknowledged, "
            f"{len(said)} altogether, {len(wrong)} broken"
        )
        found += [f"kill {turn + 1} ({work}): {line}" for line in wrong]
    found += _left_over(place)
    found += _elsewhere(lambda: broken(place, acknowledged))
    counts = {
        kind: sum(line.startswith(kind) for line in acknowledged)
        for kind in ("published", "composed", "built", "saved")
    }
    return Outcome(kills, counts, found)


def _left_over(place: Place) -> list[str]:
    """Orphans, once claims have lapsed and readers and builders in processes of their own have had time to end."""
    time.sleep(LEASE.total_seconds())
    until = time.monotonic() + _PATIENCE
    while (left := _elsewhere(lambda: orphans(place))) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _killed(place: Place, work: str, turn: int, wanted: int, seconds: float) -> tuple[list[str], float]:
    """What a victim said before its end, and the longest time that it said nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_a_victim(place, work, turn, reading, writing)
    os.close(writing)
    said, pace = b"", 0.0
    while said.count(b"\n") < wanted:
        begun = time.monotonic()
        assert select.select([reading], [], [], _PATIENCE)[0], f"{work} acknowledges nothing"
        piece = os.read(reading, 1 << 16)
        if not piece:
            break
        said += piece
        pace = max(pace, time.monotonic() - begun)
    said += _heard(reading, until=time.monotonic() + seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said += _heard(reading, until=None)
    os.close(reading)
    lines = said.decode().splitlines()
    if any(line.startswith("failed") for line in lines):
        raise AssertionError("\n".join(lines))
    return lines, pace


def _be_a_victim(place: Place, work: str, turn: int, reading: int, writing: int) -> None:
    os.close(reading)
    try:
        WORKS[work](place, turn, lambda line: os.write(writing, f"{line}\n".encode()))
    except BaseException:  # noqa: BLE001 - told to the other process, whatever it is
        os.write(writing, f"failed {traceback.format_exc()}".encode()[:4000])
    os._exit(1)


def _heard(pipe: int, until: float | None) -> bytes:
    """What comes until that moment, or (None) until the end."""
    said = b""
    while True:
        left = None if until is None else max(0.0, until - time.monotonic())
        if left is not None and not select.select([pipe], [], [], left)[0]:
            return said
        piece = os.read(pipe, 1 << 16)
        if not piece:
            if until is not None:
                time.sleep(left or 0)
            return said
        said += piece


def _elsewhere(work: Callable[[], list[str]]) -> list[str]:
    """What `work` gives, done in a forked process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            lines = work()
        except BaseException:  # noqa: BLE001 - told to the other process, whatever it is
            lines = traceback.format_exc().splitlines()
        with os.fdopen(writing, "w") as pipe:
            pipe.write("\n".join(lines))
        sys.stdout.flush()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said.splitlines()
