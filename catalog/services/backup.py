"""The whole catalogue in one folder, while it runs; and back into an empty one, on either database.

    backup.json            what is in it
    tables/<name>.jsonl    every row, of one moment
    blobs/<kind>/<sha256>  every blob that those rows name

A blob is on the disk before a row may name it: so rows first, from one snapshot, then the blobs that they name.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Table, select

from catalog.database import dump, schema
from catalog.database.base import utcnow
from catalog.database.dump import TableDump
from catalog.database.session import Database
from catalog.services import search
from catalog.services.operator import operator
from catalog.storage import Kind, Storage
from schemas.errors import InputError, MachineError, UsageError
from schemas.system import system_reason
from schemas.text import Text

FORMAT = 1
_RECORD = "backup.json"
_NAMED = (
    (Kind.SOURCE, "versions", "source_sha256"),
    (Kind.READING, "versions", "reading_sha256"),
    (Kind.PACKAGE, "packages", "sha256"),
)
_EXISTS = Text("“{path}”已经存在，不会覆盖。", "“{path}” exists already and is not overwritten.")
_NO_BACKUP = Text("“{path}”不是完整的备份。", "“{path}” is not a whole backup.")
_NEWER = Text(
    "备份来自更新版本的领军（{revision}），请先升级。",
    "The backup is from a newer Lingjun ({revision}): upgrade first.",
)
_DAMAGED = Text("备份已损坏：{file}", "The backup is damaged: {file}")
_NOT_EMPTY = Text(
    "目标数据库不是空的（{table}）。恢复只写入空的目录，未作任何改动。",
    "The target database is not empty ({table}). A restore fills an empty catalogue only; nothing was changed.",
)
_UNWRITABLE = Text("无法写入备份：{reason}。", "The backup can't be written: {reason}.")

_PART = re.compile(r"\..+\.[0-9a-f]{8}\.part")
_CONTENT = frozenset({"tables", "blobs", _RECORD})
_UNLOCKED_SECONDS = 60  # a folder is made before it can be locked

Progress = Callable[[int], object]


class Backup(msgspec.Struct, frozen=True):
    """What a backup holds. `revision` is the schema's, `blob_bytes` the size of all blobs."""

    format: int
    revision: str
    created: datetime
    tables: tuple[TableDump, ...]
    blobs: int
    blob_bytes: int


class _BlobName(NamedTuple):
    kind: Kind
    sha256: str


def back_up(database: Database, storage: Storage, target: Path, progress: Progress = int) -> Backup:
    """Write a backup to the folder `target`, which must not exist: it appears whole or not at all. `progress` is told
    each number of bytes copied."""
    if target.exists():
        raise UsageError(_EXISTS.format(path=target))
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    lock = None
    try:
        _remove_broken_off(target.parent)
        part.mkdir(mode=0o700, parents=True)
        lock = _locked(part)
        tables, named, revision = _write_tables(database, part / "tables")
        size = sum(_copy_out(storage, name, part / "blobs", progress) for name in named)
        made = Backup(FORMAT, revision, utcnow(), tuple(tables), len(named), size)
        _write_synced(part / _RECORD, msgspec.json.format(msgspec.json.encode(made), indent=2))
        for folder in (part / "tables", part):
            _sync(folder)
        part.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise MachineError(_UNWRITABLE.format(reason=system_reason(error))) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if lock is not None:
            os.close(lock)
    return made


def restore(database: Database, storage: Storage, source: Path, progress: Progress = int) -> Backup:
    """Fill an empty catalogue from a backup. Everything is compared with its SHA-256 before the first row is written;
    rows appear all at once or not at all, and a restore that was broken off can be started again."""
    try:
        made = msgspec.json.decode((source / _RECORD).read_bytes(), type=Backup)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(_NO_BACKUP.format(path=source)) from error
    if made.format != FORMAT or made.revision not in schema.revisions():
        raise InputError(_NEWER.format(revision=made.revision))
    for table in made.tables:
        _check(source / "tables" / f"{table.name}.jsonl", table.sha256)
    if schema.status(database).schema is schema.Schema.EMPTY:
        schema.upgrade(database, made.revision)
    with database.read() as session:
        _refuse_filled(session.connection())
    for kind in Kind:
        for file in sorted((source / "blobs" / kind).glob("*")):
            _check(file, file.name)
            storage.put(kind, file)
            progress(file.stat().st_size)
    with database.write() as session:
        connection = session.connection()
        found = {table.name: table for table in dump.tables(connection)}
        _refuse_filled(connection)
        order = [found[name] for name in found if name in {table.name for table in made.tables}]
        with dump.without_triggers(connection, order):
            for one in order:
                dump.read(connection, one, source / "tables" / f"{one.name}.jsonl")
    schema.upgrade(database)
    with database.write() as session:
        search.rebuild(session, operator())
    return made


def _remove_broken_off(folder: Path) -> None:
    """Remove what backups left here whose processes were killed: whoever is at work holds a lock, which no dead process does."""
    before = utcnow().timestamp() - _UNLOCKED_SECONDS
    for part in folder.glob(".*.part"):
        ours = (
            _PART.fullmatch(part.name)
            and part.is_dir()
            and {file.name for file in part.iterdir()} <= _CONTENT
        )
        if ours and part.stat().st_mtime < before and (lock := _locked(part)) is not None:
            shutil.rmtree(part, ignore_errors=True)
            os.close(lock)


def _locked(part: Path) -> int | None:
    """A lock on a folder, until it is closed; None where another has it, or the file system knows no locks."""
    descriptor = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _write_tables(database: Database, folder: Path) -> tuple[list[TableDump], list[_BlobName], str]:
    """All rows of one moment, the blobs that they name, and the schema's revision."""
    folder.mkdir()
    with database.read() as session:
        connection = session.connection()
        revision = schema.revision_of(connection)
        tables = dump.tables(connection)
        written = []
        for table in tables:
            file = folder / f"{table.name}.jsonl"
            written.append(dump.write(connection, table, file))
            _sync(file)
        return written, _named(connection, tables), revision


def _named(connection: Connection, tables: list[Table]) -> list[_BlobName]:
    by_name = {table.name: table for table in tables}
    names: dict[_BlobName, None] = {}
    for kind, table, column in _NAMED:
        if table in by_name:
            rows = connection.scalars(select(by_name[table].c[column]).distinct())
            names.update(dict.fromkeys(_BlobName(kind, sha256) for sha256 in rows))
    return list(names)


def _copy_out(storage: Storage, name: _BlobName, folder: Path, progress: Progress) -> int:
    target = folder / name.kind / name.sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with target.open("xb") as file:
        for piece in storage.verified(name.kind, name.sha256):
            file.write(piece)
            size += len(piece)
            progress(len(piece))
        file.flush()
        os.fsync(file.fileno())
    return size


def _check(file: Path, sha256: str) -> None:
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(_DAMAGED.format(file=file)) from error
    if found != sha256:
        raise InputError(_DAMAGED.format(file=file))


def _refuse_filled(connection: Connection) -> None:
    for table in dump.tables(connection):
        if not dump.is_empty(connection, table):
            raise UsageError(_NOT_EMPTY.format(table=table.name))


def _write_synced(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
