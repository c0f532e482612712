"""All visits of one class at once, the others staying as they are: a depth-first search over sets of hosts, kept small by prices
below which no set can be, then days and half-days for the best of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappush, heapreplace
from typing import NamedTuple

import numpy as np

from exporters.visits.solve.board import Board, Desk, Flags, Floats, Ints
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.layout import Item, Layout, Placed
from exporters.visits.solve.prices import Prices

BETTER = 1e-6  # points
SLACK = 0.1  # points above the least that prices allow, where the search begins
NODES = 1_000  # of the search for one class
CHOICES = 10  # that are laid out, the cheapest first
MOST = 8  # visits that are chosen together: of a class with more, one part after the other
PAIRS = 200  # of hosts on one day, the cheapest at the prices
TRIES = 300  # nodes of a layout that only says whether there is one


class Choice(NamedTuple):
    """Visits of a class, and their points, in which visits of the last plan keep their times."""

    points: float
    items: tuple[Item, ...]


class Whole:
    """The classes at the prices so far."""

    def __init__(self, board: Board, costs: Costs, prices: Prices) -> None:
        self.board, self.costs, self.prices = board, costs, prices
        self._pairs: dict[int, tuple[Ints, Ints]] = {}

    def improve(self, layout: Layout, cohort: int) -> bool:
        """Choose a class's visits anew; whether it has fewer points now."""
        needs = self._visits(self.board.desks[cohort])
        parts = [needs[first : first + MOST] for first in range(0, len(needs), MOST)]
        better = [self._improve(layout, cohort, part) for part in parts]
        return any(better)

    def _visits(self, desk: Desk) -> list[int]:
        """The needs of a class, each as often as visits are needed."""
        return [need for need in range(len(desk.needs)) for _ in range(int(desk.count[need]))]

    def _improve(self, layout: Layout, cohort: int, needs: Sequence[int]) -> bool:
        """The visits for some of its needs."""
        desk = self.board.desks[cohort]
        strained, before = layout.strained(desk), layout.clear(cohort)
        stay = _without(before, needs)
        load = self.costs.weights.load * layout.room.load[desk.hosts] / self.board.each_year[desk.hosts]
        cost = self._costs(desk, load)
        now = np.inf if strained else self._points(desk, cost, before)
        kept = tuple(Item(one.item.need, one.item.host, one.item.week, one.slot) for one in stay)
        for choice in _Search(self, desk, cost, needs, stay, CHOICES, NODES).below(now - BETTER):
            placed = layout.arrange(cohort, (*kept, *choice.items))
            if placed is not None and self._points(desk, cost, placed) < now - BETTER:
                layout.restore(cohort, placed)
                return True
        layout.restore(cohort, before)
        return False

    def choices(self, cohort: int, most: int, nodes: int) -> list[Choice]:
        """The best choices of a class at the hosts' prices that can be laid out beside nobody else's. Their points are those of
        the class, without load."""
        desk = self.board.desks[cohort]
        needs, layout = self._visits(desk), Layout(self.board)
        if not needs or len(needs) > MOST:
            return []
        cost, found = self._costs(desk, self.prices.all[desk.hosts]), []
        for choice in _Search(self, desk, cost, needs, (), most, nodes).below(np.inf):
            if layout.arrange(cohort, choice.items, TRIES) is not None:
                points = choice.points - sum(float(self.prices.all[item.host]) for item in choice.items)
                found.append(Choice(points, choice.items))
            if len(found) == most:
                break
        return found

    def pairs(self, cohort: int) -> tuple[Ints, Ints]:
        """Rows of hosts that a class can visit on one day, of which one at least it can't visit but so."""
        if cohort not in self._pairs:
            self._pairs[cohort] = self._find_pairs(self.board.desks[cohort])
        return self._pairs[cohort]

    def _find_pairs(self, desk: Desk) -> tuple[Ints, Ints]:
        only = self.prices.possible[desk.index] & ~self.prices.alone[desk.index]
        beside: Flags = np.asarray(only[~desk.whole].any(axis=0))
        hosts, others = self.board.near_of(desk.hosts[beside])
        first, second = desk.row[hosts], desk.row[others]
        there = (second >= 0) & ((first < second) | ~beside[second])
        first, second = first[there], second[there]
        free = desk.free & desk.paired[None, :, None]
        day = (free[first, :, 0] & free[second, :, 1]) | (free[first, :, 1] & free[second, :, 0])
        some = day.any(axis=1)
        return first[some], second[some]

    def points(self, cohort: int, placed: Sequence[Placed]) -> float:
        """Of a class's visits, without load."""
        desk = self.board.desks[cohort]
        return self._points(desk, self._costs(desk, np.zeros(len(desk.hosts))), placed)

    def _costs(self, desk: Desk, more: Floats) -> Floats:
        """What a visit costs by need and host, where hosts ask for more."""
        return np.asarray(
            np.where(self.prices.possible[desk.index], self.costs.of[desk.index] + more, np.inf)
        )

    def _points(self, desk: Desk, cost: Floats, placed: Sequence[Placed]) -> float:
        """Of a class's visits, of those that it lacks, of repeats, and less what visits save that keep their times of the last
        plan."""
        weights, board = self.costs.weights, self.board
        hosts = [one.item.host for one in placed]
        total = weights.unserved * (int(desk.count.sum()) - len(placed))
        for one in placed:
            total += float(cost[one.item.need, desk.row[one.item.host]])
            if desk.last.get((one.item.need, one.item.host)) == one.slot:
                total -= weights.changes / 2
        for weight, codes in ((weights.regions, board.province), (weights.industries, board.industry)):
            fixed = {int(codes[host]) for host, _, _ in desk.fixed}
            total += weight * (len(hosts) - len({int(codes[host]) for host in hosts} - fixed))
        return total


