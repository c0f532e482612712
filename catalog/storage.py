"""Blobs: what courses and packages are made of, named by the SHA-256 of their bytes.

A local folder by default, any S3 by setting. A blob appears whole or not at all, and is on the disk before `put`
returns: only then may a row name it. Two that are equal are one.
"""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec
import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, S3Store

from catalog.settings import Settings, StorageSettings
from schemas.errors import MachineError
from schemas.text import Text

if TYPE_CHECKING:
    from obstore.store import RetryConfig, S3Config  # exist for type checkers alone

_CHUNK = 1 << 20
_INCOMING = "incoming"
_LATELY = timedelta(hours=1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
# A moment's trouble of an S3 service is bridged; somebody waits for the answer, so not for obstore's three minutes.
_AGAIN: "RetryConfig" = {
    "max_retries": 6,
    "retry_timeout": timedelta(seconds=20),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 2},
}

_FULL = Text("存储空间已满。未写入任何内容。", "The storage is full. Nothing was written.")
_REFUSED = Text(
    "存储拒绝了操作，请检查权限或凭据：{reason}",
    "The storage refused; check its permissions or credentials: {reason}",
)
_FAILED = Text("存储出错：{reason}", "The storage failed: {reason}")
_MISSING = Text("存储中缺少 {name}。", "{name} is missing from the storage.")
_DAMAGED = Text(
    "存储中的 {name} 已损坏：内容与其 SHA-256 不符。",
    "{name} in the storage is damaged: its content doesn't match its SHA-256.",
)


class Kind(StrEnum):
    """What a blob is: a course's source archive, what was read from it, a package."""

    SOURCE = "sources"
    READING = "readings"
    PACKAGE = "packages"


class Blob(msgspec.Struct, frozen=True):
    """A blob's name and its size in bytes."""

    sha256: str
    size: int


class StoredBlob(msgspec.Struct, frozen=True):
    """A blob found in the storage, with the moment at which it came there."""

    kind: Kind
    blob: Blob
    stored_at: datetime


class BlobMissingError(MachineError):
    """A blob that should be there is not."""


class BlobDamagedError(MachineError):
    """A blob's bytes are not those that its name promises."""


