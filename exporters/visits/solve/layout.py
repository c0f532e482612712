"""The second stage: days and half-days. A class's visits are laid out by an exhaustive search, given what its hosts can bear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from exporters.visits.solve.board import Board, Desk, Floats, Ints, Slot
from schemas.visits import Spot

ROUNDING = 1e-9
NODES = 4_000  # of a search among others; a proof may take many more
FREE = -1


@dataclass(frozen=True)
class Item:
    """A visit that has to be laid out: in any week or one (-1), in any slot or one. `row` is the class's own for the host."""

    need: int
    host: int
    week: int = -1
    slot: Slot | None = None


@dataclass
class Placed:
    """A visit and where it is."""

    item: Item
    slot: Slot
    fixed: bool = False


@dataclass
class Room:
    """What hosts have received so far."""

    board: Board
    busy: Ints = field(init=False)
    weekly: Ints = field(init=False)
    yearly: Ints = field(init=False)
    load: Ints = field(init=False)

    def __post_init__(self) -> None:
        board = self.board
        years = int(board.year.max() - board.year.min()) + 1
        self.busy = np.zeros((board.size, board.length, 2), dtype=np.int64)
        self.weekly = np.zeros((board.size, board.weeks), dtype=np.int64)
        self.yearly = np.zeros((board.size, years), dtype=np.int64)
        self.load = np.zeros(board.size, dtype=np.int64)

    def note(self, host: int, slot: Slot, step: int) -> None:
        """A visit more, or less."""
        board = self.board
        for half in slot.halves:
            self.busy[host, slot.day, half] += step
        self.weekly[host, board.week[slot.day]] += step
        self.yearly[host, board.year[slot.day] - board.year[0]] += step
        self.load[host] += step

    def has(self, host: int, slot: Slot) -> bool:
        """Whether the host can receive one more then."""
        board = self.board
        return bool(
            self.weekly[host, board.week[slot.day]] < board.each_week[host]
            and self.yearly[host, board.year[slot.day] - board.year[0]] < board.each_year[host]
            and all(self.busy[host, slot.day, half] < board.groups[host] for half in slot.halves)
        )


class Ways:
    """Where a class is, half-day by half-day, and whether it gets from each place to the next in time."""

    def __init__(self, board: Board, desk: Desk) -> None:
        self.board, self.desk = board, desk
        self.table = board.programme.timetable
        self.at: dict[tuple[int, int], int] = {}
        self.home = {
            (int(day), half)
            for place, day in enumerate(desk.days)
            if desk.taught[place]
            for half in (0, 1)
            if desk.has[place, half]
        }

    def put(self, slot: Slot, host: int) -> None:
        """The class is at a host then."""
        for half in slot.halves:
            self.at[slot.day, half] = host

    def take(self, slot: Slot) -> None:
        """It isn't, after all."""
        for half in slot.halves:
            del self.at[slot.day, half]

    def busy(self, slot: Slot) -> bool:
        """Whether the class is at some host then."""
        return any((slot.day, half) in self.at for half in slot.halves)

    def _spot(self, day: int, half: int, *, home: bool) -> tuple[Spot, int] | None:
        host = self.at.get((day, half))
        if host is not None:
            return self.board.spots[host], host
        return (self.desk.cohort.home, FREE) if home and (day, half) in self.home else None

    def good(self, days: Sequence[int], *, home: bool = True) -> bool:
        """Whether the ways on these days, and the nights before and after, can be made. `home` False leaves the classroom
        out, which a visit that is still to come may replace."""
        nights = {night for day in days for night in (day - 1, day)}
        return all(self._noon(day, home=home) for day in days) and all(
            self._night(night, home=home) for night in nights
        )

    def _noon(self, day: int, *, home: bool) -> bool:
        one, other = self._spot(day, 0, home=home), self._spot(day, 1, home=home)
        return self._leg(one, other, self.table.noon)

    def _night(self, day: int, *, home: bool) -> bool:
        known = self.desk.position.keys() | {slot.day for _, slot, _ in self.desk.fixed}
        if day not in known or day + 1 not in known:
            return True
        if not home and not ((day, 1) in self.at and (day + 1, 0) in self.at):
            return True
        last, evening = self._spot(day, 1, home=home), 0
        if last is None:
            last, evening = self._spot(day, 0, home=home), 1
        first, morning = self._spot(day + 1, 0, home=home), 0
        if first is None:
            first, morning = self._spot(day + 1, 1, home=home), 1
        return self._leg(last, first, self.table.night + self.table.half * (evening + morning))

    def _leg(self, one: tuple[Spot, int] | None, other: tuple[Spot, int] | None, most: float) -> bool:
        if one is None or other is None or one[1] == other[1]:
            return True
        return self.board.spell(one[0], other[0]) <= most + ROUNDING


class Exhausted(Exception):  # noqa: N818 (no error: a search that ends undecided)
    """A search went through as many nodes as it may."""


