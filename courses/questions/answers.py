"""Answer lines `= …`."""

import unicodedata
from typing import NamedTuple

from courses.questions.draft import Draft
from schemas.diagnostics import Place
from schemas.text import Text

_ONLY_ONE = Text("这种题只写一行答案", "a question of this type has one line of answer")


class Answer(NamedTuple):
    """The words of one answer line, and their place."""

    text: str
    place: Place


def read_answers(draft: Draft) -> list[Answer]:
    """The answer lines, trimmed."""
    found = []
    for block in draft.answers:
        token = block.tokens[0]
        line = token.map[0] if token.map else draft.line
        source = draft.page.lines[line]
        column = source.find(token.markup)
        text = token.content
        start = source.find(text, column + 1) if text else column
        found.append(Answer(text, draft.page.place(line, start, len(text) or 1)))
    return found


def read_one(draft: Draft, advice: Text) -> Answer | None:
    """The only answer line; none or several are told."""
    found = read_answers(draft)
    if not found or not found[0].text:
        draft.tell("no-right-answer", found[0].place if found else None, advice=advice)
        return None
    if len(found) > 1:
        draft.tell(
            "bad-answer",
            found[1].place,
            found=found[1].text[:40],
            reason=_ONLY_ONE,
            example=f"= {found[0].text}",
        )
    return found[0]


def normalised(text: str) -> str:
    """Full-width letters and digits as plain ones, lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()
