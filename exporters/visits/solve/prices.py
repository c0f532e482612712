"""A bound for all plans, and prices that say where room is scarce: the Lagrangian dual of the first stage (Geoffrion 1974), climbed by
subgradients with steps as Polyak gives them.

There is a price for each visit to a host, for each class's visits to a province and for those to an industry, and for its visits
to a host that several of its needs would choose. At given prices every visit that is needed is had at its cheapest hosts, each need
for itself and over all hosts: the value is a bound whatever the prices. It leaves out times, but for hosts that could never
receive a class for a need.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from exporters.visits.solve.board import Board, Desk, Flags, Floats, Ints
from exporters.visits.solve.costs import Costs

WIDTH = 60  # hosts of a need, the cheapest at the prices of the time, that are looked at step by step
STEPS = 80  # until others are chosen
PATIENCE = 40  # steps without a better bound, before steps become smaller
SMALLEST = 0.002  # of Polyak's step
SMALL, LITTLE = 0.03, 1e-6  # steps so much smaller that gain so little, as a share of the bound: enough
IDLE = 6  # rounds that gained nothing: enough as well
MOMENTUM = 0.9  # of the last direction
AHEAD = 0.3  # of the bound: steps aim no further, however bad the plan is
SCARCE = 1e-4  # of an unserved visit: how far hosts' prices move where load counts nothing

Indices = npt.NDArray[np.int32]


@dataclass(frozen=True)
class _Near:
    """Of each class's need (one row) some hosts: what a visit costs there, and where its four prices are."""

    cost: Floats
    prices: tuple[Indices, ...]
    count: Ints

    def at(self, prices: Floats) -> Floats:
        """What is asked there."""
        asked = self.cost
        for place in self.prices:
            asked = asked + prices[place]
        return asked


