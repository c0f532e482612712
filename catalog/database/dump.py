"""All rows of a database as JSON lines, and back: the same files from SQLite and PostgreSQL, and into either.

Tables are read as they stand in the database, not from the models, so that an older schema's rows are taken as well.
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, DateTime, LargeBinary, MetaData, Table, func, select, text
from sqlalchemy.types import TypeEngine

from catalog.database.search_index import is_index_table

_BATCH = 500


class TableDump(msgspec.Struct, frozen=True):
    """One table's file: how many rows, and the SHA-256 of its bytes."""

    name: str
    rows: int
    sha256: str


def tables(connection: Connection) -> list[Table]:
    """The tables, each after those that it refers to; without the index of words, which is derived."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not is_index_table(name) and name != "alembic_version")
    return found.sorted_tables


def write(connection: Connection, table: Table, target: Path) -> TableDump:
    """Write a table's rows, in the order of their keys."""
    rows = 0
    digest = hashlib.sha256()
    with target.open("xb") as file:
        statement = select(table).order_by(*table.primary_key)
        for row in connection.execute(statement, execution_options={"yield_per": _BATCH}):
            line = msgspec.json.encode([value_out(value) for value in row]) + b"\n"
            digest.update(line)
            file.write(line)
            rows += 1
    return TableDump(str(table.name), rows, digest.hexdigest())


def read(connection: Connection, table: Table, source: Path) -> None:
    """Insert a table's rows."""
    batch: list[dict[str, object]] = []
    columns = list(table.columns)
    with source.open("rb") as file:
        for line in file:
            values = msgspec.json.decode(line, type=list[object])
            pairs = zip(columns, values, strict=True)
            batch.append({column.name: value_in(column.type, value, connection) for column, value in pairs})
            if len(batch) == _BATCH:
                connection.execute(table.insert(), batch)
                batch.clear()
    if batch:
        connection.execute(table.insert(), batch)
    if connection.dialect.name == "postgresql":
        go_on_counting(connection, table)


def is_empty(connection: Connection, table: Table) -> bool:
    """Whether a table has no row."""
    return connection.scalar(select(func.count()).select_from(table.select().limit(1).subquery())) == 0


@contextmanager
def without_triggers(connection: Connection, restored: list[Table]) -> Iterator[None]:
    """What was published is being put back, and the triggers that keep it from being written must look away."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _ in found:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in found:
            connection.exec_driver_sql(statement)
        return
    for table in restored:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
    yield
    for table in restored:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')


def value_out(value: object) -> object:
    """A value as JSON can carry it: moments as ISO 8601 in UTC, bytes as base64."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def value_in(kind: TypeEngine[object], value: object, connection: Connection) -> object:
    """Back, for a column of that type."""
    if isinstance(value, str) and isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if connection.dialect.name == "sqlite" else moment
    if isinstance(value, str) and isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return value


def go_on_counting(connection: Connection, table: Table) -> None:
    """Rows came with their identifiers: the sequence goes on after the highest."""
    key = table.primary_key.columns.values()[0]
    sequence = connection.scalar(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": key.name}
    )
    highest = connection.scalar(select(func.max(key)))
    if sequence and highest:
        connection.execute(
            text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest}
        )
