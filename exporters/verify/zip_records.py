"""The records of a ZIP file as APPNOTE 6.3.10 lays them out. Parses bytes; judges nothing but their form."""

import struct
from typing import BinaryIO, NamedTuple

from schemas.text import Text

END = struct.Struct("<4s4H2LH")  # 4.3.16 end of central directory record
END_64 = struct.Struct("<4sQ2H2L4Q")  # 4.3.14 Zip64 end of central directory record
LOCATOR_64 = struct.Struct("<4sLQL")  # 4.3.15 Zip64 end of central directory locator
CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12 central directory header
LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7 local file header

END_MARK = b"PK\x05\x06"
END_64_MARK = b"PK\x06\x06"
LOCATOR_64_MARK = b"PK\x06\x07"
CENTRAL_MARK = b"PK\x01\x02"
LOCAL_MARK = b"PK\x03\x04"
DESCRIPTOR_MARK = b"PK\x07\x08"

ENCRYPTED = 0x0001 | 0x0040 | 0x2000  # 4.4.4: encryption, strong encryption, masked header values
HAS_DESCRIPTOR = 0x0008
UTF8_NAME = 0x0800
FULL_16 = 0xFFFF
FULL_32 = 0xFFFFFFFF
ZIP64_EXTRA = 0x0001
UNICODE_PATH_EXTRA = 0x7075


class FormError(ValueError):
    """The bytes are no such record; `detail` says what is wrong."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.detail = Text(zh, en)


class End(NamedTuple):
    """Where the central directory lies and how many entries it says it holds."""

    entries: int
    size: int
    offset: int
    position: int  # of the first record that closes the archive: Zip64's, or the plain one
    zip64: bool


class Header(NamedTuple):
    """One entry as the central directory describes it. `raw_name` is undecoded."""

    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    raw_name: bytes
    extra: dict[int, bytes]
    attributes: int
    offset: int


class LocalHeader(NamedTuple):
    """One entry as its local record describes it; `data` is where its bytes begin."""

    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    raw_name: bytes
    extra: dict[int, bytes]
    data: int


def read_end(file: BinaryIO, length: int) -> End:
    """The end record. Raises FormError when there is none, or when bytes follow it."""
    tail_length = min(length, END.size + FULL_16)
    file.seek(length - tail_length)
    tail = file.read(tail_length)
    at = tail.rfind(END_MARK)
    # A comment that holds the mark of another end record makes two archives of one file: readers disagree.
    if at < 0 or len(tail) - at < END.size:
        raise FormError("没有中央目录结束记录", "no end of central directory record")
    _, disk, start_disk, here, entries, size, offset, comment = END.unpack_from(tail, at)
    if at + END.size + comment != len(tail):
        raise FormError("中央目录结束记录之后还有数据", "bytes after the end of central directory record")
    if (disk or start_disk or here != entries) and FULL_16 not in (disk, start_disk, here, entries):
        raise FormError("分卷压缩文件", "archive of several disks")
    position = length - tail_length + at
    if entries == FULL_16 or FULL_32 in (size, offset):
        found = _read_end_64(file, position)
        if found is not None:
            return found
    return End(entries, size, offset, position, zip64=False)


def _read_end_64(file: BinaryIO, position: int) -> End | None:
    """The Zip64 end record before the plain one at `position`, if its locator is there."""
    at = position - LOCATOR_64.size
    if at < END_64.size:
        return None
    file.seek(at)
    mark, disk, offset, disks = LOCATOR_64.unpack(file.read(LOCATOR_64.size))
    if mark != LOCATOR_64_MARK:
        return None
    if disk or disks > 1 or offset > at - END_64.size:
        raise FormError("Zip64 定位记录指向文件之外", "Zip64 locator points outside")
    file.seek(offset)
    fields = END_64.unpack(file.read(END_64.size))
    mark, size_of_record, _, _, disk, start_disk, here, entries, size, start = fields
    if mark != END_64_MARK or disk or start_disk or here != entries:
        raise FormError("Zip64 结束记录已损坏", "Zip64 end record is damaged")
    if offset + 12 + size_of_record != at:
        raise FormError(
            "Zip64 结束记录与定位记录之间有多余数据", "bytes between the Zip64 end record and its locator"
        )
    return End(entries, size, start, offset, zip64=True)


def read_central(directory: bytes, at: int) -> tuple[Header, int]:
    """The header at `at` in the central directory's bytes, and where the next one begins."""
    if len(directory) - at < CENTRAL.size:
        raise FormError("中央目录不完整", "central directory ends early")
    fields = CENTRAL.unpack_from(directory, at)
    mark, _, _, flags, method, _, _, crc, compressed, size, names, extras, comments = fields[:13]
    disk, _, attributes, offset = fields[13:]
    if mark != CENTRAL_MARK:
        raise FormError("应有中央目录条目的位置没有条目", "no central directory header where one belongs")
    name_at = at + CENTRAL.size
    end = name_at + names + extras + comments
    if end > len(directory):
        raise FormError("中央目录条目超出目录范围", "central directory header runs past the directory")
    extra = read_extra(directory[name_at + names : name_at + names + extras])
    size, compressed, offset, disk = _widen(extra, (size, compressed, offset), disk)
    if disk:
        raise FormError("分卷压缩文件", "archive of several disks")
    raw_name = directory[name_at : name_at + names]
    return Header(flags, method, crc, compressed, size, raw_name, extra, attributes, offset), end


