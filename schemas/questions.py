"""The eight question types, named as SCORM and xAPI name the interactions (SCORM 1.2 RTE 3.4.4, 2004 RTE 4.2.9).

Option identifiers are short ASCII (`a`, `b`, …, or the author's `{#id}`), never the option's text. All `html`
fields are sanitised fragments; `text` fields are the same words plain, for interaction descriptions and search.
"""

import msgspec

from schemas.diagnostics import Place


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    """One option, or one entry to match, order or rate with."""

    id: str
    html: str
    text: str
    correct: bool = False
    feedback: str = ""  # HTML, shown when the learner chose this option


class QuestionBase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all types share. `points` is the weight in the score; `attempts` the tries before the answer is
    locked in one run through the course; `shuffle` the display order only (responses use identifiers)."""

    id: str
    key: str  # schemas.identifiers.state_key(id)
    place: Place
    prompt: str  # HTML; blanks of a fill-in are `<span class="blank" data-blank="1"></span>`, from 1
    text: str  # the prompt as plain text, blanks as ____
    points: float = 1.0
    attempts: int = 1
    shuffle: bool = False
    objectives: tuple[str, ...] = ()
    explanation: str = ""  # HTML, shown when answered for good


class Choice(QuestionBase, frozen=True, tag="choice"):
    """One `[x]`: single choice; several: multiple, right only when exactly those are chosen."""

    options: tuple[Option, ...]

    @property
    def multiple(self) -> bool:
        """Whether more than one option is right."""
        return sum(option.correct for option in self.options) > 1


class TrueFalse(QuestionBase, frozen=True, tag="true-false"):
    """`= true` or `= false`."""

    answer: bool


class FillIn(QuestionBase, frozen=True, tag="fill-in"):
    """`blanks[i]` holds the accepted texts of blank i. Compared trimmed, NFKC, case-folded."""

    blanks: tuple[tuple[str, ...], ...]


class LongFillIn(QuestionBase, frozen=True, tag="long-fill-in"):
    """Free text, never scored. `model` (HTML) is shown afterwards."""

    model: str = ""


class Numeric(QuestionBase, frozen=True, tag="numeric"):
    """Right from `low` to `high`, both included; equal for an exact number."""

    low: float
    high: float


class Matching(QuestionBase, frozen=True, tag="matching"):
    """`sources[i]` belongs to `targets[i]`; targets are shown shuffled. `headers` are the table's two titles."""

    headers: tuple[str, str]
    sources: tuple[Option, ...]
    targets: tuple[Option, ...]


class Sequencing(QuestionBase, frozen=True, tag="sequencing"):
    """`items` in the right order; shown shuffled."""

    items: tuple[Option, ...]


class Likert(QuestionBase, frozen=True, tag="likert"):
    """A scale, never scored."""

    scale: tuple[Option, ...]


Question = Choice | TrueFalse | FillIn | LongFillIn | Numeric | Matching | Sequencing | Likert


def is_scored(question: Question) -> bool:
    """Whether the question counts towards the score."""
    return not isinstance(question, LongFillIn | Likert) and question.points > 0
