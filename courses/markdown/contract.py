"""What the reader and the Markdown part promise each other."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from schemas.course import Asset, Heading
from schemas.diagnostics import Diagnostic, Place
from schemas.questions import Question

Report = Callable[[Diagnostic], None]


class Links(Protocol):
    """How targets in one file resolve. Each method reports what it can't find and answers None."""

    def asset(self, target: str, place: Place) -> Asset | None:
        """The author's file at `target`, a relative and percent-decoded path."""
        ...

    def captions(self, asset: Asset) -> tuple[tuple[str, str, Asset], ...]:
        """The captions beside a media file: (language tag, label, `.vtt` asset)."""
        ...

    def read_text(self, asset: Asset) -> str:
        """The text of a `.vtt` file, bounded, for the transcript."""
        ...

    def lesson(self, target: str, place: Place) -> tuple[str, str] | None:
        """(lesson identifier, `page#anchor`) of `../02-x/01-y.md#anchor` or, in a single file, `#anchor`."""
        ...


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson's text, rendered. Field promises as in `schemas.course.Lesson`."""

    html: str
    text: str
    questions: tuple[Question, ...]
    headings: tuple[Heading, ...]
    assets: tuple[str, ...]  # `source` of each, in order of use
    diagrams: bool
    anchors: tuple[str, ...]  # every id in the html that a link may name
    links: tuple[tuple[str, str, Place], ...]  # (lesson id, anchor, place) of links to an anchor in a lesson
    unbuilt: bool = False  # scored questions were written, but with mistakes
    unbuilt_objectives: tuple[str, ...] = ()  # named by them


class Title(msgspec.Struct, frozen=True):
    """A heading that opens a module or a lesson. `line` counts from 1; `attributes` are those in braces."""

    level: int
    line: int
    text: str
    attributes: dict[str, str]
