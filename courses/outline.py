"""What a course consists of before its text is rendered: modules, lessons, identifiers, titles, order."""

import re
from collections.abc import Callable, Sequence

import msgspec

from courses.checks import rule
from courses.front_matter.keys import LESSON_TAKES
from courses.markdown.contract import Title
from courses.naming import nfc
from courses.tree import Report
from schemas.diagnostics import Place
from schemas.identifiers import ascii_name
from schemas.text import Text

_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")

Titles = Callable[[str], Sequence[Title]]


class Part(msgspec.Struct, frozen=True):
    """Markdown without its title. It begins on line `first_line` of `file`; its title had `title_level`."""

    file: str
    text: str
    first_line: int = 1
    title_level: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not self.text or self.text.isspace()


class LessonOutline(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson to render."""

    id: str
    title: str
    place: Place
    part: Part
    minutes: int = 0

    @property
    def page(self) -> str:
        """The file name of its page."""
        return f"{ascii_name(self.id)}.html"


class ModuleOutline(msgspec.Struct, frozen=True, kw_only=True):
    """A module to render; `part` is its introduction, None where nothing can be written;
    `unread` are the files of it that could not be read."""

    id: str
    title: str
    place: Place
    part: Part | None
    lessons: tuple[LessonOutline, ...]
    prerequisites: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Unnamed(msgspec.Struct, frozen=True):
    """A heading without an identifier of its own: `--fix` writes `id` down at `place`."""

    place: Place
    id: str


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The course's parts in order. `single` tells a single-file course, whose links are `#lesson` or `#anchor`."""

    overview: Part
    modules: tuple[ModuleOutline, ...]
    single: bool
    unnamed: tuple[Unnamed, ...] = ()

    @property
    def lessons(self) -> tuple[LessonOutline, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)


def without_heading(text: str, title: Title) -> str:
    """`text` with the heading's lines made blank, so that every other line keeps its number."""
    lines = text.split("\n")
    start = title.line - 1
    end = start + 1
    if not lines[start].lstrip(" ").startswith("#"):
        # A setext heading: its text may run over several lines, down to the underline.
        while end < len(lines) and not _UNDERLINE.fullmatch(lines[end - 1]):
            end += 1
    lines[start:end] = [""] * (end - start)
    return "\n".join(lines)


def named_identifier(written: str, title: Title | None, otherwise: str) -> str:
    """`id:` before `{#id}` before the file name."""
    return nfc(written or (title.attributes.get("id", "") if title else "") or otherwise)


def heading_minutes(title: Title | None, place: Place, report: Report) -> int:
    """`{minutes=20}` of a heading."""
    written = title.attributes.get("minutes", "") if title else ""
    if not written:
        return 0
    if written.isascii() and written.isdigit() and len(written) <= 4:
        return int(written)
    report(
        rule("wrong-value").at(
            place, key="minutes", found=written[:40], expected=LESSON_TAKES["minutes"], hint=Text()
        )
    )
    return 0


def heading_prerequisites(title: Title | None) -> tuple[str, ...]:
    """`{prerequisites="m1 m2"}` of a heading."""
    return tuple(nfc(name) for name in title.attributes.get("prerequisites", "").split()) if title else ()
