"""Finds good plans by hand: fills what is missing, lays out what was chosen, and chooses class by class anew."""

from collections.abc import Callable, Sequence

import numpy as np

from exporters.visits.solve.board import Board
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.layout import Item, Layout, Placed, marginal
from exporters.visits.solve.whole import Whole

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
        """Visits for all needs that lack some, the classes that can't do without first, then those with the fewest days."""
        order = sorted(
            self.board.desks, key=lambda desk: (not self.layout.strained(desk), len(desk.days), desk.index)
        )
        for desk in order:
            if self.stop():
                return
            for need in self.missing(desk.index):
                self.insert(desk.index, need, self.costs.weights.unserved)

    def realise(self, chosen: Sequence[Sequence[Item]], before: Sequence[Sequence[Placed]] = ()) -> int:
        """The first stage's choice with days and half-days; how many classes couldn't be laid out as they were chosen. These keep
        the hosts that they had `before`, where that can be."""
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
                if found is None and before:
                    found = self.layout.arrange(cohort, [one.item for one in before[cohort]])
            if found is not None:
                self.layout.restore(cohort, found)
                continue
            for item in loose:
                self.layout.add(cohort, item)
        self.fill()
        return failed

    def improve(self, whole: Whole) -> bool:
        """One round over all classes: whether any has fewer points now."""
        better = False
        for desk in self.board.desks:
            if self.stop():
                return False
            better = whole.improve(self.layout, desk.index) or better
        return better
