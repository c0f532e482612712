"""What a database can't do is told in words; a transaction broken off for another's sake is tried again."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from catalog.database import schema
from catalog.database.session import Database
from schemas.errors import MachineError


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'x.sqlite'}", wait_seconds=1)


def test_durability_is_what_was_promised(database: Database) -> None:
    with database.read() as session:
        pragmas = [
            session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]
    database.close()


def test_a_database_that_others_hold_is_told(database: Database, tmp_path: Path) -> None:
    schema.upgrade(database)
    holder = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(MachineError, match="busy"), database.write() as session:
        session.execute(text("SELECT 1"))
    holder.close()
    database.close()


def test_a_full_disk_is_told_and_what_was_there_stays(database: Database) -> None:
    schema.upgrade(database)
    with database.write() as session:
        session.execute(text("CREATE TABLE notes (body text)"))
        pages = session.scalar(text("PRAGMA page_count"))

    def fill(session: Session) -> None:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.execute(text("INSERT INTO notes VALUES (zeroblob(1000000))"))

    with pytest.raises(MachineError, match="full"), database.write() as session:
        fill(session)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM notes")) == 0
    database.close()


def test_nothing_to_connect_to_is_told() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing", wait_seconds=1)
    with pytest.raises(MachineError, match="can't be reached"), database.read() as session:
        session.execute(text("SELECT 1"))


class _SerializationError(Exception):
    sqlstate = "40001"


def test_a_transaction_broken_off_is_tried_again(database: Database) -> None:
    tries: list[int] = []

    def work(_: Session) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("", {}, _SerializationError())
        return "done"

    assert database.transact(work) == "done"
    tries.clear()

    def hopeless(_: Session) -> None:
        tries.append(1)
        raise OperationalError("", {}, _SerializationError())

    with pytest.raises(MachineError, match="busy"):
        database.transact(hopeless)
    assert len(tries) == 5
    database.close()
