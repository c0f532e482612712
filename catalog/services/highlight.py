"""Where a found text has the words that were asked for."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from catalog.services.tokens import fold_with_origins, matches, query_terms


class Segment(NamedTuple):
    """A piece of text, and whether it is what was asked for. Never HTML: whoever shows it escapes it."""

    text: str
    marked: bool


def highlight(text: str, query: str) -> list[Segment]:
    """The whole text in pieces."""
    text = unicodedata.normalize("NFC", text)
    terms = query_terms(query)
    if not terms:
        return [Segment(text, marked=False)] if text else []
    folded = fold_with_origins(text)
    marked = [False] * len(text)
    for term in terms:
        for start, end in matches(folded.text, term):
            for place in range(folded.origins[start], _after(folded.origins, end - 1, len(text))):
                marked[place] = True
    pieces: list[Segment] = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[begin]:
            pieces.append(Segment(text[begin:place], marked[begin]))
            begin = place
    return pieces


def _after(origins: Sequence[int], last: int, length: int) -> int:
    """Where the characters end that the folded one at `last` came from: ﾊﾞ are two, and fold to one."""
    place = bisect_right(origins, origins[last])
    return origins[place] if place < len(origins) else length


def excerpt(text: str, query: str, length: int = 120) -> list[Segment]:
    """About `length` characters around the first place that has what was asked for; the beginning where none has."""
    pieces = highlight(text, query)
    before = 0
    for piece in pieces:
        if piece.marked:
            break
        before += len(piece.text)
    else:
        before = 0
    normal = unicodedata.normalize("NFC", text)
    start = max(0, before - length // 3)
    cut = highlight(normal[start : start + length], query)
    lead = [Segment("…", marked=False)] if start else []
    tail = [Segment("…", marked=False)] if start + length < len(normal) else []
    return [*lead, *cut, *tail]
