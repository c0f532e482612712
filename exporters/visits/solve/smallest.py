"""Smallest sets that can't be had together: of any things, given an oracle that says whether some of them can.

An oracle is monotone: what holds of a set holds of its parts. It may raise `Undecided`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import highspy
import numpy as np

from exporters.visits.solve.master import Silent

T = TypeVar("T")
Oracle = Callable[[frozenset[T]], bool]


class Undecided(Exception):  # noqa: N818 (no error: an oracle that doesn't know)
    """Whether things can be had together isn't known."""


class Remembered(Generic[T]):
    """An oracle from one that says which of some things can't be had together (none: all can), which isn't asked about what follows
    from its earlier answers."""

    def __init__(self, conflict: Callable[[frozenset[T]], frozenset[T]]) -> None:
        self._conflict = conflict
        self.good: list[frozenset[T]] = []
        self.bad: list[frozenset[T]] = []

    def possible(self, some: frozenset[T]) -> bool:
        """Whether these can be had together."""
        if any(some <= known for known in self.good):
            return True
        if any(known <= some for known in self.bad):
            return False
        against = self._conflict(some)
        (self.bad if against else self.good).append(against or some)
        return not against

    def tight(self, some: frozenset[T]) -> bool:
        """Whether what is known says that the set could be had without any one of its things."""
        return all(any(some - {one} <= known for known in self.good) for one in some)


def irreducible(possible: Oracle[T], things: Sequence[T]) -> frozenset[T]:
    """Of things that can't be had together, some that can't either, yet could without any one of them (QuickXplain,
    U. Junker 2004). Things in front are preferred."""

    def part(kept: frozenset[T], last: bool, some: Sequence[T]) -> frozenset[T]:  # noqa: FBT001
        if last and not possible(kept):
            return frozenset()
        if len(some) == 1:
            return frozenset(some)
        half = (len(some) + 1) // 2
        front, back = some[:half], some[half:]
        of_back = part(kept | frozenset(front), True, back)  # noqa: FBT003
        of_front = part(kept | of_back, bool(of_back), front)
        return of_front | of_back

    return part(frozenset(), True, things) if things else frozenset()  # noqa: FBT003


def smallest(possible: Oracle[T], things: Sequence[T], known: frozenset[T]) -> frozenset[T]:
    """The smallest conflict of all, given an irreducible one: every conflict meets each set without which the rest can be had, and
    the smallest set that meets all of these is one or adds another (Ignatiev and others 2015)."""
    corrections: list[frozenset[T]] = []
    while True:
        candidate = _meeting(things, corrections)
        if len(candidate) >= len(known):
            return known
        if not possible(candidate):
            return candidate
        more = [one for one in things if one not in candidate]
        grown = _grown(possible, candidate, more)
        corrections.append(frozenset(things) - grown)


def _grown(possible: Oracle[T], kept: frozenset[T], more: Sequence[T]) -> frozenset[T]:
    """As many of `more` as can be had with what is kept, so that no other could be added."""
    if not more or possible(kept | frozenset(more)):
        return kept | frozenset(more)
    if len(more) == 1:
        return kept
    half = len(more) // 2
    return _grown(possible, _grown(possible, kept, more[:half]), more[half:])


def _meeting(things: Sequence[T], sets: Iterable[frozenset[T]]) -> frozenset[T]:
    """The fewest things of which each set holds one."""
    place = {one: number for number, one in enumerate(things)}
    highs = Silent()
    for _ in things:
        highs.addVariable(0.0, 1.0, 1.0)
    count = len(things)
    highs.changeColsIntegrality(
        count,
        np.arange(count, dtype=np.int32),
        np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8),
    )
    for one in sets:
        row = np.array(sorted(place[member] for member in one), dtype=np.int32)
        highs.addRow(1.0, highspy.kHighsInf, len(row), row, np.ones(len(row)))
    highs.run()
    value = highs.getSolution().col_value
    return frozenset(one for one, number in place.items() if value[number] > 0.5)
