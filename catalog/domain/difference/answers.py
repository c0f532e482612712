"""What a question asks and what counts as right, in the words that authors write; and how options of two versions
correspond.

A learner's saved answer names options by identifier, which is the letter of the option's position unless the author
wrote `{#id}`. So an option may keep its words under another identifier, or an identifier get other words.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import singledispatch
from html import unescape
from typing import Literal

import msgspec

from schemas.questions import (
    Choice,
    FillIn,
    Likert,
    LongFillIn,
    Matching,
    Numeric,
    Option,
    Question,
    Sequencing,
    TrueFalse,
)

_TAG = re.compile(r"<[^<>]*>")
_ALIKE = 0.5  # two wordings of one option share more than this
_COMPARED = 200  # characters of an option that are compared

# `same`: judged as before. `widened`: what was right still is, and more. `changed`: anything else.
Judging = Literal["same", "widened", "changed"]


def type_of(question: Question) -> str:
    """The type as authors write it."""
    return str(question.__struct_config__.tag)


def plain(html: str) -> str:
    """The words of a fragment, on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def words(option: Option) -> str:
    """An option's words; its markup where it is only a picture."""
    return option.text or option.html


def options_of(question: Question) -> tuple[Option, ...]:
    """Everything that a response may name."""
    match question:
        case Choice():
            return question.options
        case Matching():
            return question.sources + question.targets
        case Sequencing():
            return question.items
        case Likert():
            return question.scale
        case _:
            return ()


@singledispatch
def answer_of(_question: Question) -> str:
    """What counts as right, as authors write it; empty where nothing is judged."""
    return ""


@answer_of.register
def _(question: Choice) -> str:
    return " · ".join(words(option) for option in question.options if option.correct)


@answer_of.register
def _(question: TrueFalse) -> str:
    return f"= {str(question.answer).lower()}"


@answer_of.register
def _(question: FillIn) -> str:
    return " ; ".join(f"= {' | '.join(blank)}" for blank in question.blanks)


@answer_of.register
def _(question: LongFillIn) -> str:
    return plain(question.model)


@answer_of.register
def _(question: Numeric) -> str:
    low, high = f"{question.low:.15g}", f"{question.high:.15g}"
    return f"= {low}" if low == high else f"= {low}..{high}"


@answer_of.register
def _(question: Matching) -> str:
    pairs = zip(question.sources, question.targets, strict=True)
    return " ; ".join(f"{words(source)} → {words(target)}" for source, target in pairs)


@answer_of.register
def _(question: Sequencing) -> str:
    return " → ".join(map(words, question.items))


class Carried(msgspec.Struct, frozen=True):
    """How the options of an old question went into the new one: new identifier by old one. `shifted`: an identifier
    stands for another option now; `reworded`: for one with quite different words."""

    to: dict[str, str]
    shifted: bool
    reworded: bool


def carry(old: Sequence[Option], new: Sequence[Option]) -> Carried:
    """Options correspond by their words, else by their identifier."""
    by_words = {words(option): option.id for option in new}
    to = {option.id: by_words[words(option)] for option in old if words(option) in by_words}
    texts = {option.id: words(option) for option in new}
    taken = set(to.values())
    reworded = False
    for option in old:
        if option.id not in to and option.id in texts and option.id not in taken:
            to[option.id] = option.id
            reworded |= not _alike(words(option), texts[option.id])
    return Carried(to, any(before != after for before, after in to.items()), reworded)


def _alike(a: str, b: str) -> bool:
    return SequenceMatcher(None, a[:_COMPARED], b[:_COMPARED], autojunk=False).ratio() > _ALIKE


def judging(old: Question, new: Question) -> Judging:
    """How what counts as right changed, for two questions of one type."""
    if isinstance(old, Numeric) and isinstance(new, Numeric):
        return _range(old, new)
    if isinstance(old, FillIn) and isinstance(new, FillIn):
        return _blanks(old, new)
    return "same" if _right(old, new) else "changed"


def _right(old: Question, new: Question) -> bool:
    """Whether the same options, order or pairs are right; true where nothing is judged."""
    match old, new:
        case TrueFalse(), TrueFalse():
            return old.answer == new.answer
        case Choice(), Choice():
            to = carry(old.options, new.options).to
            before = {to.get(option.id, "") for option in old.options if option.correct}
            return before == {option.id for option in new.options if option.correct}
        case Sequencing(), Sequencing():
            to = carry(old.items, new.items).to
            return [to.get(item.id, "") for item in old.items] == [item.id for item in new.items]
        case Matching(), Matching():
            left, right = carry(old.sources, new.sources).to, carry(old.targets, new.targets).to
            before_pairs = {
                (left.get(source.id, ""), right.get(target.id, ""))
                for source, target in zip(old.sources, old.targets, strict=True)
            }
            after = zip(new.sources, new.targets, strict=True)
            return before_pairs == {(source.id, target.id) for source, target in after}
    return True


def _range(old: Numeric, new: Numeric) -> Judging:
    if (old.low, old.high) == (new.low, new.high):
        return "same"
    return "widened" if new.low <= old.low and old.high <= new.high else "changed"


def _blanks(old: FillIn, new: FillIn) -> Judging:
    before, after = ([set(blank) for blank in question.blanks] for question in (old, new))
    if before == after:
        return "same"
    wider = len(before) == len(after) and all(b <= a for b, a in zip(before, after, strict=True))
    return "widened" if wider else "changed"
