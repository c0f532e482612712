"""Where a found text has the words that were asked for."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.services.tokens import fold_with_origins, matches, query_terms


class Segment(NamedTuple):
    """A piece of text, and whether it is what was asked for. Never HTML: whoever shows it escapes it."""

    text: str
    marked: bool


def highlight(text: str, query: str) -> list[Segment]:
    """The whole text in pieces."""
    text = unicodedata.normalize("NFC", text)
    return list(_cut(text, _places(text, query), 0, len(text)))


def excerpt(text: str, query: str, length: int = 120) -> list[Segment]:
    """About `length` characters around the first place that has what was asked for; the beginning where none has."""
    text = unicodedata.normalize("NFC", text)
    places = _places(text, query)
    start = max(0, places[0][0] - length // 3) if places else 0
    end = min(start + length, len(text))
    lead = [Segment("…", marked=False)] if start else []
    tail = [Segment("…", marked=False)] if end < len(text) else []
    return [*lead, *_cut(text, places, start, end), *tail]


def _places(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words stand: start and end, in order, none touching another."""
    terms = query_terms(query)
    if not terms or not text:
        return []
    folded = fold_with_origins(text)
    found = sorted(
        (folded.origins[start], _after(folded.origins, end - 1, len(text)))
        for term in terms
        for start, end in matches(folded.text, term)
    )
    places: list[tuple[int, int]] = []
    for start, end in found:
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
    return places


def _cut(text: str, places: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Segment]:
    """The text from `start` to `end` in pieces."""
    for first, last in places:
        if last > start and first < end:
            if first > start:
                yield Segment(text[start:first], marked=False)
            yield Segment(text[max(first, start) : min(last, end)], marked=True)
            start = last
    if start < end:
        yield Segment(text[start:end], marked=False)


def _after(origins: Sequence[int], last: int, length: int) -> int:
    """Where the characters end that the folded one at `last` came from: ﾊﾞ are two, and fold to one."""
    place = bisect_right(origins, origins[last])
    return origins[place] if place < len(origins) else length