def read_local(file: BinaryIO, offset: int) -> LocalHeader:
    """The local record at `offset`."""
    file.seek(offset)
    fixed = file.read(LOCAL.size)
    if len(fixed) < LOCAL.size:
        raise FormError("本地记录不完整", "local header ends early")
    mark, _, flags, method, _, _, crc, compressed, size, names, extras = LOCAL.unpack(fixed)
    if mark != LOCAL_MARK:
        raise FormError("应有本地记录的位置没有记录", "no local header where one belongs")
    rest = file.read(names + extras)
    if len(rest) < names + extras:
        raise FormError("本地记录不完整", "local header ends early")
    extra = read_extra(rest[names:])
    size, compressed, _, _ = _widen(extra, (size, compressed, 0), 0)
    data = offset + LOCAL.size + names + extras
    return LocalHeader(flags, method, crc, compressed, size, rest[:names], extra, data)


def read_extra(field: bytes) -> dict[int, bytes]:
    """Extra fields (4.5.1) by identifier. Padding of fewer than four bytes, as zipalign writes, is left alone."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(field):
        kind, length = struct.unpack_from("<HH", field, at)
        if at + 4 + length > len(field):
            raise FormError("扩展字段超出记录范围", "extra field runs past its header")
        if kind == ZIP64_EXTRA and kind in found:
            raise FormError("有两个 Zip64 扩展字段", "two Zip64 extra fields")
        found[kind] = field[at + 4 : at + 4 + length]
        at += 4 + length
    return found


def _widen(extra: dict[int, bytes], values: tuple[int, int, int], disk: int) -> tuple[int, int, int, int]:
    """Size, compressed size and offset, and the disk, with those that are full read from Zip64's extra (4.5.3)."""
    field = extra.get(ZIP64_EXTRA, b"")
    at = 0
    wide = []
    for value in values:
        if value == FULL_32 and ZIP64_EXTRA in extra:
            if at + 8 > len(field):
                raise FormError("Zip64 扩展字段过短", "Zip64 extra field is too short")
            wide.append(int.from_bytes(field[at : at + 8], "little"))
            at += 8
        else:
            wide.append(value)
    if disk == FULL_16 and ZIP64_EXTRA in extra:
        if at + 4 > len(field):
            raise FormError("Zip64 扩展字段过短", "Zip64 extra field is too short")
        disk = int.from_bytes(field[at : at + 4], "little")
    return wide[0], wide[1], wide[2], disk


def descriptors(header: Header) -> tuple[bytes, ...]:
    """Every form that the data descriptor (4.3.9) of an entry may take: with its mark or not, 4- or 8-byte sizes."""
    short = b""
    if max(header.compressed, header.size) <= FULL_32:
        short = struct.pack("<3L", header.crc, header.compressed, header.size)
    long = struct.pack("<L2Q", header.crc, header.compressed, header.size)
    forms = (DESCRIPTOR_MARK + short, short) if short else ()
    return (*forms, DESCRIPTOR_MARK + long, long)
