"""The difference of two versions as data, for JSON and for pages."""

from enum import StrEnum
from typing import Literal

import msgspec

from schemas.package import Format, Structure
from schemas.text import Text


class Answer(StrEnum):
    """What an LMS administrator does with the new package."""

    REPLACE_IN_PLACE = "replace-in-place"  # learners' records survive
    NEW_ACTIVITY = "new-activity"  # put it beside the old one


class Change(StrEnum):
    """What happened to a part. `reidentified`: the same thing under another identifier, which no LMS can know."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    REIDENTIFIED = "reidentified"
    CHANGED = "changed"


class PartChange(msgspec.Struct, frozen=True):
    """A module or lesson. `before` and `after` are titles (renamed), places such as `2.3` (moved: third lesson of the
    second module) or identifiers (reidentified)."""

    part: Literal["module", "lesson"]
    id: str
    title: str
    change: Change
    before: str = ""
    after: str = ""


class Segment(msgspec.Struct, frozen=True):
    """Some words of a text."""

    edit: Literal["same", "removed", "added"]
    text: str


class TextChange(msgspec.Struct, frozen=True):
    """The words of a lesson, of a module's introduction or of the overview. Each hunk is one place with the words
    around it; `omitted` hunks more weren't listed. No hunk at all: only the markup or the pictures changed."""

    part: Literal["overview", "module", "lesson"]
    id: str
    title: str
    hunks: tuple[tuple[Segment, ...], ...]
    omitted: int = 0


AspectName = Literal[
    "type",
    "prompt",
    "options",
    "right-answer",
    "feedback",
    "explanation",
    "points",
    "attempts",
    "shuffle",
    "objectives",
]


class Aspect(msgspec.Struct, frozen=True):
    """What of a question changed, as authors write it, an option a line. Equal words: only the markup or the pictures changed."""

    name: AspectName
    before: str
    after: str


class QuestionChange(msgspec.Struct, frozen=True):
    """A question. `label` is the beginning of its prompt, `lesson` the lesson's identifier; `before` and `after` are
    lessons (moved) or identifiers (reidentified)."""

    id: str
    label: str
    lesson: str
    change: Change
    scored: bool
    before: str = ""
    after: str = ""
    aspects: tuple[Aspect, ...] = ()


class FieldChange(msgspec.Struct, frozen=True):
    """A key of the front matter."""

    field: str
    before: str
    after: str


class AssetChange(msgspec.Struct, frozen=True):
    """A file of the author's; sizes in bytes, 0 where it isn't there."""

    source: str
    change: Change
    before: int
    after: int


class Reason(msgspec.Struct, frozen=True):
    """Something that learners' records notice, in these formats and structures. Where it `breaks`, records would be lost
    or wrong; otherwise it is good to know. `lessons` and `questions` are identifiers."""

    code: str
    breaks: bool
    words: Text
    formats: tuple[Format, ...]
    structures: tuple[Structure, ...]
    lessons: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def applies(self, package_format: Format, structure: Structure) -> bool:
        """Whether packages of that kind notice."""
        return package_format in self.formats and structure in self.structures


class Verdict(msgspec.Struct, frozen=True):
    """The answer for one kind of package."""

    format: Format
    structure: Structure
    answer: Answer


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Everything. `old` and `new` are the versions' source hashes; `answer` is the strictest of `verdicts`."""

    old: str
    new: str
    answer: Answer
    verdicts: tuple[Verdict, ...]
    reasons: tuple[Reason, ...]
    structure: tuple[PartChange, ...]
    texts: tuple[TextChange, ...]
    questions: tuple[QuestionChange, ...]
    metadata: tuple[FieldChange, ...]
    assets: tuple[AssetChange, ...]

    @property
    def empty(self) -> bool:
        """Whether the two are the same to a reader."""
        return not (self.structure or self.texts or self.questions or self.metadata or self.assets)

    def verdict(self, package_format: Format, structure: Structure) -> Answer | None:
        """The answer for one kind of package; None for a kind that no LMS takes."""
        return next(
            (v.answer for v in self.verdicts if (v.format, v.structure) == (package_format, structure)), None
        )