class Prices:
    """The best prices so far, and the bound that they give."""

    def __init__(self, board: Board, costs: Costs) -> None:
        self.board, self.costs = board, costs
        self.bound = -np.inf
        self.alone = [_alone(board, desk) for desk in board.desks]
        self.possible = [_possible(board, desk) for desk in board.desks]
        self.credit: list[list[tuple[int, int]]] = [[] for _ in board.desks]
        for old in costs.old:
            self.credit[old.cohort].append((old.need, int(board.desks[old.cohort].row[old.host])))
        weights, classes = costs.weights, len(board.desks)
        provinces, industries = len(board.provinces), len(board.industries)
        self._first_province = board.size
        self._first_industry = board.size + classes * provinces
        self._none = self._first_industry + classes * industries  # always 0; then come those of `_once`
        self._once: Ints = np.zeros(0, dtype=np.int64)  # classes and hosts, as one number each, sorted
        self._at_once: Ints = np.zeros(0, dtype=np.int64)
        several = np.array([desk.count.sum() + len(desk.fixed) >= 2 for desk in board.desks], dtype=float)
        room = np.ones(self._none + 1)
        room[: board.size] = room[self._none] = 0.0
        for desk in board.desks:
            for host, _, _ in desk.fixed:
                room[self._province(desk.index, np.array(host))] = 0.0
                room[self._industry(desk.index, np.array(host))] = 0.0
        self._room: Floats = room
        self._most: Floats = np.concatenate(
            [
                np.full(board.size, weights.unserved),
                np.repeat(several * weights.regions, provinces),
                np.repeat(several * weights.industries, industries),
                np.zeros(1),
            ]
        )
        steps = weights.load / board.each_year + weights.unserved * SCARCE
        self._once_step = (weights.regions + weights.industries) / 6 + weights.unserved * SCARCE
        self._step: Floats = np.r_[steps, self._most[board.size :] / 2]
        self._row_class: Ints = np.array(
            [desk.index for desk in board.desks for _ in range(int((desk.count > 0).sum()))], dtype=np.int64
        )
        self.all: Floats = np.zeros(len(room))

    def _province(self, cohort: int, hosts: Ints) -> Ints:
        return np.asarray(
            self._first_province + cohort * len(self.board.provinces) + self.board.province[hosts]
        )

    def _industry(self, cohort: int, hosts: Ints) -> Ints:
        return np.asarray(
            self._first_industry + cohort * len(self.board.industries) + self.board.industry[hosts]
        )

    def _only(self, cohort: int, hosts: Ints) -> Ints:
        """Where the prices are that a class pays at each host to visit it but once."""
        if not len(self._once):
            return np.full(hosts.shape, self._none)
        key = cohort * self.board.size + hosts
        at = np.searchsorted(self._once, key).clip(max=len(self._once) - 1)
        return np.where(self._once[at] == key, self._at_once[at], self._none)

    def _places(self, cohort: int, hosts: Ints) -> tuple[Ints, Ints, Ints]:
        return self._province(cohort, hosts), self._industry(cohort, hosts), self._only(cohort, hosts)

    def own(self, cohort: int) -> Floats:
        """What a class pays at each of its hosts, but for what all pay."""
        hosts = self.board.desks[cohort].hosts
        province, industry, only = self._places(cohort, hosts)
        return np.asarray(self.all[province] + self.all[industry] + self.all[only])

    def rent(self, cohort: int) -> float:
        """What a class gets back of that, whatever it visits."""
        size, board = self.board.size, self.board
        first = self._first_province + cohort * len(board.provinces)
        second = self._first_industry + cohort * len(board.industries)
        low, high = np.searchsorted(self._once, [cohort * size, (cohort + 1) * size])
        some = np.r_[
            first : first + len(board.provinces),
            second : second + len(board.industries),
            self._at_once[low:high],
        ].astype(np.int64)
        return float(self.all[some] @ self._room[some])

    def rents(self, cohort: int) -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
        """The prices of a class that aren't 0: by province, by industry, by host."""
        board, size = self.board, self.board.size
        first = self._first_province + cohort * len(board.provinces)
        second = self._first_industry + cohort * len(board.industries)
        low, high = np.searchsorted(self._once, [cohort * size, (cohort + 1) * size])
        provinces = self.all[first : first + len(board.provinces)]
        industries = self.all[second : second + len(board.industries)]
        hosts = self.all[self._at_once[low:high]]
        return (
            {int(place): float(provinces[place]) for place in np.flatnonzero(provinces)},
            {int(place): float(industries[place]) for place in np.flatnonzero(industries)},
            {
                int(self._once[low + place] - cohort * size): float(hosts[place])
                for place in np.flatnonzero(hosts)
            },
        )

    def climb(self, points: Callable[[], float], stop: Callable[[float], bool]) -> None:
        """Better prices, until the bound is as good as it gets. `points` are those of the best plan; `stop` is told the bound."""
        factor, idle = 1.0, 0
        best, self.bound = self._look(self.all)
        known = best
        while self.board.size and idle < IDLE and factor > SMALLEST and not stop(self.bound):
            near = self._near(known)
            if self._more(near):
                near = self._near(known)
            factor, prices = self._steps(near, self.all, factor, points, stop)
            tried, value = self._look(prices)
            gain, idle = value - self.bound, idle + 1
            if gain > 0:
                best, self.bound, self.all, idle = tried, value, prices, 0
                known = best
                if gain < LITTLE * abs(value) and factor < SMALL:
                    return
            known = np.concatenate([known, tried], axis=1)

    def _steps(
        self,
        near: _Near,
        prices: Floats,
        factor: float,
        points: Callable[[], float],
        stop: Callable[[float], bool],
    ) -> tuple[float, Floats]:
        """Some steps, with these hosts only: how large they have become, and the best prices."""
        best, found, stale = -np.inf, prices, 0
        direction = np.zeros(len(prices))
        for _ in range(STEPS):
            value, slope = self._at(near, prices)
            stale += 1
            if value > best:
                best, found, stale = value, prices, 0
            if stale >= PATIENCE:
                factor, stale, prices = factor / 2, 0, found
                direction = np.zeros(len(prices))
                if factor <= SMALLEST:
                    break
                continue
            direction = slope + MOMENTUM * direction
            stuck = ((prices >= self._most) & (direction > 0)) | ((prices <= 0) & (direction < 0))
            way = np.where(stuck, 0.0, direction * self._step**2)
            length = float(way @ direction)
            if length == 0 or stop(self.bound):
                break
            target = min(points(), best + AHEAD * abs(best) + 1.0)
            prices = np.clip(prices + factor * max(target - value, 0.0) / length * way, 0.0, self._most)
        return factor, found

    def _asked(self, desk: Desk) -> Floats:
        """What visits cost a class by need and host, at least; infinite where it can't be received."""
        cost = self.costs.of[desk.index]
        asked = np.where(self.possible[desk.index], cost, np.inf)
        for need, row in self.credit[desk.index]:
            asked[need, row] = cost[need, row] - self.costs.weights.changes / 2
        return np.asarray(asked)

    def at_work(self) -> list[tuple[int, int]]:
        """Classes and needs that the bound is about: without all others it is as high."""
        found = []
        for desk in self.board.desks:
            price = np.sort(self._asked(desk) + self.own(desk.index) + self.all[desk.hosts], axis=1)
            for need, count in enumerate(desk.count.tolist()):
                if count and (count > price.shape[1] or price[need, count - 1] > 0):
                    found.append((desk.index, need))
        return found

    def _look(self, prices: Floats) -> tuple[Ints, float]:
        """The cheapest hosts of all needs at these prices (needs, `WIDTH`; -1 where there are fewer), and the bound that the prices
        give."""
        value, unserved = self._of_hosts(prices)[0], self.costs.weights.unserved
        found = np.full((len(self._row_class), WIDTH), -1)
        row = 0
        for desk in self.board.desks:
            needs = np.flatnonzero(desk.count)
            price = self._asked(desk)[needs] + prices[desk.hosts]
            for place in self._places(desk.index, desk.hosts):
                price += prices[place]
            width = min(WIDTH, len(desk.hosts))
            if width:
                at = np.argpartition(price, width - 1, axis=1)[:, :width]
                found[row : row + len(needs), :width] = desk.hosts[at]
                price = np.sort(np.take_along_axis(price, at, axis=1), axis=1)
            for least, count in zip(price, desk.count[needs].tolist(), strict=True):
                value += float(np.minimum(least[:count], unserved).sum()) + unserved * max(0, count - width)
            row += len(needs)
        return found, value + self.costs.constant - float(prices @ self._room)

    def _near(self, hosts: Ints) -> _Near:
        """Hosts of all needs, each once, with what they cost and where their prices are."""
        hosts = np.sort(hosts, axis=1)
        hosts[:, 1:][hosts[:, 1:] == hosts[:, :-1]] = -1
        hosts = -np.sort(-hosts, axis=1)
        hosts = hosts[:, : max(1, int((hosts >= 0).sum(axis=1).max(initial=1)))]
        known = hosts >= 0
        hosts = np.where(known, hosts, 0)
        cost, row = np.full(hosts.shape, np.inf), 0
        places: list[list[Ints]] = [[], [], []]
        for desk in self.board.desks:
            needs = np.flatnonzero(desk.count)
            own = hosts[row : row + len(needs)]
            cost[row : row + len(needs)] = (
                np.take_along_axis(self._asked(desk)[needs], desk.row[own], axis=1)
                if len(desk.hosts)
                else np.inf
            )
            for some, place in zip(places, self._places(desk.index, own), strict=True):
                some.append(place)
            row += len(needs)
        every = (hosts, *(np.concatenate(some) for some in places))
        count = np.concatenate([desk.count[desk.count > 0] for desk in self.board.desks])
        return _Near(np.where(known, cost, np.inf), tuple(some.astype(np.int32) for some in every), count)

    def _more(self, near: _Near) -> bool:
        """Prices for what several needs of a class would choose; whether there are new ones."""
        asked = near.at(self.all)
        first = asked.argmin(axis=1)
        rows = np.arange(len(first))
        there = asked[rows, first] < self.costs.weights.unserved
        key = (self._row_class * self.board.size + near.prices[0][rows, first])[there]
        key, times = np.unique(key, return_counts=True)
        new = np.setdiff1d(key[times > 1], self._once)
        if not len(new):
            return False
        at = np.r_[self._at_once, len(self.all) + np.arange(len(new))]
        self._once = np.r_[self._once, new]
        order = np.argsort(self._once)
        self._once, self._at_once = self._once[order], at[order]
        self.all = np.r_[self.all, np.zeros(len(new))]
        self._room = np.r_[self._room, np.ones(len(new))]
        self._most = np.r_[self._most, np.full(len(new), self.costs.weights.unserved)]
        self._step = np.r_[self._step, np.full(len(new), self._once_step)]
        return True

    def _at(self, near: _Near, prices: Floats) -> tuple[float, Floats]:
        """The value at prices when there are no other hosts, and its slope."""
        asked = near.at(prices)
        unserved = self.costs.weights.unserved
        value, slope = self._of_hosts(prices)
        value += self.costs.constant - float(prices @ self._room)
        slope -= self._room
        for count in np.unique(near.count):
            needs = np.flatnonzero(near.count == count)
            some = asked[needs]
            at = some.argmin(axis=1)[:, None]
            if count > 1:
                at = np.argpartition(some, min(count, some.shape[1]) - 1, axis=1)[:, :count]
            least = np.take_along_axis(some, at, axis=1)
            value += float(np.minimum(least, unserved).sum())
            value += unserved * len(needs) * max(0, count - some.shape[1])
            row, column = np.nonzero(least < unserved)
            row, column = needs[row], at[row, column]
            for place in near.prices:
                slope += np.bincount(place[row, column], minlength=len(slope))
        return value, slope

    def _of_hosts(self, prices: Floats) -> tuple[float, Floats]:
        """What the hosts' load adds if each receives as many visits as pay, and these as a slope."""
        board, weight = self.board, self.costs.weights.load
        before, price = board.fixed_load, prices[: board.size]
        room = np.maximum(board.most - before, 0)
        visits = np.where(price > 0, room, 0)
        if weight:
            visits = np.clip(np.ceil(price * board.each_year / weight - before - 1e-9), 0, room)
        points = weight / board.each_year * (before * visits + visits * (visits - 1) / 2) - price * visits
        slope = np.zeros(len(prices))
        slope[: board.size] = -visits
        return float(points.sum()), slope


