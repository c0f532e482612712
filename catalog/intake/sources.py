"""A course's source archive: the same folder gives the same bytes, whoever packed it, wherever, with whatever.

Paths composed (NFC) and in order, one fixed time and set of attributes, nothing deflated. What is no part of a course
(hidden and private files, what systems and office programs leave behind, folders without files) stays out. The
archive's SHA-256 is the version's address.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from catalog.intake.refusals import refusal
from courses.naming import fold, nfc
from courses.tree import Entry, Tree
from exporters.archive import Archive
from schemas.diagnostics import Diagnostic


class SourceFile(msgspec.Struct, frozen=True):
    """One file in a source archive: its path in the course, size in bytes, SHA-256."""

    path: str
    size: int
    sha256: str


class SourceArchive(msgspec.Struct, frozen=True):
    """A source archive on disk, and what the folder's listing told (files that can't be part of it)."""

    path: Path
    size: int
    sha256: str
    files: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def pack(folder: Path, target: Path) -> SourceArchive:
    """Write the source archive of the course at `folder` to `target`.

    Raises UploadError when two names are one where letter case doesn't count, InputError when a file can't be read,
    MachineError when the archive can't be written.
    """
    told: list[Diagnostic] = []
    tree = Tree(folder, told.append)
    entries = sorted(tree.files(), key=lambda entry: nfc(entry.path))
    _refuse_clashes(entries)
    files = []
    with Archive(target, plain=True) as archive:
        for entry in entries:
            file = tree.root / entry.path
            archive.add(nfc(entry.path), file)
            files.append(_source_file(nfc(entry.path), file))
    with target.open("rb") as packed:
        digest = hashlib.file_digest(packed, "sha256").hexdigest()
    return SourceArchive(target, target.stat().st_size, digest, tuple(files), tuple(told))


def _source_file(path: str, file: Path) -> SourceFile:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return SourceFile(path, stream.tell(), digest)


def _refuse_clashes(entries: Iterable[Entry]) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        other = seen.setdefault(fold(entry.path), entry.path)
        if other != entry.path:
            raise refusal("upload-names-clash", name=entry.path, other=other)