def _without(placed: Sequence[Placed], needs: Sequence[int]) -> list[Placed]:
    """Visits but for these needs, each as often as it stands there, the last first."""
    left, stay = Counter(needs), []
    for one in reversed(placed):
        left[one.item.need] -= 1
        if left[one.item.need] < 0:
            stay.append(one)
    return stay[::-1]


class _Host(NamedTuple):
    """A host: its row (-1: no host, no visit), its province and industry, the visits that it could receive as bits, and the prices of
    province, industry and host, which are lost where nobody goes there."""

    row: int
    province: int
    industry: int
    fit: int
    rents: tuple[float, float, float]


class _Offer(NamedTuple):
    """A host, or two on one day: how much more they ask than the cheapest, each and together."""

    each: float
    more: float
    hosts: tuple[_Host, ...]


class _Rent:
    """What a class gets back of its prices for provinces, or industries, or single hosts: for what it doesn't visit that is lost."""

    def __init__(self, prices: Mapping[int, float], seen: Iterable[int]) -> None:
        self.prices = prices
        self.lost = sum(price for one, price in prices.items() if one not in set(seen))
        largest = sorted(prices.values(), reverse=True)
        self.most = [sum(largest[:count]) for count in range(MOST + 1)]  # that so many visits save

    def of(self, places: Ints) -> list[float]:
        """The prices of some."""
        return [self.prices.get(place, 0.0) for place in places.tolist()]