def _alone(board: Board, desk: Desk) -> Flags:
    """Hosts that can receive a class for a need with nothing else on that day, from the classroom and back: (needs, hosts)."""
    near = desk.home_hours[desk.hosts] <= board.programme.timetable.night
    wholly = desk.wholly & (near[:, None] | ~desk.taught[None])
    alone: Flags = np.asarray(desk.alone.any(axis=2))
    there: Flags = np.where(desk.whole[:, None, None], wholly[None], alone[None]) & desk.when[:, None, :]
    found = np.asarray(desk.fit & there.any(axis=2))
    for need, host in desk.agreed:
        found[need, desk.row[host]] = True
    return found


def _possible(board: Board, desk: Desk) -> Flags:
    """Hosts that could receive a class for a need at some time: alone on that day, or where the classroom is too far away, beside
    another visit: (needs, hosts)."""
    there = np.asarray((desk.wholly[None] & desk.when[:, None, :]).any(axis=2) & desk.whole[:, None])
    possible = _alone(board, desk) | (desk.fit & there)
    return possible | _beside(board, desk, possible) if desk.paired.any() else possible


def _beside(board: Board, desk: Desk, possible: Flags) -> Flags:
    """Hosts that aren't possible alone, but when another near them is visited in the other half of the day."""
    found = np.zeros_like(possible)
    half_day = np.flatnonzero(~desk.whole & (desk.count > 0))
    if not len(half_day):
        return found
    days = np.flatnonzero(desk.paired)
    wanted = np.asarray((desk.fit[half_day][:, :, None] & desk.when[half_day][:, None, days]).any(axis=0))
    some: Flags = desk.free[:, days] & wanted[:, :, None]
    rows = np.flatnonzero((desk.fit & ~possible)[half_day].any(axis=0) & some.any(axis=(1, 2)))
    hosts, others = board.near_of(desk.hosts[rows])
    first, second = desk.row[hosts], desk.row[others]
    first, second = first[second >= 0], second[second >= 0]
    both = (some[first] & some[second][:, :, ::-1]).any(axis=2)
    together = np.zeros((len(desk.hosts), len(days)), dtype=bool)
    np.logical_or.at(together, first, both)
    for need in half_day:
        found[need] = desk.fit[need] & (together & desk.when[need, days]).any(axis=1)
    return found
