"""`fill-in`: blanks `____` in the prompt, a line `= a | b` for each."""

import re

from markdown_it.token import Token

from courses.questions.answers import Answer, read_answers
from courses.questions.draft import Draft
from schemas.questions import FillIn
from schemas.text import Text

_BETWEEN = re.compile(r"(?<!\\)[|｜]")
_ADVICE = Text(
    "每个空写一行“= 答案”，几种写法用“|”隔开。",
    "Write a line “= answer” for each blank, with “|” between spellings.",
)
_EMPTY = Text("“|”的两边都要有字", "there must be words on both sides of each “|”")


def build(draft: Draft) -> FillIn | None:
    """The question, or None after its mistakes were told."""
    blanks = number_blanks(draft.parts.prompt)
    common, answers = draft.common(), read_answers(draft)
    if not answers:
        draft.tell("no-right-answer", advice=_ADVICE)
    elif blanks != len(answers):
        draft.tell("blank-count", blanks=blanks, answers=len(answers))
    accepted = tuple(_accepted(draft, answer) for answer in answers)
    return FillIn(**common, blanks=accepted) if draft.sound else None


def number_blanks(prompt: list[Token]) -> int:
    """Number the blanks from 1; a line of underscores, which Markdown takes for a rule, is one too."""
    number = 0
    for token in prompt:
        children = token.children or []
        if token.type == "hr" and token.markup.startswith("_"):
            token.type, token.block, children = "blank", True, [token]
        for child in children:
            if child.type == "blank":
                number += 1
                child.content = f'<span class="blank" data-blank="{number}"></span>'
                child.meta["words"] = "____"
    return number


def _accepted(draft: Draft, answer: Answer) -> tuple[str, ...]:
    spellings = [spelling.replace("\\|", "|").strip() for spelling in _BETWEEN.split(answer.text)]
    if not all(spellings):
        draft.tell(
            "bad-answer", answer.place, found=answer.text[:40], reason=_EMPTY, example="= 北京 | 北京市"
        )
    return tuple(dict.fromkeys(spellings))
