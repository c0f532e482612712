"""Many courses' packages in one archive, made while it is sent: nothing of it is kept, and it is the same for the same
packages, so that a download that broke off goes on.

Each package lies in its institution's folder with its signature beside it, as `lingjun verify --key` wants them;
`packages.json` lists them, and says of each course that is missing why it is. `index.json`, signed, proves with
`lingjun verify --index` that the set is the catalogue's own, and unmixed.
"""

import hashlib
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import NamedTuple

import msgspec

from catalog.database.models import Package
from catalog.domain.errors import NotFoundError
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey
from catalog.packages.index import LIFE
from catalog.packages.refusals import PackageImpossibleError, PackagePendingError
from catalog.packages.signing import Kind as Statement
from catalog.packages.statements import IndexedCourse, IndexedPackage, IndexedVersion, Selection
from catalog.packages.trust import SIGNATURE_SUFFIX
from catalog.storage import Kind, Storage
from exporters.sets import BULK
from exporters.stream import Part, StreamedArchive
from schemas.errors import InputError
from schemas.text import Text

INDEX = "index.json"
_TERM = LIFE / 2  # for which a list of the same packages stays the same
_ASKING = 8  # threads
_KEPT_SUMS = 20_000  # 4 MB
_NONE = Text(
    "所选课程都不能生成这种课程包：{reason}", "none of these courses can be such a package: {reason}"
)


class Wanted(NamedTuple):
    """A published version whose package is wanted."""

    version_id: int
    institution: str
    course: str
    number: int
    title: Text


class BulkPackage(msgspec.Struct, frozen=True):
    """A line of `packages.json`. `file` is its place in the archive, `size` in bytes."""

    institution: str
    course: str
    number: int
    title: Text
    file: str
    size: int
    sha256: str


class LeftOut(msgspec.Struct, frozen=True):
    """A course that can't be such a package, and why."""

    institution: str
    course: str
    number: int
    title: Text
    reason: Text


class BulkListing(msgspec.Struct, frozen=True):
    """`packages.json`: what is in the archive, and what isn't."""

    format: str
    lms: str
    packages: tuple[BulkPackage, ...]
    left_out: tuple[LeftOut, ...]


class Bulk(NamedTuple):
    """The archive. `digest` names its bytes; `left_out` counts the courses that aren't in it."""

    archive: StreamedArchive
    digest: str
    left_out: int


def collect(
    packages: Packages,
    wanted: Sequence[Wanted],
    package_format: str,
    lms: str,
    *,
    patience: float,
    now: datetime,
) -> Bulk:
    """The packages of all of them, built now where they aren't there.

    Raises PackagePendingError after `patience` seconds, when those built until then are kept for the next time;
    InputError when none of the courses can be such a package; UsageError for a format that the LMS doesn't take.
    """
    until = time.monotonic() + patience
    found: list[tuple[BulkPackage, Package]] = []
    missing: list[LeftOut] = []
    keys = [PackageKey(one.version_id, package_format, lms) for one in wanted]
    with ThreadPoolExecutor(_ASKING) as threads:  # storage far away takes its time for each
        known = list(threads.map(packages.find, keys))
    for one, key, there in zip(wanted, keys, known, strict=True):
        try:
            package = there or _built(packages, key, until)
        except PackageImpossibleError as error:
            missing.append(LeftOut(*one[1:], reason=error.message))
            continue
        except NotFoundError:  # withdrawn meanwhile
            continue
        path = f"{one.institution}/{package.name}"
        found.append((BulkPackage(*one[1:], path, package.size, package.sha256), package))
    if missing and not found:
        raise InputError(_NONE.format(reason=missing[0].reason))
    listing = BulkListing(package_format, lms, tuple(line for line, _ in found), tuple(missing))
    statement = _statement(listing, now)
    signed = packages.key.sign(Statement.SELECTION, statement) if packages.key else None
    return _bulk(packages.storage, listing, [package for _, package in found], signed)


def _built(packages: Packages, key: PackageKey, until: float) -> Package:
    left = until - time.monotonic()
    if left <= 0:
        raise PackagePendingError(retry_after=1)
    return packages.ensure(key, patience=left)


def _statement(listing: BulkListing, now: datetime) -> Selection:
    """What is stated of the set, dated back to the beginning of a term: with each second another date, a download that
    broke off could never go on."""
    issued = datetime.fromtimestamp(now.timestamp() // _TERM.total_seconds() * _TERM.total_seconds(), UTC)
    courses = tuple(_indexed(line, listing) for line in listing.packages)
    return Selection(issued=issued, expires=issued + LIFE, courses=courses)


def _indexed(line: BulkPackage, listing: BulkListing) -> IndexedCourse:
    package = IndexedPackage(
        format=listing.format,
        preset=listing.lms,
        name=line.file.rpartition("/")[2],
        size=line.size,
        sha256=line.sha256,
    )
    version = IndexedVersion(number=line.number, superseded=False, packages=(package,))
    return IndexedCourse(course=f"{line.institution}/{line.course}", versions=(version,))


def _bulk(storage: Storage, listing: BulkListing, packages: Iterable[Package], signed: bytes | None) -> Bulk:
    head = msgspec.json.format(msgspec.json.encode(listing))
    parts = [Part.of(BULK, head)]
    named = hashlib.sha256(head)
    for line, package in zip(listing.packages, packages, strict=True):
        read = partial(_stretch, storage, package.sha256)
        parts.append(Part(line.file, package.size, partial(_checksum, storage, package.sha256), read))
        if package.signature is not None:
            parts.append(Part.of(line.file + SIGNATURE_SUFFIX, package.signature))
            named.update(package.signature)
    if signed is not None:
        parts.append(Part.of(INDEX, signed))
        named.update(signed)
    return Bulk(StreamedArchive(parts), named.hexdigest(), len(listing.left_out))


def _stretch(storage: Storage, sha256: str, start: int, end: int) -> Iterator[bytes]:
    return storage.stream(Kind.PACKAGE, sha256, start=start, end=end)


@lru_cache(_KEPT_SUMS)
def _checksum(storage: Storage, sha256: str) -> int:
    """The archive wants it before the package's bytes, so that a package is read once more the first time."""
    crc = 0
    for piece in storage.stream(Kind.PACKAGE, sha256):
        crc = zlib.crc32(piece, crc)
    return crc