class Storage:
    """Where blobs are kept. One object a process; threads share it."""

    def __init__(self, url: str, options: StorageSettings | None = None) -> None:
        """`url` as in StorageSettings. A local folder is made when it doesn't exist."""
        self._folder: Path | None = None
        if url.startswith("file:"):
            self._folder = Path(unquote(urlsplit(url).path))
            with _told(url):
                for kind in (*Kind, _INCOMING):
                    (self._folder / kind).mkdir(mode=0o700, parents=True, exist_ok=True)
                self._store: LocalStore | S3Store = LocalStore(self._folder)
        else:
            with _told(url):
                plain = options is not None and options.endpoint.startswith("http:")
                self._store = S3Store.from_url(
                    url,
                    config=_s3(options or StorageSettings()),
                    client_options={"allow_http": plain},
                    retry_config=_AGAIN,
                )

    @classmethod
    def of(cls, settings: Settings) -> "Storage":
        """The storage that the settings name."""
        return cls(settings.storage_url, settings.storage)

    def put(self, kind: Kind, source: Path | bytes) -> Blob:
        """Store a file's bytes, or these. Returns once they are on the disk. What came there lately is left; what is
        older is stored again, so that no sweep takes it for forgotten before a row names it."""
        blob = _measured(source)
        there = self._find(kind, blob.sha256)
        if there and there.blob.size == blob.size and datetime.now(UTC) - there.stored_at < _LATELY:
            return blob
        key = _key(kind, blob.sha256)
        with _told(key):
            if self._folder is None:
                obstore.put(self._store, key, source)
                return blob
            staged = f"{_INCOMING}/{secrets.token_hex(8)}"
            try:
                obstore.put(self._store, staged, source)
                _sync(self._folder / staged)
                obstore.rename(self._store, staged, key)
            except BaseException:
                (self._folder / staged).unlink(missing_ok=True)
                raise
            _sync(self._folder / kind)
        return blob

    def check(self) -> None:
        """Raise MachineError unless blobs can be read and, in a local folder, written."""
        self._find(Kind.SOURCE, "0" * 64)
        if self._folder is not None:
            with _told(_INCOMING):
                probe = self._folder / _INCOMING / secrets.token_hex(8)
                probe.write_bytes(b"")
                probe.unlink()

    def size(self, kind: Kind, sha256: str) -> int:
        """A blob's size in bytes. Raises BlobMissingError."""
        there = self._find(kind, sha256)
        if there is None:
            raise BlobMissingError(_MISSING.format(name=_key(kind, sha256)))
        return there.blob.size

    def stream(self, kind: Kind, sha256: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """A blob's bytes from `start` up to, without, `end`, in pieces. Raises BlobMissingError before the first piece."""
        size = self.size(kind, sha256)
        end = size if end is None else min(end, size)
        if start >= end:
            return iter(())
        key = _key(kind, sha256)
        if self._folder is not None:
            return _local_pieces(self._folder / key, start, end, key)
        with _told(key):
            found = obstore.get(self._store, key, options={"range": (start, end)})
            pieces = found.stream(_CHUNK)
        return _pieces(pieces, key)

    def read(self, kind: Kind, sha256: str) -> bytes:
        """A whole blob, for small ones, compared with its name. Raises BlobMissingError, BlobDamagedError."""
        return b"".join(self.verified(kind, sha256))

    def verified(self, kind: Kind, sha256: str) -> Iterator[bytes]:
        """A whole blob in pieces; raises BlobDamagedError after the last when they aren't what the name promises."""
        digest = hashlib.sha256()
        for piece in self.stream(kind, sha256):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != sha256:
            raise BlobDamagedError(_DAMAGED.format(name=_key(kind, sha256)))

    def local_path(self, kind: Kind, sha256: str) -> Path | None:
        """Where a blob lies on this machine's disk, to be sent without copying; None when it is elsewhere."""
        return self._folder / _key(kind, sha256) if self._folder else None

    def blobs(self, kind: Kind) -> Iterator[StoredBlob]:
        """Every blob of a kind."""
        with _told(kind):
            for page in obstore.list(self._store, kind):
                for found in page:
                    name = found["path"].rpartition("/")[2]
                    if _SHA256.fullmatch(name):
                        blob = Blob(name, found["size"])
                        yield StoredBlob(kind, blob, found["last_modified"])

    def delete(self, kind: Kind, sha256: str) -> None:
        """Remove a blob that no row names; no error when it is gone already."""
        with _told(_key(kind, sha256)):
            try:
                obstore.delete(self._store, _key(kind, sha256))
            except FileNotFoundError:
                return

    def delete_older(self, kind: Kind, sha256: str, before: datetime) -> bool:
        """Remove a blob that no row names, unless it was stored again meanwhile; whether it was removed."""
        there = self._find(kind, sha256)
        if there is None or there.stored_at >= before:
            return False
        self.delete(kind, sha256)
        return True

    def clear_incoming(self, before: datetime) -> int:
        """Remove what killed processes left half stored; how many files. (A rule of the bucket ends such uploads.)"""
        if self._folder is None:
            return 0
        with _told(_INCOMING):
            old = [f for f in (self._folder / _INCOMING).iterdir() if f.stat().st_mtime < before.timestamp()]
            for file in old:
                file.unlink(missing_ok=True)
        return len(old)

    def _find(self, kind: Kind, sha256: str) -> StoredBlob | None:
        key = _key(kind, sha256)
        with _told(key):
            try:
                if self._folder is not None:
                    # By obstore it takes a change of thread, which is longer than all else that a small download does.
                    status = (self._folder / key).stat()
                    stored_at = datetime.fromtimestamp(status.st_mtime, UTC)
                    return StoredBlob(kind, Blob(sha256, status.st_size), stored_at)
                found = obstore.head(self._store, key)
            except FileNotFoundError:
                return None
        return StoredBlob(kind, Blob(sha256, found["size"]), found["last_modified"])


def _key(kind: Kind, sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise ValueError(sha256)
    return f"{kind}/{sha256}"


def _s3(options: StorageSettings) -> "S3Config":
    config: S3Config = {}
    if options.endpoint:
        config["endpoint"] = options.endpoint
    if options.region:
        config["region"] = options.region
    if options.access_key_id:
        config["access_key_id"] = options.access_key_id
        config["secret_access_key"] = options.secret_access_key
    return config


def _measured(source: Path | bytes) -> Blob:
    if isinstance(source, bytes):
        return Blob(hashlib.sha256(source).hexdigest(), len(source))
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Blob(digest, file.tell())


def _pieces(stream: Iterator[bytes], key: str) -> Iterator[bytes]:
    with _told(key):
        for piece in stream:
            yield bytes(piece)


def _local_pieces(path: Path, start: int, end: int, key: str) -> Iterator[bytes]:
    with _told(key), path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(_CHUNK, end - start))):
            start += len(piece)
            yield piece


def _sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What the storage can't do, in the user's words."""
    try:
        yield
    except (BaseError, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        if isinstance(error, OSError) and error.strerror:
            reason = f"{name}: {error.strerror}"
        number = _system_error(error)
        if number in (errno.ENOSPC, errno.EDQUOT):
            raise MachineError(_FULL) from error
        refused = isinstance(error, PermissionDeniedError | UnauthenticatedError)
        if refused or number in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise MachineError(_REFUSED.format(reason=reason)) from error
        raise MachineError(_FAILED.format(reason=reason)) from error


def _system_error(error: Exception) -> int:
    """The system's error number, which obstore gives in its text alone; 0 when there is none."""
    found = re.search(r"os error (\d+)", str(error))
    return (error.errno or 0) if isinstance(error, OSError) else int(found[1]) if found else 0
