"""Finds good plans by hand: fills what is missing, and moves single visits to cheaper places."""

from collections.abc import Callable, Sequence

import numpy as np

from exporters.visits.solve.board import Board, Slot
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.layout import Item, Layout, Placed, marginal

TRIES = 60  # hosts that are tried for a visit, the cheapest first
BETTER = 1e-6


class Search:
    """A layout that becomes better step by step."""

    def __init__(self, board: Board, costs: Costs, stop: Callable[[], bool]) -> None:
        self.board, self.costs, self.stop = board, costs, stop
        self.layout = Layout(board)

    def missing(self, cohort: int) -> list[int]:
        """The needs of a class that lack visits, once for each."""
        desk = self.board.desks[cohort]
        have = np.bincount([one.item.need for one in self.layout.placed[cohort]], minlength=len(desk.needs))
        return [need for need in range(len(desk.needs)) for _ in range(int(desk.count[need] - have[need]))]

    def insert(self, cohort: int, need: int, below: float) -> bool:
        """One more visit of a need where it costs least, if that is less than `below`."""
        desk = self.board.desks[cohort]
        if not len(desk.hosts):
            return False
        prices = marginal(self.board, self.layout, desk, need, self.costs.of[cohort])
        for row in np.argsort(prices, kind="stable")[:TRIES]:
            if prices[row] >= below - BETTER:
                return False
            if self.layout.add(cohort, Item(need, int(desk.hosts[row]))):
                return True
        return False

    def fill(self) -> None:
        """Visits for all needs that lack some, the classes with the fewest days first."""
        order = sorted(self.board.desks, key=lambda desk: (len(desk.days), desk.index))
        for desk in order:
            if self.stop():
                return
            for need in self.missing(desk.index):
                self.insert(desk.index, need, self.costs.weights.unserved)

    def realise(self, chosen: Sequence[Sequence[Item]]) -> int:
        """The first stage's choice with days and half-days; how many classes couldn't be laid out as they were chosen."""
        self.layout = Layout(self.board)
        failed = 0
        order = sorted(self.board.desks, key=lambda desk: (len(desk.days), desk.index))
        for desk in order:
            cohort, items = desk.index, chosen[desk.index]
            loose = [Item(one.need, one.host) for one in items]
            found = self.layout.arrange(cohort, items)
            if found is None:
                failed += 1
                found = self.layout.arrange(cohort, loose)
            if found is not None:
                self.layout.restore(cohort, found)
                continue
            for item in loose:
                self.layout.add(cohort, item)
        self.fill()
        return failed

    def improve(self) -> bool:
        """One round over all visits: whether any found a cheaper place."""
        better = False
        for desk in self.board.desks:
            for one in list(self.layout.placed[desk.index]):
                if self.stop():
                    return False
                if one in self.layout.placed[desk.index]:
                    better = self._move(desk.index, one) or better
        return better

    def _move(self, cohort: int, one: Placed) -> bool:
        """A visit of a class at a cheaper place, if there is one."""
        desk, layout = self.board.desks[cohort], self.layout
        before = layout.clear(cohort)
        layout.restore(cohort, [other for other in before if other != one])
        now = marginal(self.board, layout, desk, one.item.need, self.costs.of[cohort])[
            desk.row[one.item.host]
        ]
        kept = self._credit(cohort, before)
        if self.insert(cohort, one.item.need, float(now)):
            new = layout.placed[cohort]
            gain = float(now) - self._last_price(cohort, new, one.item.need, before)
            if gain + self._credit(cohort, new) - kept > BETTER:
                return True
        layout.clear(cohort)
        layout.restore(cohort, before)
        return False

    def _last_price(self, cohort: int, now: Sequence[Placed], need: int, before: Sequence[Placed]) -> float:
        """What the visit that is new in a class adds to the others."""
        desk, layout = self.board.desks[cohort], self.layout
        old = {other.item.host for other in before}
        fresh = next(other for other in now if other.item.host not in old)
        layout.clear(cohort)
        layout.restore(cohort, [other for other in now if other is not fresh])
        price = float(
            marginal(self.board, layout, desk, need, self.costs.of[cohort])[desk.row[fresh.item.host]]
        )
        layout.clear(cohort)
        layout.restore(cohort, now)
        return price

    def _credit(self, cohort: int, visits: Sequence[Placed]) -> float:
        """Points saved by visits that keep their times of the last plan."""
        last: dict[tuple[int, int], Slot] = self.board.desks[cohort].last
        kept = sum(last.get((one.item.need, one.item.host)) == one.slot for one in visits)
        return kept * self.costs.weights.changes / 2