class _Search:
    """Choices for some needs of one class at given costs: sets of hosts, each once, between which the needs can be shared out, beside
    visits that stay. All points are counted from `least`, below which no choice is."""

    def __init__(
        self,
        whole: Whole,
        desk: Desk,
        cost: Floats,
        needs: Sequence[int],
        stay: Sequence[Placed],
        most: int,
        nodes: int,
    ) -> None:
        weights, board, prices = whole.costs.weights, whole.board, whole.prices
        self.desk, self.board, self.needs, self.most, self.left = desk, board, needs, most, nodes
        asked = cost + prices.own(desk.index)
        for need, row in prices.credit[desk.index]:
            asked[need, row] -= weights.changes / 2
        lowest = np.minimum(asked.min(axis=1, initial=np.inf), weights.unserved)
        self.more = asked - lowest[:, None]
        self.none = weights.unserved - lowest
        mine = sorted(set(needs))
        rows = [int(desk.row[one.item.host]) for one in stay]
        alone = prices.alone[desk.index][mine]
        self.single = np.where(alone, self.more[mine], np.inf).min(axis=0, initial=np.inf)
        halves = [need for need in mine if not desk.whole[need]]
        self.double = self.more[halves].min(axis=0, initial=np.inf)
        self.single[rows] = self.double[rows] = np.inf
        self.pairs = whole.pairs(desk.index)
        self.alone = prices.alone[desk.index]
        self.least = sum(float(lowest[need]) for need in needs) - prices.rent(desk.index)
        self.least += sum(float(asked[one.item.need, row]) for one, row in zip(stay, rows, strict=True))
        self.credited = bool(prices.credit[desk.index])
        self.total = asked.min(axis=0, initial=np.inf)
        self.asked_for = sum(float(lowest[need]) for need in needs)
        self.unserved = weights.unserved
        self.weights = weights.regions, weights.industries
        there = [host for host, _, _ in desk.fixed] + [one.item.host for one in stay]
        self.provinces = [int(board.province[host]) for host in there]
        self.industries = [int(board.industry[host]) for host in there]
        own = prices.rents(desk.index)
        self.rents = _Rent(own[0], self.provinces), _Rent(own[1], self.industries), _Rent(own[2], there)
        before = len(desk.fixed)
        for codes, rent, weight in zip(
            (self.provinces, self.industries), self.rents, self.weights, strict=False
        ):
            for place, code in enumerate(codes[before:], before):
                if code in codes[:place]:
                    self.least += weight - rent.prices.get(code, 0.0)
        self._shares: dict[tuple[int, int], int] = {}

    def below(self, points: float) -> Iterator[Choice]:
        """Choices with fewer points, the cheapest first, as far as the search goes."""
        room, slack, known = points - self.least, SLACK, set()
        while room > 0 and self.left > 0:
            for choice in self._within(min(room, slack)):
                if choice.items not in known:
                    known.add(choice.items)
                    yield choice
            if slack >= room or len(known) >= self.most:
                return
            slack *= 2

    def _within(self, room: float) -> list[Choice]:  # noqa: C901, PLR0915
        """The best choices less than so far above `least`."""
        offers, last = self._offers(room), len(self.needs)
        most_p, most_i, most_h = (rent.most for rent in self.rents)
        again_p, again_i = self.weights
        provinces, industries = Counter(self.provinces), Counter(self.industries)
        used: Counter[int] = Counter()
        found: list[tuple[float, int, tuple[_Offer, ...]]] = []
        chosen: list[_Offer] = []

        # The inner loop of all planning: its parts, as functions of their own, would take twice as long.
        def search(  # noqa: C901, PLR0912
            more: float, lost_p: float, lost_i: float, lost_h: float, start: int, shares: int, left: int
        ) -> None:
            nonlocal room
            for place in range(start, len(offers)):
                offer = offers[place]
                self.left -= 1
                if self.left < 0 or more + offer.each * left >= room:
                    return
                now, own, then = shares, more + offer.more, left - len(offer.hosts)
                if then < 0:
                    continue
                new_p, new_i, new_h = lost_p, lost_i, lost_h
                for row, province, industry, fit, (of_p, of_i, of_h) in offer.hosts:
                    now = 0 if used[row] and row >= 0 else self._share(now, fit)
                    if provinces[province]:
                        own += again_p - of_p
                    else:
                        new_p -= of_p
                    if industries[industry]:
                        own += again_i - of_i
                    else:
                        new_i -= of_i
                    new_h -= of_h
                    if row >= 0:
                        provinces[province] += 1
                        industries[industry] += 1
                    used[row] += 1
                least = max(0.0, new_p - most_p[then]) + max(0.0, new_i - most_i[then])
                if now and own + least + max(0.0, new_h - most_h[then]) < room:
                    chosen.append(offer)
                    if then:
                        search(own, new_p, new_i, new_h, place + 1, now, then)
                    else:
                        points = own + new_p + new_i + new_h + self._dearer(chosen)
                        if points < room:
                            put = heappush if len(found) < self.most else heapreplace
                            put(found, (-points, self.left, tuple(chosen)))
                            if len(found) == self.most:
                                room = min(room, -found[0][0])
                    chosen.pop()
                for row, province, industry, _, _ in offer.hosts:
                    if row >= 0:
                        provinces[province] -= 1
                        industries[industry] -= 1
                    used[row] -= 1

        if last:
            lost_p, lost_i, lost_h = (rent.lost for rent in self.rents)
            search(0.0, lost_p, lost_i, lost_h, 0, 1, last)
        return [
            Choice(self.least - points, self._shared_out(offers)[1])
            for points, _, offers in sorted(found, reverse=True)
        ]

    def _dearer(self, chosen: Sequence[_Offer]) -> float:
        """What hosts ask more for the needs that they receive than for those that they would receive for least."""
        if self.credited:
            asked = self._shared_out(chosen)[0]
        else:  # each asks the same for all needs
            rows = [host.row for one in chosen for host in one.hosts]
            asked = sum(float(self.total[row]) if row >= 0 else self.unserved for row in rows)
            asked -= self.asked_for
        return asked - sum(one.more for one in chosen)

    def _share(self, shares: int, fit: int) -> int:
        """Which sets of visits some hosts could receive between them, as bits, when there is one host more."""
        known = self._shares.get((shares, fit))
        if known is None:
            known = 0
            for some in range(shares.bit_length()):
                if shares >> some & 1:
                    for visit in range(len(self.needs)):
                        if fit >> visit & 1 and not some >> visit & 1:
                            known |= 1 << (some | 1 << visit)
            self._shares[shares, fit] = known
        return known

    def _shared_out(self, chosen: Sequence[_Offer]) -> tuple[float, tuple[Item, ...]]:
        """The cheapest way to share the needs out between hosts, and how much more they ask for it."""
        best: dict[int, tuple[float, tuple[Item, ...]]] = {0: (0.0, ())}
        for host in (host for offer in chosen for host in offer.hosts):
            new: dict[int, tuple[float, tuple[Item, ...]]] = {}
            for some, (more, items) in best.items():
                for visit, need in enumerate(self.needs):
                    if host.fit >> visit & 1 and not some >> visit & 1:
                        own = float(self.more[need, host.row] if host.row >= 0 else self.none[need])
                        key = some | 1 << visit
                        if key not in new or more + own < new[key][0]:
                            item = (Item(need, int(self.desk.hosts[host.row])),) if host.row >= 0 else ()
                            new[key] = (more + own, (*items, *item))
            best = new
        return best[(1 << len(self.needs)) - 1]

    def _offers(self, room: float) -> list[_Offer]:
        """Hosts, and pairs of hosts, that ask less than so much more than the cheapest, and to go without."""
        rows = np.flatnonzero(self.single < room)
        hosts = self._hosts(rows, self.alone)
        offers = [
            _Offer(more, more, (host,)) for more, host in zip(self.single[rows].tolist(), hosts, strict=True)
        ]
        first, second = self.pairs
        both = self.double[first] + self.double[second]
        some = np.flatnonzero(both < room)
        if len(some) > PAIRS:
            some = some[np.argpartition(both[some], PAIRS)[:PAIRS]]
        halves = self._half_days()
        for more, one, other in zip(
            both[some].tolist(),
            self._hosts(first[some], halves),
            self._hosts(second[some], halves),
            strict=True,
        ):
            offers.append(_Offer(more / 2, more, (one, other)))
        offers.sort(key=lambda one: one.each)
        none = min((float(self.none[need]) for need in self.needs), default=np.inf)
        if none < room:
            nobody = _Host(-1, -1, -1, (1 << len(self.needs)) - 1, (0.0, 0.0, 0.0))
            offers += [_Offer(none, none, (nobody,))] * len(self.needs)
        return offers

    def _half_days(self) -> Flags:
        """By need and row: half-day visits to hosts that are possible."""
        return np.asarray(np.isfinite(self.more) & ~self.desk.whole[:, None])

    def _hosts(self, rows: Ints, which: Flags) -> list[_Host]:
        """Hosts of rows for the needs that are marked."""
        board, hosts = self.board, self.desk.hosts[rows]
        fit = np.zeros(len(rows), dtype=np.int64)
        for visit, need in enumerate(self.needs):
            fit |= np.where(which[need, rows] & np.isfinite(self.more[need, rows]), 1 << visit, 0)
        provinces, industries = board.province[hosts], board.industry[hosts]
        places = (provinces, industries, hosts)
        rents = zip(*(rent.of(some) for rent, some in zip(self.rents, places, strict=True)), strict=True)
        parts = zip(rows.tolist(), provinces.tolist(), industries.tolist(), fit.tolist(), strict=True)
        return [_Host(*one, own) for one, own in zip(parts, rents, strict=True)]