class Layout:
    """All visits with their times, class by class."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.room = Room(board)
        self.placed: list[list[Placed]] = [[] for _ in board.desks]
        self.fixed: list[list[Placed]] = [[] for _ in board.desks]
        for desk in board.desks:
            for host, slot, visit in desk.fixed:
                need = next(place for place, one in enumerate(desk.needs) if one.id == visit.need)
                self.fixed[desk.index].append(Placed(Item(need, host), slot, fixed=True))
                self.room.note(host, slot, 1)

    def clear(self, cohort: int) -> list[Placed]:
        """Take a class's visits away; what they were."""
        before = self.placed[cohort]
        for one in before:
            self.room.note(one.item.host, one.slot, -1)
        self.placed[cohort] = []
        return before

    def restore(self, cohort: int, visits: Sequence[Placed]) -> None:
        """Visits of a class that has none now."""
        for one in visits:
            self.room.note(one.item.host, one.slot, 1)
        self.placed[cohort] = list(visits)

    def strained(self, desk: Desk) -> bool:
        """Whether a class, as it is, doesn't get in time to a visit that stays, but could beside other visits."""
        if not desk.strained:
            return False
        ways = Ways(self.board, desk)
        for one in (*self.fixed[desk.index], *self.placed[desk.index]):
            ways.put(one.slot, one.item.host)
        return not ways.good(desk.strained)

    def arrange(self, cohort: int, items: Sequence[Item], nodes: int = NODES) -> list[Placed] | None:
        """Times for visits of a class that has none now, beside all others; None where the search found none."""
        try:
            return next(self.arrangements(cohort, items, nodes), None)
        except Exhausted:
            return None

    def arrangements(
        self, cohort: int, items: Sequence[Item], nodes: int, *, travel: bool = True
    ) -> Iterator[list[Placed]]:
        """All ways to lay visits of a class out. Raises Exhausted after so many nodes."""
        desk = self.board.desks[cohort]
        ways = Ways(self.board, desk)
        for one in self.fixed[cohort]:
            ways.put(one.slot, one.item.host)
        domains = [self.domain(desk, item) for item in items]
        order = sorted(range(len(items)), key=lambda place: (len(domains[place]), place))
        done: list[Placed] = []
        left = [nodes]

        def search(depth: int) -> Iterator[list[Placed]]:
            if depth == len(order):
                if not travel or ways.good([*desk.strained, *(one.slot.day for one in done)]):
                    yield list(done)
                return
            item = items[order[depth]]
            for slot in domains[order[depth]]:
                left[0] -= 1
                if left[0] < 0:
                    raise Exhausted
                if ways.busy(slot) or not self.room.has(item.host, slot):
                    continue
                ways.put(slot, item.host)
                if not travel or ways.good([slot.day], home=False):
                    done.append(Placed(item, slot))
                    yield from search(depth + 1)
                    done.pop()
                ways.take(slot)

        return search(0)

    def domain(self, desk: Desk, item: Item) -> Sequence[Slot]:
        """Slots of a visit as class and host have them: its own first, then those that need no other visit on that day."""
        if item.slot is not None:
            return [item.slot]
        key = item.need, item.host
        slots = desk.times.get(key)
        if slots is None:
            slots = desk.times[key] = _times(desk, *key)
        return slots if item.week < 0 else [slot for slot in slots if self.board.week[slot.day] == item.week]

    def add(self, cohort: int, item: Item) -> bool:
        """One visit more for a class, its others moved if they must."""
        if not self.domain(self.board.desks[cohort], item):
            return False
        before = self.clear(cohort)
        stay = [Item(one.item.need, one.item.host, one.item.week, one.slot) for one in before]
        found = self.arrange(cohort, [*stay, item], 400) or self.arrange(
            cohort, [*(one.item for one in before), item]
        )
        self.restore(cohort, before if found is None else found)
        return found is not None


def _times(desk: Desk, need: int, host: int) -> list[Slot]:
    """Slots of a visit in any week."""
    row = int(desk.row[host])
    slots = desk.slots(need, row)
    if not desk.whole[need] and desk.paired.any():
        places, halves = np.nonzero(desk.free[row] & desk.when[need][:, None] & desk.paired[:, None])
        slots += [Slot(int(desk.days[p]), int(h)) for p, h in zip(places, halves, strict=True)]
        slots = list(dict.fromkeys(slots))
    last = desk.last.get((need, host))
    if last is not None and (last in slots or (need, host) in desk.agreed):
        slots = [last, *(slot for slot in slots if slot != last)]
    return slots


def marginal(board: Board, layout: Layout, desk: Desk, need: int, cost: Floats) -> Floats:
    """What one more visit of a need would cost at each of the class's hosts; infinite where it can't be."""
    weights = board.programme.weights
    theirs = [*layout.fixed[desk.index], *layout.placed[desk.index]]
    visited = np.array([one.item.host for one in theirs], dtype=np.int64)
    hosts = desk.hosts
    total = cost[need] + weights.load * layout.room.load[hosts] / board.each_year[hosts]
    total = total + weights.regions * np.isin(board.province[hosts], board.province[visited])
    total = total + weights.industries * np.isin(board.industry[hosts], board.industry[visited])
    return np.where(desk.fit[need] & ~np.isin(hosts, visited), total, np.inf)
