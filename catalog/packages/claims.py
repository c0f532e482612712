"""Who builds which package: at most one at a time, on whatever machine, and nobody for ever.

A claim is a row with a name and an end. Its holder renews it while the work goes on; one that was killed doesn't,
and its claim lapses.
"""

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import PackageBuild
from catalog.database.session import Database
from schemas.errors import MachineError
from schemas.text import Text

LEASE = timedelta(seconds=30)


class Shape(StrEnum):
    """What a package holds."""

    COURSE = "course"
    CURRICULUM = "curriculum"  # its courses as one package
    SET = "set"  # its courses' own packages in one archive


class PackageKey(NamedTuple):
    """One package of a version, in any shape but a course's of a curriculum's version: `format` and `preset` as
    `lingjun export` names them."""

    version_id: int
    format: str
    preset: str = "generic"
    shape: Shape = Shape.COURSE

    @property
    def columns(self) -> dict[str, str | int]:
        """As the rows of packages and of their builds name it."""
        owner = "version_id" if self.shape is Shape.COURSE else "curriculum_version_id"
        return {
            owner: self.version_id,
            "shape": self.shape.value,
            "format": self.format,
            "preset": self.preset,
        }


class LostClaimError(Exception):
    """The claim lapsed, and another may hold it."""


def claim(database: Database, key: PackageKey, lease: timedelta = LEASE) -> "Claim | None":
    """The right to build a package, unless somebody has it."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"

    def take(session: Session) -> bool:
        now = utcnow()
        make = sqlite.insert if database.is_sqlite else postgresql.insert
        row = {**key.columns, "failure_zh": "", "failure_en": ""}
        session.execute(make(PackageBuild).values(row).on_conflict_do_nothing())
        free = or_(PackageBuild.claimed_until.is_(None), PackageBuild.claimed_until < now)
        taken = session.execute(
            update(PackageBuild)
            .where(is_build(key), free)
            .values(claimed_by=holder, claimed_until=now + lease)
            .returning(PackageBuild.id)
        )
        return taken.first() is not None

    return Claim(database, key, holder, lease) if database.transact(take) else None


class Claim:
    """A right to build, held by this process."""

    def __init__(self, database: Database, key: PackageKey, holder: str, lease: timedelta) -> None:
        self._database = database
        self._holder = holder
        self._lease = lease
        self.key = key

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew it as long as the `with` statement lasts, then let go of it."""
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(done,), name="claim", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            done.set()
            keeper.join()
            with self._database.write() as session:
                session.execute(delete(PackageBuild).where(self._mine(), PackageBuild.failed_with.is_(None)))
                session.execute(
                    update(PackageBuild).where(self._mine()).values(claimed_by=None, claimed_until=None)
                )

    def require(self, session: Session) -> None:
        """Raise LostClaimError unless this is still the holder; it stays so until the transaction ends."""
        renewed = session.execute(
            update(PackageBuild)
            .where(self._mine())
            .values(claimed_until=utcnow() + self._lease)
            .returning(PackageBuild.id)
        )
        if renewed.first() is None:
            raise LostClaimError(self.key)

    def fail(self, session: Session, generator: str, reason: Text) -> None:
        """Write down that `generator` can't make it."""
        session.execute(
            update(PackageBuild)
            .where(self._mine())
            .values(failed_with=generator, failure_zh=reason.zh, failure_en=reason.en)
        )

    def _keep(self, done: threading.Event) -> None:
        while not done.wait(self._lease.total_seconds() / 3):
            try:
                with self._database.write() as session:
                    self.require(session)
            except LostClaimError:
                return
            except MachineError:  # the database is away: it may be back before the claim lapses
                continue

    def _mine(self) -> ColumnElement[bool]:
        return and_(is_build(self.key), PackageBuild.claimed_by == self._holder)


def is_build(key: PackageKey) -> ColumnElement[bool]:
    """The row of a package's build."""
    return and_(*(getattr(PackageBuild, name) == value for name, value in key.columns.items()))


def is_claimed(row: PackageBuild | None, now: datetime) -> bool:
    """Whether somebody is at it."""
    return row is not None and row.claimed_until is not None and row.claimed_until >= now
