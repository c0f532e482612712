"""Packages handed over together: a curriculum's set, or many courses of a catalogue. Each package in it is a file of its own, judged as
such; the set is judged by its list."""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporters.sets import BULK, SET, sha256_of
from exporters.verify.archive import SafeArchive, open_archive
from exporters.verify.verdicts import (
    COURSE_STRUCTURE,
    MANIFEST,
    TINCAN,
    PackageError,
    Requirement,
    Trouble,
    Verification,
    overall,
    trouble,
)
from schemas.package import Verdict
from schemas.text import Text

_SIGNATURE = ".sig"
_SIGNED_LIST = "index.json"
_MOST_OF_LIST = 64 << 20  # bytes
_COMPLETE = Requirement(
    slug="set-complete",
    clause="set.json",
    scope="all",
    verdict=Verdict.FAILED,
    title=Text("清单列出的课程包齐全，未被改动", "every package of the list is there, unchanged"),
    message=Text("清单列出的课程包{what}", "a package of the list {what}"),
    cure=Text("请重新下载或重新导出整套课程包。", "Download or export the whole set again."),
)
_LISTED = Requirement(
    slug="set-listed",
    clause="set.json",
    scope="all",
    verdict=Verdict.FAILED,
    title=Text("没有清单以外的课程包", "there is no package beside the list"),
    message=Text("清单没有列出这个课程包", "the list doesn't have this package"),
    cure=Text(
        "不要使用它；请重新下载或重新导出整套课程包。",
        "Don't use it; download or export the whole set again.",
    ),
)
_MISSING = Text("不在压缩包里", "isn't in the archive")
_OTHER = Text("与清单所列的不是同一个文件", "isn't the file that the list means")


class Set(NamedTuple):
    """A set of which the packages lie in a folder by now. `signed_list` is the catalogue's, None where there is none."""

    verification: Verification
    packages: tuple[tuple[str, Path], ...]  # name in the set, and where it is
    signed_list: Path | None


class _Package(msgspec.Struct, frozen=True):
    file: str
    size: int
    sha256: str


class _List(msgspec.Struct, frozen=True):
    packages: tuple[_Package, ...]


def unpack_set(path: Path, folder: Path) -> Set | None:
    """Put a set's packages, with their signatures, into `folder`. None for whatever is no set that can be read: `verify` says what
    that is. Raises UsageError when there is no such file."""
    try:
        with open_archive(path) as archive:
            listed = _list_of(archive)
            if listed is None:
                return None
            names = [name for name in archive.files if name.endswith(".zip")]
            for name in (*names, *(name + _SIGNATURE for name in names), _SIGNED_LIST):
                if name in archive.files:
                    _write(archive, name, folder / name)
    except PackageError:
        return None
    known = {one.file for one in listed}
    findings = (
        *_COMPLETE.judged(_incomplete(listed, names, folder)),
        *_LISTED.judged(trouble(name) for name in names if name not in known),
    )
    verification = Verification(
        file=path.name, kind=None, verdict=overall(findings), findings=findings, packages=len(names)
    )
    index = folder / _SIGNED_LIST
    return Set(
        verification, tuple((name, folder / name) for name in names), index if index.is_file() else None
    )


def _list_of(archive: SafeArchive) -> tuple[_Package, ...] | None:
    """What a set says that it holds. A package has a manifest; one of web pages may have a file of that name, but no such list."""
    if any(name in archive.files for name in (MANIFEST, COURSE_STRUCTURE, TINCAN)):
        return None
    for name in (SET, BULK):
        if name in archive.files:
            try:
                return msgspec.json.decode(archive.read(name, _MOST_OF_LIST), type=_List).packages
            except (msgspec.DecodeError, UnicodeDecodeError):
                return None
    return None


def _write(archive: SafeArchive, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        for piece in archive.stream(name):
            file.write(piece)


def _incomplete(listed: tuple[_Package, ...], names: Container[str], folder: Path) -> Iterator[Trouble]:
    for one in listed:
        if one.file not in names:
            yield trouble(one.file, what=_MISSING)
        elif ((folder / one.file).stat().st_size, sha256_of(folder / one.file)) != (one.size, one.sha256):
            yield trouble(one.file, what=_OTHER)
