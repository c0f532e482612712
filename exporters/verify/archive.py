"""The gate that every archive passes before anything is read from it, ours and strangers' alike.

`zipfile` is no validator: it believes the central directory alone and starts to inflate overlapping entries. Here
the local records are walked from byte 0 to the central directory, every byte belongs to one record, and both
descriptions of each entry agree, so that no two programs can unpack two different things. Nothing is inflated until
it is asked for, and then the bytes are counted. Work is bounded by the file's own size and by `Limits`, not by clocks.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from exporters.verify import zip_records
from exporters.verify.names import decode_name, folded, unsafe_because
from exporters.verify.verdicts import PackageError
from exporters.verify.zip_records import FULL_16, FULL_32, FormError, Header
from schemas.errors import UsageError
from schemas.text import Text

_STORED, _DEFLATED = 0, 8
_METHODS = {_STORED, _DEFLATED}
_CHUNK = 1 << 16
_FILE_TYPES = {0: "", 0o100000: "", 0o040000: ""}  # none given, regular file, folder
_TYPE_MASK = 0o170000
_TYPE_NAMES = {
    0o120000: Text("符号链接", "symbolic link"),
    0o010000: Text("命名管道", "named pipe"),
    0o140000: Text("套接字", "socket"),
    0o020000: Text("字符设备", "character device"),
    0o060000: Text("块设备", "block device"),
}
_REASONS = {
    "empty": Text("空文件名", "it is empty"),
    "long": Text("超过 1,024 字节", "it is longer than 1,024 bytes"),
    "control": Text("含控制字符或不可见字符", "it has control or invisible characters"),
    "backslash": Text("含反斜杠", "it has a backslash"),
    "absolute": Text("是绝对路径", "it is an absolute path"),
    "drive": Text("含冒号（盘符或备用数据流）", "it has a colon (a drive or an alternate stream)"),
    "climbing": Text("含 ..、. 或空的路径段", "it has a part that is .., . or empty"),
    "reserved": Text("是 Windows 保留的设备名", "it is a device's name on Windows"),
    "trailing": Text("有一段以点或空格结尾", "a part ends with a dot or a space"),
}


class Limits(NamedTuple):
    """What an archive may hold: entries, bytes of central directory, bytes when unpacked; and the ratio of unpacked
    to packed bytes allowed to an entry, or to the whole, above `ratio_from` bytes."""

    entries: int = 20_000
    directory: int = 16 << 20
    size: int = 16 << 30
    ratio: int = 50
    ratio_from: int = 64 << 20


class Entry(NamedTuple):
    """One entry. `data` is where its packed bytes begin; sizes in bytes. `unsaid`: the name's
    bytes, where the archive doesn't say in which encoding they are."""

    name: str
    folder: bool
    deflated: bool
    crc: int
    compressed: int
    size: int
    data: int
    unsaid: bytes | None


class SafeArchive:
    """An archive that passed the gate. `files` are its files by name, in the archive's order; folders are left out."""

    def __init__(self, file: BinaryIO, entries: tuple[Entry, ...], *, zip64: bool) -> None:
        self._file = file
        self.zip64 = zip64
        self.files = {entry.name: entry for entry in entries if not entry.folder}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, name: str, most: int) -> bytes:
        """The first `most` bytes of a file. Raises PackageError when its data are damaged, KeyError when absent."""
        parts = []
        got = 0
        for chunk in self.stream(name):
            parts.append(chunk)
            got += len(chunk)
            if got >= most:
                break
        return b"".join(parts)[:most]

    def stream(self, name: str) -> Iterator[bytes]:
        """A file's bytes, counted as they come: never more than declared, at most 64 KiB or so at once. Size and
        checksum are compared at the end. Raises PackageError (`archive-content`)."""
        entry = self.files[name]
        crc = got = 0
        for chunk in self._inflate(entry) if entry.deflated else self._copy(entry):
            got += len(chunk)
            if got > entry.size:
                break
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if got != entry.size:
            detail = Text(
                f"声明 {entry.size} 字节，实为 {got} 字节", f"declared {entry.size} bytes, found {got}"
            )
            raise PackageError("archive-content", name, detail=detail)
        if crc != entry.crc:
            raise PackageError("archive-content", name, detail=Text("校验和不符", "wrong checksum"))

    def _copy(self, entry: Entry) -> Iterator[bytes]:
        left = entry.compressed
        at = entry.data
        while left:
            self._file.seek(at)
            chunk = self._file.read(min(left, _CHUNK))
            if not chunk:
                return
            left -= len(chunk)
            at += len(chunk)
            yield chunk

    def _inflate(self, entry: Entry) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self._copy(entry):
                waiting = packed
                while waiting and not inflater.eof:
                    yield inflater.decompress(waiting, _CHUNK)
                    waiting = inflater.unconsumed_tail
                if inflater.eof and (inflater.unused_data or waiting):
                    raise PackageError("archive-content", entry.name, detail=_AFTER_DATA)
            while not inflater.eof:
                chunk = inflater.decompress(b"", _CHUNK)
                if not chunk:
                    raise PackageError("archive-content", entry.name, detail=_CUT)
                yield chunk
        except zlib.error as error:
            detail = Text(f"Deflate 数据有误（{error}）", f"bad Deflate data ({error})")
            raise PackageError("archive-content", entry.name, detail=detail) from error


