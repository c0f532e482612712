"""Sessions on the database: one way to read, one way to write.

SQLite: WAL, synchronous=FULL (an acknowledged commit survives the power cord), foreign keys, and BEGIN IMMEDIATE for
every writing transaction: with plain BEGIN most read-then-write attempts under contention fail busy at once, whatever
the timeout (standards/hostile-input.md). PostgreSQL: READ COMMITTED for writers, who lock the row they decide on
first; a repeatable, read-only snapshot for readers.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from catalog.database.troubles import is_passing, trouble_of
from catalog.settings import Settings

T = TypeVar("T")

# For what is read once a lock is held: what the session has read before it may be out of date.
FRESH = {"populate_existing": True}
_ATTEMPTS = 5
_WRITES = "lingjun_writes"


class Database:
    """The catalogue's database. One object a process; threads share it, each transaction has its own session."""

    def __init__(self, url: str, *, pool: int = 10, wait_seconds: int = 30) -> None:
        """`wait_seconds`: how long a writer waits for another before it gives up."""
        self.url = _with_driver(make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        engine = (
            _sqlite(self.url, pool, wait_seconds)
            if self.is_sqlite
            else _postgresql(self.url, pool, wait_seconds)
        )
        self.engine = engine
        self._readers = engine
        if not self.is_sqlite:
            self._readers = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writers = engine.execution_options(**{_WRITES: True})

    @classmethod
    def of(cls, settings: Settings) -> "Database":
        """The database that the settings name. The embedded default's folder is made, for its owner alone."""
        if not settings.database.url:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(
            settings.database_url, pool=settings.database.pool, wait_seconds=settings.database.wait_seconds
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one unchanging snapshot. Raises MachineError when the database can't be reached."""
        with _told(), Session(self._readers, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when left in peace and rolls back on any exception. Once this is left, what was
        written is on the disk. Raises MachineError when the database refuses (full, read-only, gone, busy)."""
        with _told(), Session(self._writers, expire_on_commit=False) as session, session.begin():
            yield session

    def transact(self, work: Callable[[Session], T]) -> T:
        """`work` in one writing transaction, anew when the database broke it off for another's sake (a deadlock, a
        serialization failure). `work` must do nothing that can't be done twice."""
        for _ in range(_ATTEMPTS - 1):
            try:
                with Session(self._writers, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except OperationalError as error:
                if not is_passing(error):
                    raise trouble_of(error) from error
        with self.write() as session:
            return work(session)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """What the database itself can't do, in the user's words. Broken constraints stay: the services know them."""
    try:
        yield
    except OperationalError as error:
        raise trouble_of(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise trouble_of(error) from error
        raise


def _with_driver(url: URL) -> URL:
    return url.set(
        drivername="sqlite+pysqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    )


def _sqlite(url: URL, pool: int, wait_seconds: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=wait_seconds,
        connect_args={"timeout": wait_seconds},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # sqlite3 itself begins nothing: `_begin_sqlite` does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL, pool: int, wait_seconds: int) -> Engine:
    return create_engine(
        url,
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=wait_seconds,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": wait_seconds,
            "application_name": "lingjun",
            "options": f"-c timezone=UTC -c lock_timeout={wait_seconds}s -c synchronous_commit=on",
        },
    )


def database_file(url: str) -> Path | None:
    """The file of an SQLite database, None for any other."""
    parts = make_url(url)
    return Path(parts.database) if parts.get_backend_name() == "sqlite" and parts.database else None
