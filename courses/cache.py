"""What was read before: rendered parts by their content, and digests of big files by size and time.

A `Cache` belongs to one course folder. In memory it serves a preview; `Cache.on_disk` also keeps it in the user's
cache folder. It is only ever a hint: whatever is missing, foreign or broken is read anew.
"""

import contextlib
import hashlib
import os
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

MAX_FILE = 64 * 1024 * 1024
MAX_FOLDER = 512 * 1024 * 1024
BIG = 32 * 1024  # bytes: smaller files are simply hashed again
_RACY = 2_000_000_000  # ns: a file changed so recently may change again within the clock's tick


class Digest(msgspec.Struct, frozen=True, array_like=True):
    """SHA-256 of a file that had this size (bytes) and time (ns)."""

    size: int
    modified: int
    sha256: bytes


class _Kept(msgspec.Struct, array_like=True):
    """The file on disk. The values stay encoded until they are asked for."""

    engine: str
    records: dict[bytes, msgspec.Raw]
    digests: dict[str, Digest]


class Cache:
    """Records by key. What one reading doesn't use is dropped at its end."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._encoded: dict[bytes, msgspec.Raw] = {}
        self._records: dict[bytes, object] = {}
        self._digests: dict[str, Digest] = {}
        self._decoders: dict[type, msgspec.msgpack.Decoder[Any]] = {}
        self._used: dict[bytes, object] = {}
        self._used_digests: dict[str, Digest] = {}
        if file is not None:
            self._load(file)

    @classmethod
    def on_disk(cls, root: Path) -> "Cache":
        """The cache of the course at `root`, kept for the user's next command."""
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
        return cls(cache_folder() / f"{name}.msgpack")

    def get(self, key: bytes, kind: type[T]) -> T | None:
        """The record under `key`."""
        record = self._records.get(key)
        if record is None and key in self._encoded:
            with contextlib.suppress(msgspec.DecodeError):  # includes ValidationError
                decoder = self._decoders.setdefault(kind, msgspec.msgpack.Decoder(kind))
                record = decoder.decode(self._encoded[key])
        if not isinstance(record, kind):
            return None
        self._used[key] = record
        return record

    def put(self, key: bytes, record: object) -> None:
        """Keep a record."""
        self._used[key] = record
        self._encoded.pop(key, None)

    def sha256(self, path: Path, source: str) -> bytes:
        """The SHA-256 of a file, streamed; an unchanged big file isn't read again. Raises OSError."""
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            known = self._digests.get(source)
            if known and (known.size, known.modified) == (status.st_size, status.st_mtime_ns):
                self._used_digests[source] = known
                return known.sha256
            digest = hashlib.file_digest(stream, "sha256").digest()
        if status.st_size >= BIG and time.time_ns() - status.st_mtime_ns > _RACY:
            self._used_digests[source] = Digest(status.st_size, status.st_mtime_ns, digest)
        return digest

    def finish(self) -> None:
        """End a reading: forget what it didn't use, and write down what is new."""
        same = self._used.keys() == self._encoded.keys() and self._used_digests == self._digests
        self._records, self._used = self._used, {}
        self._digests, self._used_digests = self._used_digests, {}
        if self._file is not None and not same:
            self._save(self._file)
        elif self._file is None:
            self._encoded = {}

    def _load(self, file: Path) -> None:
        with contextlib.suppress(OSError, msgspec.DecodeError):
            if file.stat().st_size <= MAX_FILE:
                kept = msgspec.msgpack.decode(file.read_bytes(), type=_Kept)
                if kept.engine == engine():
                    self._encoded, self._digests = kept.records, kept.digests

    def _save(self, file: Path) -> None:
        """Write the file in one step. A full or read-only disk only costs time later."""
        encode = msgspec.msgpack.encode
        self._encoded = {
            key: self._encoded.get(key) or msgspec.Raw(encode(record))
            for key, record in self._records.items()
        }
        data = encode(_Kept(engine(), self._encoded, self._digests))
        if len(data) > MAX_FILE:
            return
        from tempfile import mkstemp  # noqa: PLC0415 (slow to import, and most readings write nothing)

        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = mkstemp(dir=file.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                Path(temporary).replace(file)
            finally:
                Path(temporary).unlink(missing_ok=True)
            _shrink(file.parent)


def cache_folder() -> Path:
    """Where caches are kept."""
    from platformdirs import user_cache_path  # noqa: PLC0415 (only some commands need it)

    return user_cache_path("lingjun", appauthor=False) / "courses"


@cache
def engine() -> str:
    """A digest of the code that records come from: ours by size and time, other packages' by version."""
    own = Path(__file__).parent.parent
    state = hashlib.sha256(sys.version.encode())
    for package in ("courses", "schemas"):
        for file in sorted((own / package).rglob("*.py")):
            status = file.stat()
            state.update(f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    # Each installed distribution has a folder named after its version.
    installed = Path(msgspec.__file__).parent.parent
    state.update(repr(sorted(folder.name for folder in installed.glob("*.dist-info"))).encode())
    return state.hexdigest()


def _shrink(folder: Path) -> None:
    """Remove the courses not read for longest while the folder is too big."""
    with os.scandir(folder) as entries:  # there may be thousands, and this is done after every reading
        found = [(entry.stat(), entry.path) for entry in entries if entry.name.endswith(".msgpack")]
    total = 0
    for status, path in sorted(found, key=lambda one: one[0].st_mtime_ns, reverse=True):
        total += status.st_size
        if total > MAX_FOLDER:
            Path(path).unlink(missing_ok=True)
