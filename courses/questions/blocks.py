"""A question's text cut into its blocks, and those into prompt, answer and explanation."""

from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

# What holds the answer of each type. The rest are answered by lines `= …`.
LISTS = {"choice": "bullet_list_open", "likert": "bullet_list_open", "sequencing": "ordered_list_open"}
TABLES = {"matching": "table_open"}


class Block(NamedTuple):
    """One block of a question."""

    kind: str  # type of the first token
    tokens: list[Token]


class Parts(NamedTuple):
    """A question's blocks by their part in it. `late` is what follows the answer and is no quote."""

    prompt: list[Token]
    answers: list[Block]
    explanation: list[Token]
    late: list[Token]


def cut(tokens: Sequence[Token]) -> list[Block]:
    """The blocks that stand side by side in `tokens`."""
    blocks: list[Block] = []
    current: list[Token] = []
    depth = 0
    for token in tokens:
        current.append(token)
        depth += token.nesting
        if depth == 0:
            blocks.append(Block(current[0].type, current))
            current = []
    return blocks


def answer_kind(kind: str) -> str:
    """The type of the token that opens the answer of a question of type `kind`."""
    return LISTS.get(kind) or TABLES.get(kind) or "answer"


def divide(blocks: Sequence[Block], kind: str) -> Parts:
    """Prompt, answer and explanation. Everything before the answer is the prompt."""
    wanted = answer_kind(kind)
    found = [index for index, block in enumerate(blocks) if block.kind == wanted]
    if not found:
        return _without_answer(blocks)
    first = found[0] if wanted == "answer" else found[-1]
    # A model answer may go on over several blocks.
    others = (block.kind for block in blocks if block.kind != "blockquote_open")
    wanted_kinds = frozenset(others if kind == "long-fill-in" else (wanted,))
    answers = [block for block in blocks[first:] if block.kind in wanted_kinds]
    explanation: list[Token] = []
    late: list[Token] = []
    for block in blocks[first:]:
        if block.kind == "blockquote_open":
            explanation += block.tokens[1:-1]
        elif (
            block.kind not in wanted_kinds and block.kind != "answer"
        ):  # a line out of place is told by the draft
            explanation += block.tokens
            late += block.tokens
    return Parts(_flat(blocks[:first]), answers, explanation, late)


def _without_answer(blocks: Sequence[Block]) -> Parts:
    """A quote at the end still explains, where a prompt stands before it."""
    if len(blocks) > 1 and blocks[-1].kind == "blockquote_open":
        return Parts(_flat(blocks[:-1]), [], blocks[-1].tokens[1:-1], [])
    return Parts(_flat(blocks), [], [], [])


def _flat(blocks: Sequence[Block]) -> list[Token]:
    return [token for block in blocks for token in block.tokens]
