"""Which schema the database has, and how it gets the one that this program needs."""

from enum import StrEnum
from pathlib import Path

import msgspec
from sqlalchemy import Connection, inspect, text

from catalog.database.session import Database
from schemas.errors import MachineError
from schemas.text import Text

HEAD = "0009"  # the revision that the models describe

_MIGRATIONS = Path(__file__).with_name("migrations")
_UPGRADE_LOCK = 0x6C696E67  # PostgreSQL: one upgrade at a time


class Schema(StrEnum):
    """How the database's schema relates to the program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


class SchemaStatus(msgspec.Struct, frozen=True):
    """The database's revision (empty: none yet) and the program's."""

    schema: Schema
    revision: str
    head: str = HEAD


_EMPTY = Text("数据库还是空的。请运行：lingjun db upgrade", "The database is empty. Run: lingjun db upgrade")
_OLDER = Text(
    "数据库结构是旧版本（{revision}，需要 {head}）。请先备份，再运行：lingjun db upgrade",
    "The database has an older schema ({revision}, {head} is needed). Back it up, then run: lingjun db upgrade",
)
_NEWER = Text(
    "数据库结构（{revision}）来自更新版本的领军，本程序只认识到 {head}。请升级领军；数据库未改动。",
    "The database's schema ({revision}) is from a newer Lingjun; this one knows up to {head}. "
    "Upgrade Lingjun; the database is unchanged.",
)
_NOT_UTF8 = Text(
    "PostgreSQL 数据库的编码是 {encoding}，需要 UTF8。请用 ENCODING 'UTF8' 新建数据库。",
    "The PostgreSQL database's encoding is {encoding}; UTF8 is needed. Create one with ENCODING 'UTF8'.",
)
_FOREIGN = Text(
    "数据库里有其他程序的表（{tables}）。请为领军另建一个数据库。",
    "The database has another program's tables ({tables}). Give Lingjun a database of its own.",
)


class SchemaError(MachineError):
    """The database's schema isn't the one that this program needs."""


def status(database: Database) -> SchemaStatus:
    """Where the database stands. Raises MachineError when it can't be reached or is another program's."""
    with database.read() as session:
        return _status(session.connection())


def require_current(database: Database) -> None:
    """Raise SchemaError, with the cure, unless the schema is the program's."""
    _refuse(status(database))


def ready(database: Database) -> None:
    """As `require_current`; but an SQLite database that doesn't exist yet is made: the embedded default needs no
    set-up."""
    found = status(database)
    if found.schema is Schema.EMPTY and database.is_sqlite:
        upgrade(database)
    else:
        _refuse(found)


def upgrade(database: Database, revision: str = HEAD) -> SchemaStatus:
    """Bring the schema up to `revision`, in one transaction: all of it or nothing. What it was before.

    Raises SchemaError for a schema that is newer than this program.
    """
    from alembic import command  # noqa: PLC0415 - half as slow to import as everything else together
    from alembic.config import Config  # noqa: PLC0415

    with database.write() as session:
        connection = session.connection()
        if not database.is_sqlite:
            encoding = str(connection.scalar(text("SHOW server_encoding")))
            if encoding != "UTF8":
                raise SchemaError(_NOT_UTF8.format(encoding=encoding))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        before = _status(connection)
        if before.schema is Schema.NEWER:
            _refuse(before)
        if before.schema is not Schema.CURRENT:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            command.upgrade(config, revision)
    return before


def _status(connection: Connection) -> SchemaStatus:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise SchemaError(_FOREIGN.format(tables=", ".join(sorted(tables)[:5])))
        return SchemaStatus(Schema.EMPTY, "")
    revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    if revision == HEAD:
        return SchemaStatus(Schema.CURRENT, revision)
    return SchemaStatus(Schema.OLDER if revision in revisions() else Schema.NEWER, revision)


def revision_of(connection: Connection) -> str:
    """The revision of the schema seen on a connection. Raises SchemaError where there is none that we know."""
    found = _status(connection)
    if found.schema in (Schema.EMPTY, Schema.NEWER):
        _refuse(found)
    return found.revision


def revisions() -> tuple[str, ...]:
    """Every revision that this program knows, oldest first: their files are numbered."""
    files = sorted((_MIGRATIONS / "versions").glob("[0-9]*.py"))
    return tuple(file.name.partition("_")[0] for file in files)


def _refuse(found: SchemaStatus) -> None:
    words = {Schema.EMPTY: _EMPTY, Schema.OLDER: _OLDER, Schema.NEWER: _NEWER}.get(found.schema)
    if words is not None:
        raise SchemaError(words.format(revision=found.revision, head=found.head))