_AFTER_DATA = Text("数据之后还有多余字节", "bytes after the end of its data")
_CUT = Text("数据不完整", "its data end early")


DEFAULT_LIMITS = Limits()
_LONGEST_OPENING = 80  # bytes
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[?!a-zA-Z]")


def open_archive(path: Path, limits: Limits = DEFAULT_LIMITS) -> SafeArchive:
    """Open an archive if it is safe. Raises PackageError (an InputError) with the slug of the requirement that isn't
    met, UsageError when there is no such file. Close it, or use it in a `with` statement."""
    require_file(path)
    file = path.open("rb")
    try:
        return _judge(file, path.stat().st_size, limits)
    except FormError as error:
        file.close()
        raise PackageError("archive-readable", detail=error.detail) from error
    except BaseException:
        file.close()
        raise


def require_file(path: Path) -> None:
    """Raise UsageError unless there is a file at `path`."""
    if path.is_dir():
        raise UsageError(
            Text(
                f"{path} 是文件夹，不是课程包。请先用 lingjun export 导出课程，或把文件夹打成 .zip，再检查 .zip 文件。",
                f"{path} is a folder, not a package. Export the course with lingjun export first, or pack the folder "
                "as a .zip, and verify the .zip.",
            )
        )
    if not path.is_file():
        raise UsageError(Text(f"没有这个文件：{path}", f"no such file: {path}"))


def _judge(file: BinaryIO, length: int, limits: Limits) -> SafeArchive:
    if _MARKUP.match(file.read(_LONGEST_OPENING)):
        raise PackageError("archive-packed")
    end = zip_records.read_end(file, length)
    # Counts first: a directory of a million entries is refused before a byte of it is read.
    if end.entries > limits.entries:
        raise _over(f"{end.entries:,} > {limits.entries:,}", "条目数", "entries")
    if end.size > limits.directory:
        raise _over(f"{end.size:,} > {limits.directory:,}", "中央目录字节数", "bytes of central directory")
    if end.offset + end.size != end.position:
        raise FormError(
            "中央目录不在结束记录所说的位置（前面可能有多余数据）",
            "central directory is not where the end record says",
        )
    file.seek(end.offset)
    headers = _read_directory(file.read(end.size), end.entries)
    names = [_judge_header(header) for header in headers]
    _judge_names(names)
    _judge_size(list(zip(headers, names, strict=True)), limits)
    entries = _walk(file, headers, names, end.offset)
    zip64 = end.zip64 or any(max(h.size, h.compressed, h.offset) >= FULL_32 for h in headers)
    return SafeArchive(file, entries, zip64=zip64 or end.entries >= FULL_16)


def _read_directory(directory: bytes, entries: int) -> list[Header]:
    headers = []
    at = 0
    for _ in range(entries):
        header, at = zip_records.read_central(directory, at)
        headers.append(header)
    if at != len(directory):
        raise FormError("最后一个中央目录条目之后有多余数据", "bytes after the last central directory header")
    return headers


def _judge_header(header: Header) -> str:
    """One header's name, once the header itself is sound."""
    try:
        name = decode_name(header)
    except FormError as error:
        raise PackageError("archive-names", repr(header.raw_name[:80]), reason=error.detail) from error
    reason = unsafe_because(name)
    if reason:
        raise PackageError("archive-names", name, reason=_REASONS[reason])
    if header.flags & zip_records.ENCRYPTED:
        raise PackageError("archive-encryption", name)
    if header.method not in _METHODS:
        raise PackageError("archive-methods", name, method=header.method)
    kind = header.attributes >> 16 & _TYPE_MASK
    if kind not in _FILE_TYPES:
        raise PackageError("archive-links", name, type=_TYPE_NAMES.get(kind, oct(kind)))
    if name.endswith("/") and header.size:
        raise PackageError("archive-records", name, detail=Text("文件夹带有数据", "a folder with data"))
    if header.method == _STORED and header.size != header.compressed:
        detail = Text("未压缩的条目前后大小不同", "a stored entry of two sizes")
        raise PackageError("archive-records", name, detail=detail)
    return name


