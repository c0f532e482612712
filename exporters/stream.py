"""An archive that is sent while it is read: its length is known before its first byte, and any stretch of it can be had
again, so that a download that broke off goes on where it stopped.

It holds files that are compressed already (packages), as they are; byte for byte what `Archive(plain=True)` writes of them.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from exporters.archive import new_entry


class Part(NamedTuple):
    """A file of the archive: its size in bytes, its CRC-32 and its bytes from a place up to another, both asked for when
    they are needed."""

    path: str
    size: int
    crc: Callable[[], int]
    read: Callable[[int, int], Iterator[bytes]]

    @classmethod
    def of(cls, path: str, content: bytes) -> "Part":
        """One whose bytes are at hand."""
        return cls(
            path, len(content), lambda: zlib.crc32(content), lambda start, end: iter((content[start:end],))
        )


class _Stretch(NamedTuple):
    """A piece of the archive: how long it is, and its bytes from a place up to another."""

    length: int
    read: Callable[[int, int], Iterator[bytes]]


class StreamedArchive:
    """A ZIP archive of stored files, in the order of its parts. `length` is its size in bytes."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Names are relative, with `/`, and unlike each other even where letter case doesn't count."""
        folded = {part.path.lower() for part in parts}
        if len(folded) < len(parts) or any(part.path.startswith("/") for part in parts):
            raise ValueError([part.path for part in parts])
        self._parts = tuple(parts)
        self._directory_length = len(self._directory(lambda _: 0))
        self.length = sum(stretch.length for stretch in self._stretches())

    def stream(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The archive's bytes from `start` up to, without, `end`. Files that lie outside aren't read."""
        place, stop = 0, self.length if end is None else min(end, self.length)
        for stretch in self._stretches():
            first, last = max(start - place, 0), min(stop - place, stretch.length)
            if first < last:
                yield from stretch.read(first, last)
            place += stretch.length

    def _stretches(self) -> Iterator[_Stretch]:
        for part in self._parts:
            yield _late(len(_header(part, 0)), partial(_final_header, part))
            yield _Stretch(part.size, part.read)
        yield _late(self._directory_length, lambda: self._directory(lambda part: part.crc()))

    def _directory(self, crc: Callable[[Part], int]) -> bytes:
        """The table of contents at the end, written by the standard library as if all else were written."""
        place = 0
        entries: list[zipfile.ZipInfo] = []
        for part in self._parts:
            entry = _entry(part, crc(part))
            entry.header_offset = place
            place += len(_header(part, 0)) + part.size
            entries.append(entry)
        tail = _Tail(place)
        with zipfile.ZipFile(tail, "w") as archive:
            archive.infolist().extend(entries)
        return tail.written.getvalue()


class _Tail(io.RawIOBase):
    """The end of a file whose first `place` bytes are somebody else's."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.written = io.BytesIO()
        self._place = place

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place + self.written.tell()

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile writes bytes
        return self.written.write(data)


def _late(length: int, content: Callable[[], bytes]) -> _Stretch:
    return _Stretch(length, lambda start, end: iter((content()[start:end],)))


def _entry(part: Part, crc: int) -> zipfile.ZipInfo:
    entry = new_entry(part.path, stored=True)
    entry.file_size = entry.compress_size = part.size
    entry.CRC = crc
    return entry


def _header(part: Part, crc: int) -> bytes:
    return _entry(part, crc).FileHeader()


def _final_header(part: Part) -> bytes:
    return _header(part, part.crc())
