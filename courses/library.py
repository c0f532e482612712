"""The course's files and lessons, and what a written target among them means."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec

from courses.assets import asset_of, is_active
from courses.checks import rule
from courses.naming import fold, nearest, nfc
from courses.tree import Entry, Report, Tree
from courses.wording import did_you_mean, likely_encoding
from schemas.course import Asset
from schemas.diagnostics import Place
from schemas.system import system_reason

_MAX_CAPTIONS = 1024 * 1024  # bytes
_MAX_HINTS = 50  # finding the nearest name is slow, and a hostile course has 10,000 broken links
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LABELS = {
    "zh": "中文",
    "zh-cn": "简体中文",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
    "zh-tw": "繁體中文",
    "zh-hk": "繁體中文",
    "en": "English",
}

Captions = tuple[tuple[str, str, Asset], ...]


class Target(msgspec.Struct, frozen=True):
    """A lesson that a link can lead to."""

    lesson: str
    page: str

    def at(self, anchor: str) -> tuple[str, str]:
        """The lesson's identifier and its page's address."""
        return self.lesson, f"{self.page}#{anchor}" if anchor else self.page


class Destinations(msgspec.Struct, frozen=True):
    """Where links may lead: `files` by path of a Markdown file, `lessons` by identifier. In a single-file course
    (`single`), `anchors` says which lesson holds an anchor; it fills up as lessons are rendered. Files that are
    `unread` were told already: a link to one is no second mistake."""

    files: Mapping[str, Target]
    lessons: Mapping[str, Target]
    anchors: dict[str, Target]
    single: bool
    unread: frozenset[str] = frozenset()


class Library:
    """One reading's files and lessons. Each asset is examined once."""

    def __init__(self, tree: Tree, destinations: Destinations, language: str) -> None:
        self._tree = tree
        self._destinations = destinations
        self._language = language
        self._assets: dict[str, Asset] = {}
        self._active: dict[str, bool] = {}
        self._hints = 0

    @property
    def mentioned(self) -> frozenset[str]:
        """Every file that the course's text has named so far, also those that can't be used."""
        return frozenset(self._assets)

    def asset(self, target: str, place: Place, report: Report) -> Asset | None:
        """The author's file at `target`, a path relative to the folder of `place.file`."""
        path = self._path(target, place, report)
        if path is None:
            return None
        found = self._tree.find(path)
        if found is None or found.entry.folder:
            hint = did_you_mean(self._nearest_file(target, place.file))
            report(rule("missing-file").at(place, target=target, hint=hint))
            return None
        asset = self._examined(found.entry, report)
        if asset is None:
            return None
        if not found.exact:
            actual = relative_path(nfc(asset.source), place.file)
            report(rule("case-differs").at(place, target=target, actual=actual))
        if self._active[asset.source]:
            report(rule("active-file").at(place, target=target))
            return None
        return asset

    def captions(self, source: str, report: Report) -> Captions:
        """Language tag, label and file of each `.vtt` beside the media file at `source`, the plain one first."""
        media = PurePosixPath(source)
        folder = "" if str(media.parent) == "." else str(media.parent)
        found = []
        for entry in self._tree.children(folder):
            stem, extension = PurePosixPath(entry.name).stem, PurePosixPath(entry.name).suffix.lower()
            own, _, tag = nfc(stem).rpartition(".")
            if entry.folder or extension != ".vtt":
                continue
            if nfc(stem) == nfc(media.stem):
                found.append((0, self._language, entry))
            elif own == nfc(media.stem) and _LANGUAGE_TAG.fullmatch(tag):
                found.append((1, tag, entry))
        found.sort(key=lambda item: (item[0], item[1]))
        examined = [(tag, self._examined(entry, report)) for _, tag, entry in found]
        return tuple((tag, _label(tag), asset) for tag, asset in examined if asset)

    def read_text(self, source: str, report: Report) -> str:
        """The text of a captions file; empty after a diagnostic when it can't be read."""
        try:
            with (self._tree.root / source).open("rb") as stream:
                raw = stream.read(_MAX_CAPTIONS)
        except OSError as error:
            report(rule("file-unreadable").at(Place(source), reason=system_reason(error)))
            return ""
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            report(rule("not-utf8").at(Place(source), encoding=likely_encoding(raw)))
            return ""

    def lesson(self, target: str, place: Place, own: Target | None, report: Report) -> tuple[str, str] | None:
        """The lesson meant by `../02-x/01-y.md#anchor`, or by `#anchor` (in a single file also `#lesson`)."""
        written, _, anchor = target.partition("#")
        if not written:
            return self._anchor(anchor, own, place, report)
        path = self._path(written, place, report)
        if path is None:
            return None
        found = self._tree.find(path)
        goal = self._destinations.files.get(found.entry.path) if found else None
        if found and found.entry.path in self._destinations.unread:
            return None
        if found is None or goal is None:
            near = self._nearest_markdown(written, place.file)
            report(rule("broken-link").at(place, target=target, hint=did_you_mean(near)))
            return None
        if not found.exact:
            actual = relative_path(nfc(found.entry.path), place.file)
            report(rule("case-differs").at(place, target=written, actual=actual))
        return goal.at(anchor)

    def nearest_anchor(self, anchor: str, known: Iterable[str]) -> str:
        """`#` and the anchor most like an unknown one."""
        near = self._nearest(anchor, known)
        return f"#{near}" if near else ""

    def _anchor(
        self, anchor: str, own: Target | None, place: Place, report: Report
    ) -> tuple[str, str] | None:
        goals = self._destinations
        if goals.single and anchor in goals.lessons:
            return goals.lessons[anchor].at("")
        if goals.single and anchor in goals.anchors:
            return goals.anchors[anchor].at(anchor)
        if own is None:
            near = self.nearest_anchor(anchor, [*goals.lessons, *goals.anchors])
            report(rule("broken-link").at(place, target=f"#{anchor}", hint=did_you_mean(near)))
            return None
        return own.at(anchor)

    def _path(self, target: str, place: Place, report: Report) -> str | None:
        """`target` as a path from the course folder, None after a diagnostic when it leads out of it."""
        parts = [] if target.startswith("/") else place.file.split("/")[:-1]
        outside = target.startswith("/") or re.match(r"[A-Za-z]:[\\/]", target) is not None
        for part in target.split("/"):
            if part == "..":
                outside = outside or not parts
                del parts[-1:]
            elif part not in ("", "."):
                parts.append(part)
        if outside:
            report(rule("outside-folder").at(place, target=target))
            return None
        return "/".join(parts)

    def _examined(self, entry: Entry, report: Report) -> Asset | None:
        """The asset at an entry, None after a diagnostic when it can't be read."""
        if entry.path not in self._assets:
            try:
                asset = asset_of(self._tree.root, entry.path)
                self._active[entry.path] = is_active(self._tree.root, asset)
            except OSError as error:
                report(rule("file-unreadable").at(Place(entry.path), reason=system_reason(error)))
                return None
            self._assets[entry.path] = asset
        return self._assets[entry.path]

    def _nearest(self, word: str, known: Iterable[str]) -> str:
        self._hints += 1
        return nearest(word, known) if self._hints <= _MAX_HINTS else ""

    def _nearest_file(self, target: str, file: str) -> str:
        """The file whose name is most like that of a missing one, as it is written in `file`."""
        paths = {PurePosixPath(entry.path).name: entry.path for entry in self._tree.files()}
        near = self._nearest(PurePosixPath(target.replace("\\", "/")).name, paths)
        return relative_path(paths[near], file) if near else ""

    def _nearest_markdown(self, target: str, file: str) -> str:
        return self._nearest(target, [relative_path(path, file) for path in self._destinations.files])


def relative_path(path: str, file: str) -> str:
    """`path` as an author writes it in `file`; both count from the course folder."""
    parts, base = path.split("/"), file.split("/")[:-1]
    shared = 0
    while shared < min(len(parts) - 1, len(base)) and fold(parts[shared]) == fold(base[shared]):
        shared += 1
    return "/".join([*[".."] * (len(base) - shared), *parts[shared:]])


def _label(tag: str) -> str:
    return _LABELS.get(tag.lower()) or _LABELS.get(tag.lower().partition("-")[0], tag)