def _judge_names(names: list[str]) -> None:
    """No two entries fall on one path, and no file on another's folder."""
    seen: dict[str, str] = {}
    for name in names:
        key = folded(name)
        if key in seen:
            raise PackageError("archive-duplicates", name, other=seen[key])
        seen[key] = name
    files = {key for key, name in seen.items() if not name.endswith("/")}
    for key, name in seen.items():
        at = key.find("/")
        while at >= 0:
            if key[:at] in files:
                raise PackageError("archive-duplicates", name, other=seen[key[:at]])
            at = key.find("/", at + 1)


def _judge_size(entries: list[tuple[Header, str]], limits: Limits) -> None:
    """Declared sizes; what is really unpacked is counted later and can't be more."""
    size = compressed = 0
    for header, name in entries:
        size += header.size
        compressed += header.compressed
        if header.size > limits.ratio_from and header.size > limits.ratio * header.compressed:
            raise _over(f"{name}: {header.size:,} / {header.compressed:,}", "压缩比", "compression ratio")
    if size > limits.size:
        raise _over(f"{size:,} > {limits.size:,}", "解压后的字节数", "bytes when unpacked")
    if size > limits.ratio_from and size > limits.ratio * compressed:
        raise _over(f"{size:,} / {compressed:,}", "压缩比", "compression ratio")


def _over(figures: str, zh: str, en: str) -> PackageError:
    return PackageError("archive-limits", detail=Text(f"{zh} {figures}", f"{en} {figures}"))


def _walk(file: BinaryIO, headers: list[Header], names: list[str], stop: int) -> tuple[Entry, ...]:
    """The local records one after another from byte 0 to `stop`, where the central directory begins."""
    order = sorted(range(len(headers)), key=lambda i: headers[i].offset)
    entries: dict[int, Entry] = {}
    at = 0
    for position, i in enumerate(order):
        header, name = headers[i], names[i]
        if header.offset != at:
            detail = _OVERLAP if header.offset < at else _GAP
            raise PackageError("archive-records", name, detail=detail)
        after = headers[order[position + 1]].offset if position + 1 < len(order) else stop
        try:
            data = _judge_local(file, header)
            at = _end_of(file, header, data, after)
        except FormError as error:
            raise PackageError("archive-records", name, detail=error.detail) from error
        deflated = header.method == _DEFLATED
        unsaid = None if header.flags & zip_records.UTF8_NAME else header.raw_name
        entries[i] = Entry(
            name, name.endswith("/"), deflated, header.crc, header.compressed, header.size, data, unsaid
        )
    if at != stop:
        raise FormError("条目与中央目录之间有多余数据", "bytes between the entries and the central directory")
    return tuple(entries[i] for i in range(len(headers)))


_OVERLAP = Text("与前一个条目重叠", "overlaps the entry before it")
_GAP = Text("与前一个条目之间有多余字节", "bytes between it and the entry before it")


def _judge_local(file: BinaryIO, header: Header) -> int:
    """Where the entry's data begin, once its local record agrees with the central directory."""
    local = zip_records.read_local(file, header.offset)
    said = (local.raw_name, local.method, local.flags & _TOLD_TWICE)
    if said != (header.raw_name, header.method, header.flags & _TOLD_TWICE):
        raise FormError("文件名、压缩方式或标志不同", "name, method or flags differ")
    central = (header.crc, header.compressed, header.size)
    streamed = header.flags & zip_records.HAS_DESCRIPTOR
    for mine, theirs in zip((local.crc, local.compressed, local.size), central, strict=True):
        # 4.4.4 bit 3: a writer that streams leaves them empty (or full, for Zip64) and tells them afterwards.
        if mine != theirs and not (streamed and mine in (0, FULL_32)):
            raise FormError("校验和或大小不同", "checksum or sizes differ")
    return local.data


_LONGEST_DESCRIPTOR = 24
_TOLD_TWICE = zip_records.ENCRYPTED | zip_records.HAS_DESCRIPTOR | zip_records.UTF8_NAME


def _end_of(file: BinaryIO, header: Header, data: int, after: int) -> int:
    """Where the entry ends, its data descriptor included."""
    end = data + header.compressed
    if end > after:
        raise FormError("数据与下一条记录重叠", "its data overlap the next record")
    if not header.flags & zip_records.HAS_DESCRIPTOR:
        return end
    file.seek(end)
    found = file.read(min(after - end, _LONGEST_DESCRIPTOR + 1))
    if found not in zip_records.descriptors(header):
        raise FormError("数据描述符与中央目录不符", "data descriptor differs from the central directory")
    return after
