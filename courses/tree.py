"""The files of a course folder, each directory listed when it is first needed.

Names come from the directory listing and never from the file system's own comparison, so that a course reads the
same on Windows, macOS and Linux.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from courses.checks import rule
from courses.naming import fold, is_ignored, nfc
from schemas.diagnostics import Diagnostic, Place
from schemas.system import system_reason

Report = Callable[[Diagnostic], None]

MAX_DEPTH = 16
MAX_ENTRIES = 20_000


class Entry(msgspec.Struct, frozen=True):
    """A file or folder. `path` is relative to the course folder, with `/`, spelt as on disk."""

    path: str
    name: str
    folder: bool


class Found(msgspec.Struct, frozen=True):
    """What a written path stands for; `exact` is false when only the letter case differs."""

    entry: Entry
    exact: bool


class _Listing(msgspec.Struct, frozen=True):
    """`by_name` stands in code-point order; `children` are those of its entries that may be part of a course."""

    by_name: dict[str, Entry]
    by_fold: dict[str, list[Entry]]
    children: list[Entry]


_EMPTY = _Listing({}, {}, [])


class Tree:
    """A course folder. Hidden files don't exist for it, nor do links that lead out of the folder."""

    def __init__(self, root: Path, report: Report) -> None:
        self.root = root.resolve()
        self._report = report
        self._listings: dict[str, _Listing] = {}
        self._entries = 0

    def children(self, folder: str = "") -> Sequence[Entry]:
        """The entries of a folder in code-point order, without those that are no part of a course."""
        return self._listing(folder).children

    def files(self, folder: str = "") -> Iterator[Entry]:
        """Every file below a folder, depth first."""
        for entry in self.children(folder):
            if entry.folder:
                yield from self.files(entry.path)
            else:
                yield entry

    def find(self, path: str) -> Found | None:
        """The entry for a path relative to the course folder (no `..`), if there is one."""
        entry, exact = Entry("", "", folder=True), True
        for part in path.split("/"):
            if not entry.folder:
                return None
            listing = self._listing(entry.path)
            if part in listing.by_name:
                entry = listing.by_name[part]
                continue
            alike = listing.by_fold.get(fold(part), [])
            same = [candidate for candidate in alike if nfc(candidate.name) == nfc(part)]
            if len(same or alike) != 1:
                return None
            entry, exact = (same or alike)[0], exact and bool(same)
        return Found(entry, exact)

    def _listing(self, folder: str) -> _Listing:
        if folder not in self._listings:
            self._listings[folder] = self._list(folder)
        return self._listings[folder]

    def _list(self, folder: str) -> _Listing:
        if folder.count("/") >= MAX_DEPTH - 1 or self._entries > MAX_ENTRIES:
            self._report(rule("too-many-files").at(Place(folder or "."), files=MAX_ENTRIES, depth=MAX_DEPTH))
            return _EMPTY
        try:
            with os.scandir(self.root / folder) as scan:
                found = [entry for entry in scan if not entry.name.startswith(".")]
        except OSError as error:
            self._report(rule("file-unreadable").at(Place(folder or "."), reason=system_reason(error)))
            return _EMPTY
        self._entries += len(found)
        by_name: dict[str, Entry] = {}
        by_fold: dict[str, list[Entry]] = {}
        for raw in sorted(found, key=lambda entry: entry.name):
            entry = self._entry(folder, raw)
            if entry is not None:
                by_name[entry.name] = entry
                by_fold.setdefault(fold(entry.name), []).append(entry)
        children = [entry for name, entry in by_name.items() if not is_ignored(name)]
        return _Listing(by_name, by_fold, children)

    def _entry(self, folder: str, raw: os.DirEntry[str]) -> Entry | None:
        """The entry if it is a plain file or folder with a name that can be written down."""
        name = raw.name
        path = f"{folder}/{name}" if folder else name
        if not (name.isascii() or _is_unicode(name)) or not name.isprintable():
            shown = path.encode("utf-8", "backslashreplace").decode()
            self._report(rule("file-name-encoding").at(Place(_printable(shown))))
            return None
        if raw.is_symlink():
            return self._linked(path, name)
        if raw.is_dir():
            return Entry(path, name, folder=True)
        # A named pipe or a device would block whoever opens it.
        return Entry(path, name, folder=False) if raw.is_file() else None

    def _linked(self, path: str, name: str) -> Entry | None:
        """A symbolic link to a file inside the course folder counts as that file; any other is refused."""
        try:
            target = (self.root / path).resolve(strict=True)
            is_file = stat.S_ISREG(target.stat().st_mode)
        except (OSError, RuntimeError):  # dangling, or a loop (RuntimeError until Python 3.13)
            is_file = False
        if is_file and target.is_relative_to(self.root):
            return Entry(path, name, folder=False)
        self._report(rule("symlink-refused").at(Place(path)))
        return None


def _is_unicode(name: str) -> bool:
    """Whether the bytes of a file name were valid UTF-8 (Python marks others with lone surrogates)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in name)
