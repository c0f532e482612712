"""The one archive writer: the same files give the same bytes, on any machine, on any day.

Entries stand in the order in which they are added, with one fixed time and one fixed set of attributes. Files are
streamed, so that gigabytes of video need no more memory than a page. The archive is written beside its target and
moved there when it is whole: whatever goes wrong, what was there stays.
"""

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import BinaryIO, Self

from schemas.errors import InputError, MachineError
from schemas.system import system_reason
from schemas.text import Text

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP entry can carry
_ATTRIBUTES = 0o100644 << 16  # a regular file, rw-r--r--
_UNIX = 3
_CHUNK = 1 << 20
_BATCH = 4 << 20  # bytes of small files that wait to be deflated together
_LEVEL = 4  # a fifth less time than zlib's usual 6, for one per cent more bytes of a course's pages

# Compressed already: deflating them again costs seconds and wins nothing.
_STORED = re.compile(
    r".*\.(7z|aac|avif|br|bz2|doc[mx]|epub|flac|gif|gz|heic|jpe?g|jxl|m4[av]|mkv|mov|mp[34]|od[pst]|og[agv]|opus|pdf"
    r"|png|potx|ppsx|ppt[mx]|rar|tgz|web[amp]|woff2?|xls[mx]|xz|zip|zst)",
    re.IGNORECASE,
)

_UNREADABLE = Text("无法读取文件 {file}：{reason}", "{file} can't be read: {reason}")
_CHANGED = Text(
    "导出期间文件 {file} 发生了变化，请重新导出。", "{file} changed while it was exported; export again."
)
_UNWRITABLE = Text(
    "无法写入 {file}：{reason}。原有文件未改动。",
    "{file} can't be written: {reason}. What was there is unchanged.",
)


def is_stored(path: str) -> bool:
    """Whether a file goes into the archive as it is, judged by its extension."""
    return _STORED.fullmatch(path) is not None


def new_entry(path: str, *, stored: bool) -> zipfile.ZipInfo:
    """An entry as every archive of ours has them: one time, one set of attributes."""
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _ATTRIBUTES
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


class Archive:
    """A ZIP archive in the making. A context: leaving it in peace puts the archive in place, any exception
    (Ctrl-C too) leaves the target as it was and no temporary file."""

    def __init__(
        self, target: Path, progress: Callable[[int], object] | None = None, *, plain: bool = False
    ) -> None:
        """`progress` is called with the number of bytes of content that were taken in since its last call. A `plain`
        archive is for sources, not for an LMS: names in any script, and nothing deflated, so that its bytes
        don't depend on the zlib at hand."""
        self.target = target
        self._plain = plain
        self.files = 0
        self.content_bytes = 0
        self._progress = progress
        self._names: set[str] = set()
        self._waiting: list[tuple[zipfile.ZipInfo, bytes]] = []
        self._waiting_bytes = 0
        # Hidden, beside its target (a rename never crosses a file system), unique among parallel exports.
        self._temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")

    def __enter__(self) -> Self:
        try:
            self._file = self._temporary.open("xb")
        except OSError as error:
            raise self._unwritable(error) from error
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        return self

    def add(self, path: str, content: bytes | Path) -> None:
        """Add one file: its bytes, or where they lie on disk.

        `path` is ASCII, relative, with `/`, and unlike every other even where letter case doesn't count.
        """
        if not (path.isascii() or self._plain) or path.startswith("/") or path.lower() in self._names:
            raise ValueError(path)
        self._names.add(path.lower())
        entry = new_entry(path, stored=self._plain or is_stored(path))
        if isinstance(content, bytes):
            self._write(entry, content)
        else:
            self._stream(entry, content)
        self.files += 1

    def _write(self, entry: zipfile.ZipInfo, content: bytes) -> None:
        """Take a file whose bytes are at hand; it is written with those that come after it."""
        self._waiting.append((entry, content))
        self._waiting_bytes += len(content)
        self._count(len(content))
        if self._waiting_bytes >= _BATCH:
            self._write_waiting()

    def _write_waiting(self) -> None:
        """What `ZipFile.writestr` does, with each header written once, since all that it tells is known: pages are many
        and small, and going back to each header takes as long as deflating it."""
        for (entry, content), data in zip(self._waiting, _deflated(self._waiting), strict=True):
            entry.CRC = zlib.crc32(content)
            entry.file_size, entry.compress_size = len(content), len(data)
            entry.header_offset = self._zip.start_dir
            header = entry.FileHeader()
            self._file.write(header)
            self._file.write(data)
            self._zip.infolist().append(entry)
            self._zip.start_dir += len(header) + len(data)
        self._waiting, self._waiting_bytes = [], 0

    def _stream(self, entry: zipfile.ZipInfo, source: Path) -> None:
        """Copy a file in pieces. Its size is told first: zipfile then knows whether the entry needs Zip64."""
        try:
            file = source.open("rb")
        except OSError as error:
            raise InputError(_UNREADABLE.format(file=source, reason=system_reason(error))) from error
        with file:
            size = os.fstat(file.fileno()).st_size
            if size < _CHUNK:
                content = _read(file, source)
                if len(content) != size:
                    raise InputError(_CHANGED.format(file=source))
                self._write(entry, content)
                return
            self._write_waiting()
            entry.file_size = size
            copied = 0
            with self._zip.open(entry, "w") as out:
                while chunk := _read(file, source):
                    copied += len(chunk)
                    if copied > size:
                        break
                    out.write(chunk)
                    self._count(len(chunk))
        if copied != size:
            raise InputError(_CHANGED.format(file=source))

    def _count(self, size: int) -> None:
        self.content_bytes += size
        if self._progress:
            self._progress(size)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        except OSError as trouble:
            self._discard()
            raise self._unwritable(trouble) from trouble
        except BaseException:
            self._discard()
            raise
        if error is not None:
            self._discard()
            if isinstance(error, OSError):
                raise self._unwritable(error) from error

    def _finish(self) -> None:
        self._write_waiting()
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._temporary.replace(self.target)

    def _discard(self) -> None:
        with suppress(OSError, ValueError):  # its table of contents may not fit on the disk either
            self._zip.close()
        with suppress(OSError):
            self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> MachineError:
        return MachineError(_UNWRITABLE.format(file=self.target, reason=system_reason(error)))


def _deflated(files: Sequence[tuple[zipfile.ZipInfo, bytes]]) -> list[bytes]:
    """The files' bytes as they stand in the archive. zlib lets another thread run meanwhile: two halve the time."""
    found = [content for _, content in files]
    todo = [number for number, (entry, _) in enumerate(files) if entry.compress_type == zipfile.ZIP_DEFLATED]

    def work() -> None:
        while todo:
            with suppress(IndexError):  # the other thread took the last one
                number = todo.pop()
                found[number] = zlib.compress(found[number], _LEVEL, -zlib.MAX_WBITS)

    helper = Thread(target=work)
    helper.start()
    work()
    helper.join()
    return found


def _read(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise InputError(_UNREADABLE.format(file=source, reason=system_reason(error))) from error
