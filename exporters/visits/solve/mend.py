"""Visits that stay, and whose ways a class can make only beside another visit: the host that it came from on the evening before has
closed, or that visit was cancelled. Such a class needs a visit that shortens the way, where there is any."""

from collections.abc import Iterator, Sequence

from exporters.visits.solve.board import Board, Desk, Slot
from exporters.visits.solve.layout import NODES, Item, Layout, Ways


def strain(board: Board) -> None:
    """Note such days of each class (`Desk.strained`). A day that no visit helps isn't noted: whatever is planned, the way there is too
    long, and the checker tells it."""
    some = [desk for desk in board.desks if desk.fixed]
    if not some:
        return
    layout = Layout(board)
    for desk in some:
        ways = Ways(board, desk)
        for host, slot, _ in desk.fixed:
            ways.put(slot, host)
        long = [slot.day for _, slot, _ in desk.fixed if not ways.good([slot.day])]
        if long and _Mending(layout, desk, ways).helps(long):
            desk.strained = long


class _Mending:
    """A search for visits of one class, all others left aside."""

    def __init__(self, layout: Layout, desk: Desk, ways: Ways) -> None:
        self.layout, self.desk, self.ways = layout, desk, ways
        self.wanted = desk.count.tolist()
        self.visited: set[int] = set()
        self.left = NODES

    def helps(self, days: Sequence[int]) -> bool:
        """Whether there are visits beside which all ways of these days, and theirs, can be made."""
        long = next((day for day in days if not self.ways.good([day])), None)
        if long is None:
            return True
        for item, slot in self._near(long):
            self.left -= 1
            if self.left < 0:
                return False
            self._put(item, slot)
            found = self.ways.good([slot.day], home=False) and self.helps([*days, slot.day])
            self._take(item, slot)
            if found:
                return True
        return False

    def _near(self, day: int) -> Iterator[tuple[Item, Slot]]:
        """Visits on a day, the day before and the day after."""
        for need, count in enumerate(self.wanted):
            for host in self.desk.hosts[self.desk.fit[need]].tolist() if count else ():
                item = Item(need, host)
                for slot in self.layout.domain(self.desk, item) if host not in self.visited else ():
                    free = not self.ways.busy(slot) and self.layout.room.has(host, slot)
                    if free and abs(slot.day - day) <= 1:
                        yield item, slot

    def _put(self, item: Item, slot: Slot) -> None:
        self.ways.put(slot, item.host)
        self.wanted[item.need] -= 1
        self.visited.add(item.host)

    def _take(self, item: Item, slot: Slot) -> None:
        self.ways.take(slot)
        self.wanted[item.need] += 1
        self.visited.discard(item.host)
