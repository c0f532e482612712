"""The entries of a list: options to choose, things to order, points of a scale."""

import re
from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_lowercase
from typing import NamedTuple

from markdown_it.token import Token

from courses.questions.blocks import cut
from courses.questions.draft import Draft
from schemas.diagnostics import Place
from schemas.questions import Option
from schemas.text import Text

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_BAD_IDENTIFIER = Text(
    "选项标识只用英文字母、数字和连字符，最长 32 个字符",
    "an option's identifier has ASCII letters, digits and hyphens, 32 at most",
)
_TICK = Text(
    "每个选项写一行“- [ ] …”，正确的写“- [x] …”。",
    "Write each option as “- [ ] …”, the right ones as “- [x] …”.",
)
ADVICE = {
    "choice": _TICK,
    "sequencing": Text(
        "按正确顺序写一个编号列表：“1. …”“2. …”。",
        "Write a numbered list in the right order: “1. …”, “2. …”.",
    ),
    "likert": Text("每一档写一行“- …”。", "Write each point of the scale as “- …”."),
    "matching": Text("表里至少写两行。", "Write two rows at least."),
}


class Entry(NamedTuple):
    """One item of the list and what it says."""

    item: Token
    words: list[Token]
    feedback: list[Token]

    def place(self, draft: Draft) -> Place:
        """Where its words begin, or the item where it has none."""
        words = next((token for token in self.words if token.type == "inline" and token.content), None)
        return draft.page.place_in(words, 0, len(words.content)) if words else draft.place_of(self.item)


def read_options(draft: Draft) -> tuple[Option, ...]:
    """The entries of the question's list; mistakes are told."""
    entries = list(_entries(draft.answers[0].tokens)) if draft.answers else []
    if len(entries) < 2:
        place = draft.place_of(draft.answers[0].tokens[0]) if draft.answers else None
        draft.tell("too-few-options", place, count=len(entries), advice=ADVICE[draft.kind])
    identifiers = name_entries([_given(draft, entry) for entry in entries])
    seen: set[str] = set()
    seen_identifiers: set[str] = set()
    options = []
    for entry, identifier in zip(entries, identifiers, strict=True):
        option = _option(draft, entry, identifier)
        options.append(option)
        same = option.text or option.html
        if not option.html:
            draft.tell("empty-option", entry.place(draft))
        elif same in seen or identifier in seen_identifiers:
            draft.tell("duplicate-option", entry.place(draft), text=(option.text or identifier)[:40])
        seen.add(same)
        seen_identifiers.add(identifier)
    return tuple(options)


def _entries(tokens: Sequence[Token]) -> Iterator[Entry]:
    for block in cut(tokens[1:-1]):
        words: list[Token] = []
        feedback: list[Token] = []
        for part in cut(block.tokens[1:-1]):
            if part.kind == "blockquote_open":
                feedback += part.tokens[1:-1]
            else:
                words += part.tokens
        yield Entry(block.tokens[0], words, feedback)


def _option(draft: Draft, entry: Entry, identifier: str) -> Option:
    words = entry.words
    if len(words) == 3 and words[0].type == "paragraph_open":
        words = words[1:2]  # one paragraph stands without its tag, so that it fits a label
    return Option(
        id=identifier,
        html=draft.html(words),
        text=" ".join(draft.page.plain(entry.words).split("\n")),
        correct=entry.item.meta.get("ticked", False),
        feedback=draft.html(entry.feedback) if entry.feedback else "",
    )


def _given(draft: Draft, entry: Entry) -> str:
    """The identifier that the author wrote after an entry, or nothing."""
    given = ""
    for attribute, place in entry.item.meta.get("option", ()):
        if attribute.name != "id":
            draft.page.tell("unknown-attribute", place, name=attribute.name, known="#id")
        elif _IDENTIFIER.fullmatch(attribute.value):
            given = attribute.value
        else:
            draft.page.tell(
                "bad-attribute", place, found=f"#{attribute.value}", reason=_BAD_IDENTIFIER, example="#a"
            )
    return given


def letters() -> Iterator[str]:
    """`a` … `z`, `aa`, `ab`, …"""
    for length in count(1):
        for word in product(ascii_lowercase, repeat=length):
            yield "".join(word)


def name_entries(given: Sequence[str]) -> list[str]:
    """An identifier for each entry: the author's, else the letter of its position, else the next free letter."""
    taken = set(given)
    free = (word for word in letters() if word not in taken)
    names: list[str] = []
    for letter, name in zip(letters(), given, strict=False):
        if name:
            names.append(name)
        elif letter in taken:
            names.append(next(free))
        else:
            names.append(letter)
        taken.add(names[-1])
    return names
