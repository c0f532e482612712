"""Is this package the catalogue's own, whole, handed out today, and does it fit the others beside it?"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import platformdirs

from catalog.packages.refusals import SignatureError
from catalog.packages.signing import Kind, PublicKey, open_signed
from catalog.packages.statements import Index, PackageStatement, Selection
from schemas.errors import UsageError
from schemas.package import Finding, Verdict
from schemas.system import system_reason
from schemas.text import Text

SIGNATURE_SUFFIX = ".sig"
_SHOWN = 12  # hexadecimal digits of a SHA-256 that people compare
_CLAUSE = "RFC 8032"
_NO_FILE = Text("无法读取 {file}：{reason}", "{file} can't be read: {reason}")
_SIGNED = Text("签名成立：{course} 第 {number} 版", "the signature holds: {course}, version {number}")
_LISTED = Text("索引列有：{course} 第 {number} 版", "the index lists it: {course}, version {number}")


class Listed(NamedTuple):
    """Where an index lists a package."""

    course: str
    number: int
    latest: int


class Seen:
    """The highest sequence number that was seen of each key's indexes, kept in a file of the user's."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or platformdirs.user_state_path("lingjun") / "indexes.json"

    def highest(self, key: str) -> int:
        """0 when none was seen."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, int]).get(key, 0)
        except (OSError, msgspec.DecodeError):
            return 0

    def remember(self, key: str, sequence: int) -> None:
        """Never less than before."""
        try:
            known = msgspec.json.decode(self._file.read_bytes(), type=dict[str, int])
        except (OSError, msgspec.DecodeError):
            known = {}
        if known.get(key, 0) >= sequence:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".part")
        fresh.write_bytes(msgspec.json.encode(known | {key: sequence}))
        fresh.replace(self._file)


def open_index(document: bytes, key: PublicKey, *, now: datetime, seen: int = 0) -> Index:
    """The index that a document states. Raises SignatureError: not signed by `key`, expired, older than `seen`."""
    index = open_signed(document, Kind.INDEX, key, Index)
    if index.sequence < seen:
        raise SignatureError("index-older", sequence=index.sequence, seen=seen)
    _require_unexpired(index, now)
    return index


def open_selection(document: bytes, key: PublicKey, *, now: datetime) -> Selection:
    """The list of a bulk download. It is of one moment and has no number, only an end. Raises SignatureError."""
    selection = open_signed(document, Kind.SELECTION, key, Selection)
    _require_unexpired(selection, now)
    return selection


def open_list(document: bytes, key: PublicKey, *, now: datetime, seen: Seen) -> Selection:
    """Either of the two, whichever a document is. Raises SignatureError."""
    try:
        index = open_index(document, key, now=now, seen=seen.highest(key.id))
    except SignatureError as error:
        if error.code != "signature-unreadable":
            raise
        return open_selection(document, key, now=now)
    seen.remember(key.id, index.sequence)
    return index


def _require_unexpired(listed: Selection, now: datetime) -> None:
    if listed.expires <= now:
        raise SignatureError("index-expired", expires=f"{listed.expires:%Y-%m-%d %H:%M} UTC")


def judge(files: Sequence[Path], key: PublicKey, index: Selection | None = None) -> list[tuple[Finding, ...]]:
    """What signatures and index say of each file. A signature lies beside its file (`NAME.zip.sig`); with an index it
    may be missing."""
    listed = _by_sha256(index) if index else {}
    digests = [_sha256(file) for file in files]
    found = [
        (
            *_by_signature(file, digest, key, needed=index is None),
            *(_by_index(listed, digest) if index else ()),
        )
        for file, digest in zip(files, digests, strict=True)
    ]
    mixed = _mixed([listed[digest] for digest in digests if digest in listed])
    return [
        (
            *findings,
            *([mixed[listed[digest].course]] if digest in listed and listed[digest].course in mixed else []),
        )
        for findings, digest in zip(found, digests, strict=True)
    ]


def _by_signature(file: Path, digest: str, key: PublicKey, *, needed: bool) -> tuple[Finding, ...]:
    beside = file.with_name(file.name + SIGNATURE_SUFFIX)
    try:
        document = beside.read_bytes()
    except FileNotFoundError:
        missing = SignatureError("signature-missing", file=beside.name)
        return (_failed("package-signature", missing),) if needed else ()
    except OSError as error:
        raise UsageError(_NO_FILE.format(file=beside, reason=system_reason(error))) from error
    try:
        stated = open_signed(document, Kind.PACKAGE, key, PackageStatement)
    except SignatureError as error:
        return (_failed("package-signature", error),)
    if stated.sha256 != digest:
        other = SignatureError(
            "signature-other-file", name=stated.name, stated=stated.sha256[:_SHOWN], found=digest[:_SHOWN]
        )
        return (_failed("package-signature", other),)
    return (_passed("package-signature", _SIGNED.format(course=stated.course, number=stated.number)),)


def _by_index(listed: dict[str, Listed], digest: str) -> tuple[Finding, ...]:
    at = listed.get(digest)
    if at is None:
        return (_failed("package-listed", SignatureError("package-unlisted")),)
    met = _passed("package-listed", _LISTED.format(course=at.course, number=at.number))
    if at.number == at.latest:
        return (met,)
    old = SignatureError("package-outdated", course=at.course, number=at.number, latest=at.latest)
    return (met, _failed("package-current", old, Verdict.WARNING))


def _mixed(found: Sequence[Listed]) -> dict[str, Finding]:
    """A finding for each course of which there are several versions."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for at in found:
        numbers[at.course].add(at.number)
    return {
        course: _failed(
            "package-set",
            SignatureError("packages-mixed", course=course, numbers=", ".join(map(str, sorted(several)))),
        )
        for course, several in numbers.items()
        if len(several) > 1
    }


def _by_sha256(index: Selection) -> dict[str, Listed]:
    return {
        package.sha256: Listed(course.course, version.number, course.latest)
        for course in index.courses
        for version in course.versions
        for package in version.packages
    }


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(_NO_FILE.format(file=file, reason=system_reason(error))) from error


def _passed(requirement: str, message: Text) -> Finding:
    return Finding(requirement=requirement, clause=_CLAUSE, verdict=Verdict.PASSED, message=message)


def _failed(requirement: str, error: SignatureError, verdict: Verdict = Verdict.FAILED) -> Finding:
    return Finding(
        requirement=requirement,
        clause=_CLAUSE,
        verdict=verdict,
        message=error.words.message,
        cure=error.words.cure,
    )
