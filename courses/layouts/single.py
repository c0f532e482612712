"""One file: text before the first `#` is the overview, `#` opens a module, `##` a lesson."""

from collections.abc import Sequence
from itertools import pairwise

from courses.checks import rule
from courses.front_matter import Parts
from courses.markdown.contract import Title
from courses.naming import identifier_from, nfc
from courses.outline import (
    LessonOutline,
    ModuleOutline,
    Outline,
    Part,
    Titles,
    Unnamed,
    heading_minutes,
    heading_prerequisites,
    without_heading,
)
from courses.tree import Report
from schemas.diagnostics import Place


class _Splitter:
    """Cuts a file at its headings of the first and second level."""

    def __init__(self, file: str, parts: Parts, titles: Sequence[Title], report: Report) -> None:
        self._file = file
        self._first_line = parts.body_line
        self._lines = parts.body.split("\n")
        first_module = next((n for n, title in enumerate(titles) if title.level == 1), len(titles))
        self._titles = [title for title in titles[first_module:] if title.level <= 2]
        self._report = report
        self._unnamed: list[Unnamed] = []

    def outline(self) -> Outline:
        """The whole course."""
        end = self._titles[0].line if self._titles else len(self._lines) + 1
        overview = Part(self._file, "\n".join(self._lines[: end - 1]), self._first_line)
        starts = [n for n, title in enumerate(self._titles) if title.level == 1]
        modules = tuple(self._module(*span) for span in pairwise([*starts, len(self._titles)]))
        return Outline(overview=overview, modules=modules, single=True, unnamed=tuple(self._unnamed))

    def _module(self, start: int, end: int) -> ModuleOutline:
        title = self._titles[start]
        return ModuleOutline(
            id=self._identifier(title),
            title=title.text,
            place=self._place(title),
            part=self._part(start),
            prerequisites=heading_prerequisites(title),
            lessons=tuple(self._lesson(number) for number in range(start + 1, end)),
        )

    def _lesson(self, number: int) -> LessonOutline:
        title = self._titles[number]
        place = self._place(title)
        return LessonOutline(
            id=self._identifier(title),
            title=title.text,
            place=place,
            part=self._part(number),
            minutes=heading_minutes(title, place, self._report),
        )

    def _identifier(self, title: Title) -> str:
        if title.attributes.get("id"):
            return nfc(title.attributes["id"])
        derived = identifier_from(title.text)
        self._unnamed.append(Unnamed(self._place(title), derived))
        self._report(rule("missing-identifier").at(self._place(title), id=derived))
        return derived

    def _place(self, title: Title) -> Place:
        return Place(self._file, self._first_line + title.line - 1)

    def _part(self, number: int) -> Part:
        """The text from a heading to the next one."""
        title = self._titles[number]
        following = self._titles[number + 1].line if number + 1 < len(self._titles) else len(self._lines) + 1
        text = "\n".join(self._lines[title.line - 1 : following - 1])
        own = Title(title.level, 1, title.text, title.attributes)
        return Part(self._file, without_heading(text, own), self._first_line + title.line - 1, title.level)


def read_single(file: str, parts: Parts, titles: Titles, report: Report) -> Outline:
    """The outline of a single-file course."""
    return _Splitter(file, parts, titles(parts.body), report).outline()
