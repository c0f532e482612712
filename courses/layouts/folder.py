"""Module folders with `index.md` and lessons, in the order of their numbers or of `contents:`."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from courses import front_matter
from courses.checks import rule
from courses.front_matter import CourseKeys, Matter, Parts
from courses.manuscript import Written
from courses.markdown import title_heading
from courses.markdown.contract import Title
from courses.naming import fold, identifier_of, nearest, nfc, reading_order
from courses.outline import (
    LessonOutline,
    ModuleOutline,
    Outline,
    Part,
    Titles,
    heading_minutes,
    heading_prerequisites,
    named_identifier,
    without_heading,
)
from courses.sources import Source
from courses.tree import Entry, Report, Tree
from courses.wording import did_you_mean
from schemas.diagnostics import Place

ASSETS = "assets"
INDEX = "index.md"

OpenSource = Callable[[Entry], Source | None]
ReadLesson = Callable[[Source], LessonOutline]


class Shelf:
    """A course folder's Markdown files. `open_source` and `read_lesson` are the reader's, which remembers."""

    def __init__(
        self, tree: Tree, titles: Titles, open_source: OpenSource, read_lesson: ReadLesson, report: Report
    ) -> None:
        self._tree = tree
        self._titles = titles
        self._open = open_source
        self._read_lesson = read_lesson
        self._report = report

    def outline(self, file: str, matter: Matter[CourseKeys], parts: Parts) -> Outline:
        """The whole course; `parts` are those of `course.md`."""
        folders = module_folders(self._tree)
        ordered = self._ordered(folders, matter.keys.contents, matter.written)
        modules = tuple(self._module(folder) for folder in ordered)
        title = _first(self._titles(parts.body))
        return Outline(overview=_part(file, parts, title), modules=modules, single=False)

    def _module(self, folder: Entry) -> ModuleOutline:
        children = [entry for entry in self._tree.children(folder.path) if is_markdown(entry)]
        index = next((entry for entry in children if fold(entry.name) == INDEX), None)
        lessons = [entry for entry in children if entry is not index]
        source = self._open(index) if index else None
        name = identifier_of(folder.name)
        if source is None:
            if index is None:
                self._report(rule("module-without-index").at(Place(folder.path), name=name))
            ordered = self._ordered(lessons, (), Written("", {}, {}))
            read, unread = self._lessons(ordered)
            return ModuleOutline(
                id=name,
                title=name,
                place=Place(folder.path),
                part=None,
                lessons=read,
                unread=(*unread, index.path) if index else unread,
            )
        matter, parts = front_matter.module(source, self._report)
        title = _first(self._titles(parts.body))
        place = _place(source.file, parts, title)
        ordered = self._ordered(lessons, matter.keys.contents, matter.written)
        read, unread = self._lessons(ordered)
        return ModuleOutline(
            id=named_identifier(matter.keys.id, title, name),
            title=_title(matter.keys.title, title, name, place, self._report),
            place=place,
            part=_part(source.file, parts, title),
            lessons=read,
            unread=unread,
            prerequisites=tuple(map(nfc, matter.keys.prerequisites)) or heading_prerequisites(title),
        )

    def _lessons(self, entries: Sequence[Entry]) -> tuple[tuple[LessonOutline, ...], tuple[str, ...]]:
        """The lessons, and the files that could not be read."""
        sources = [(entry, self._open(entry)) for entry in entries]
        lessons = tuple(self._read_lesson(source) for _, source in sources if source)
        return lessons, tuple(entry.path for entry, source in sources if not source)

    def _ordered(self, entries: Sequence[Entry], contents: Sequence[str], written: Written) -> list[Entry]:
        """By `contents`, each entry once; then what it leaves out, by number and name."""
        rest = {entry.name: entry for entry in sorted(entries, key=lambda entry: reading_order(entry.name))}
        if not contents:
            return list(rest.values())
        ordered = []
        for number, name in enumerate(contents):
            place = written.at("contents", number)
            entry = self._listed(nfc(name.strip().rstrip("/")), entries, place)
            if entry is not None and entry.name in rest:
                ordered.append(rest.pop(entry.name))
        for name in rest:
            self._report(rule("contents-incomplete").at(written.at("contents"), name=name))
        return [*ordered, *rest.values()]

    def _listed(self, written: str, entries: Sequence[Entry], place: Place) -> Entry | None:
        """The entry that `contents` means, with or without `.md`."""
        by_fold = {fold(entry.name): entry for entry in entries}
        entry = by_fold.get(fold(written)) or by_fold.get(fold(written) + ".md")
        if entry is None:
            hint = did_you_mean(nearest(written, [entry.name for entry in entries]))
            self._report(rule("contents-unknown").at(place, name=written[:80], hint=hint))
        elif nfc(entry.name) not in (written, f"{written}.md"):
            self._report(rule("case-differs").at(place, target=written, actual=nfc(entry.name)))
        return entry


def read_lesson(source: Source, report: Report) -> LessonOutline:
    """One lesson's file."""
    matter, parts = front_matter.lesson(source, report)
    title = title_heading(parts.body)
    place = _place(source.file, parts, title)
    name = identifier_of(PurePosixPath(source.file).stem)
    return LessonOutline(
        id=named_identifier(matter.keys.id, title, name),
        title=_title(matter.keys.title, title, name, place, report),
        place=place,
        part=_part(source.file, parts, title),
        minutes=matter.keys.minutes or heading_minutes(title, place, report),
    )


def module_folders(tree: Tree) -> list[Entry]:
    """The folders that hold Markdown."""
    folders = [entry for entry in tree.children() if entry.folder and fold(entry.name) != ASSETS]
    return [folder for folder in folders if any(map(is_markdown, tree.children(folder.path)))]


def is_markdown(entry: Entry) -> bool:
    """Whether an entry is a Markdown file."""
    return not entry.folder and entry.name.lower().endswith(".md")


def _title(written: str, title: Title | None, otherwise: str, place: Place, report: Report) -> str:
    """`title:` before the heading before the file's name."""
    name = " ".join(written.split()) or (title.text.strip() if title else "")
    if not name:
        report(rule("missing-title").at(place, name=otherwise))
    return name or otherwise


def _first(titles: Sequence[Title]) -> Title | None:
    """The heading that gives a file its title."""
    return next((title for title in titles if title.level == 1), None)


def _place(file: str, parts: Parts, title: Title | None) -> Place:
    return Place(file, parts.body_line + title.line - 1) if title else Place(file)


def _part(file: str, parts: Parts, title: Title | None) -> Part:
    return Part(file, without_heading(parts.body, title) if title else parts.body, parts.body_line)
