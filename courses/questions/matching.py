"""`matching`: a table of two columns; the right one is shuffled."""

from itertools import count
from typing import NamedTuple

from markdown_it.token import Token

from courses.questions.draft import Draft
from courses.questions.options import ADVICE, letters
from schemas.questions import Matching, Option
from schemas.text import Text

_NO_TABLE = Text("没有找到表", "there is none")
_COLUMNS = Text("这张表有 {count} 列", "this one has {count}")
_EMPTY_CELL = Text("有一格是空的", "a cell is empty")


class Row(NamedTuple):
    """The inline tokens of one row's cells."""

    cells: list[Token]


def build(draft: Draft) -> Matching | None:
    """The question, or None after its mistakes were told."""
    common = draft.common()
    rows = _rows(draft)
    if not draft.sound or not rows:
        return None
    header, *pairs = rows
    if len(pairs) < 2:
        place = draft.place_of(draft.answers[-1].tokens[0])
        draft.tell("too-few-options", place, count=len(pairs), advice=ADVICE["matching"])
    left, right = letters(), (str(number) for number in count(1))
    sources = tuple(_option(draft, row.cells[0], next(left)) for row in pairs)
    targets = tuple(_option(draft, row.cells[1], next(right)) for row in pairs)
    for column, options in enumerate((sources, targets)):
        seen: set[str] = set()
        for row, option in zip(pairs, options, strict=True):
            if option.html in seen:
                place = draft.page.place_in(row.cells[column], 0, len(row.cells[column].content))
                draft.tell("duplicate-option", place, text=(option.text or option.id)[:40])
            seen.add(option.html)
    headers = (draft.page.plain(header.cells[:1]), draft.page.plain(header.cells[1:]))
    return Matching(**common, headers=headers, sources=sources, targets=targets) if draft.sound else None


def _rows(draft: Draft) -> list[Row]:
    if not draft.answers:
        draft.tell("matching-table", reason=_NO_TABLE)
        return []
    rows: list[Row] = []
    for token in draft.answers[-1].tokens:
        if token.type == "tr_open":
            rows.append(Row([]))
        elif token.type == "inline" and rows:
            rows[-1].cells.append(token)
    columns = len(rows[0].cells)
    if columns != 2:
        place = draft.place_of(draft.answers[-1].tokens[0])
        draft.tell("matching-table", place, reason=_COLUMNS.format(count=columns))
        return []
    for row in rows[1:]:
        for cell in row.cells:
            if not cell.content:
                draft.tell("matching-table", draft.place_of(cell), reason=_EMPTY_CELL)
    return rows


def _option(draft: Draft, cell: Token, identifier: str) -> Option:
    return Option(id=identifier, html=draft.html([cell]), text=draft.page.plain([cell]))
