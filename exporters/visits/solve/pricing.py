"""Columns that the first stage hasn't got yet, by what they would cost at the duals of those it has.

No column is left out for good: all that fit are priced, in bulk, class by class. What the rest could save at most goes into
the bound, so that the bound holds for all columns however early the search stops.
"""

from dataclasses import dataclass

import numpy as np

from exporters.visits.solve.board import Board, Desk, Flags, Floats, Ints
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.master import NONE, Columns, Master

EPSILON = 1e-7


@dataclass(frozen=True)
class Duals:
    """What a unit of each row is worth, spread over the places that columns have."""

    row: Floats

    def at(self, rows: Ints) -> Floats:
        """Duals of rows; 0 where a row isn't written."""
        return np.where(rows >= 0, self.row[rows], 0.0)


class Choices:
    """Where a class could go: for each need and host of the class whether in some week, and in which; pairs of hosts that
    can share a day."""

    def __init__(self, board: Board, desk: Desk) -> None:
        self.desk = desk
        self.weeks, starts = np.unique(desk.weeks, return_index=True)
        half_days: Flags = np.asarray(desk.alone.any(axis=2))
        slots = np.where(desk.whole[:, None, None], desk.wholly[None], half_days[None])
        slots = slots & desk.when[:, None, :] & desk.fit[:, :, None]
        if len(starts):
            self.open: Flags = np.logical_or.reduceat(slots, starts, axis=2)
        else:
            self.open = np.zeros((*desk.fit.shape, 0), dtype=bool)
        for (need, host), slot in desk.agreed.items():
            self.open[need, desk.row[host], np.searchsorted(self.weeks, board.week[slot.day])] = True
        self.some: Flags = np.asarray(self.open.any(axis=2))
        self.held: Flags = np.zeros_like(self.open)  # in the program already
        self.held_pairs: set[tuple[int, int, int, int, int]] = set()

    def pairs(self, board: Board, one: Flags, two: Flags) -> Ints:
        """Ordered pairs of the marked rows, morning and afternoon, of which one at least is too far from the classroom."""
        desk = self.desk
        if not desk.paired.any() or not one.any() or not two.any():
            return np.zeros((2, 0), dtype=np.int64)
        host, other = board.near_of(desk.hosts[one])
        first, second = desk.row[host], desk.row[other]
        there = second >= 0
        first, second = first[there], second[there]
        return np.array([first, second])[:, two[second] & ~(desk.near[first] & desk.near[second])]

    def days_of(self, need: int, one: Ints, need2: int, two: Ints) -> Flags:
        """On which days pairs of rows could be visited: (pairs, days)."""
        desk = self.desk
        days = desk.paired & desk.when[need] & desk.when[need2]
        return np.asarray(desk.free[one, :, 0] & desk.free[two, :, 1] & days)

    def columns(self, cost: Floats, need: Ints, row: Ints, week: Ints) -> Columns:
        """Columns of single visits; `week` is an index into the class's weeks."""
        desk = self.desk
        self.held[need, row, week] = True
        none, own = np.full(len(need), NONE), np.full(len(need), desk.index)
        return Columns(own, need, desk.hosts[row], none, none, self.weeks[week], cost[need, row])

    def pair_columns(self, cost: Floats, found: "list[tuple[int, int, int, int, int]]") -> Columns:
        """Columns of pairs: need, row, need, row and week (an index)."""
        desk = self.desk
        self.held_pairs.update(found)
        need, row, need2, row2, week = np.array(found, dtype=np.int64).reshape(-1, 5).T
        size = np.full(len(found), desk.index)
        price = cost[need, row] + cost[need2, row2]
        return Columns(size, need, desk.hosts[row], need2, desk.hosts[row2], self.weeks[week], price)


class Pricer:
    """Prices the columns of all classes."""

    def __init__(self, board: Board, costs: Costs) -> None:
        self.board, self.costs = board, costs
        self.choices = [Choices(board, desk) for desk in board.desks]

    def first(self, most: int) -> Columns:
        """Cheap columns to begin with: for each need the nearest hosts, the nearest of each province and each industry."""
        parts = []
        for choice, cost in zip(self.choices, self.costs.of, strict=True):
            desk = choice.desk
            chosen: list[tuple[int, int]] = []
            for need in range(len(desk.needs)):
                rows = np.flatnonzero(choice.some[need])
                rows = rows[np.argsort(cost[need, rows], kind="stable")]
                lead = [rows[:most]]
                lead += [
                    rows[np.unique(codes[desk.hosts[rows]], return_index=True)[1]][: most * 2]
                    for codes in (self.board.province, self.board.industry)
                ]
                chosen.extend((need, int(row)) for row in np.unique(np.concatenate(lead)))
            parts.append(self._singles(choice, cost, np.array(chosen, dtype=np.int64).reshape(-1, 2)))
        return Columns.join(parts)

    def _singles(self, choice: Choices, cost: Floats, chosen: Ints) -> Columns:
        """Columns of needs and rows, in all their weeks."""
        need, row = chosen.T
        which, week = np.nonzero(choice.open[need, row])
        need, row = need[which], row[which]
        fresh = ~choice.held[need, row, week]
        return choice.columns(cost, need[fresh], row[fresh], week[fresh])

    def price(self, master: Master, duals: Duals, threshold: float, most: int) -> tuple[float, Columns]:
        """What columns not held could save at most in all, and those below `threshold`: the best `most` of each need."""
        saving, parts = 0.0, []
        duals = Duals(np.r_[duals.row, np.zeros(len(master.upper) - len(duals.row))])  # rows written since
        for choice in self.choices:
            found, columns = self._class(choice, master, duals, threshold, most)
            saving += found
            parts += columns
        return saving, Columns.join(parts)

    def _class(
        self, choice: Choices, master: Master, duals: Duals, threshold: float, most: int
    ) -> tuple[float, list[Columns]]:
        desk = choice.desk
        if not len(desk.needs) or not len(desk.hosts) or not len(choice.weeks):
            return 0.0, []
        cost = self.costs.of[desk.index]
        base = self._reduced(desk, cost, master, duals)
        weeks = self._week_prices(choice, master, duals)
        reduced = np.where(
            choice.open & ~choice.held,
            base[:, :, None] + weeks * np.where(desk.whole, 2, 1)[:, None, None],
            np.inf,
        )
        reduced += self._host_week_prices(choice, master, duals)[None]
        reduced = self._kept(choice, master, duals, reduced)
        best = np.minimum(reduced.min(axis=(1, 2), initial=0.0), 0.0)
        parts = []
        for need in range(len(desk.needs)):
            lowest = reduced[need].min(axis=1)
            rows = np.flatnonzero(lowest < threshold)
            rows = rows[np.argsort(lowest[rows], kind="stable")[:most]]
            which, week = np.nonzero(reduced[need, rows] < threshold)
            if len(which):
                parts.append(choice.columns(cost, np.full(len(which), need), rows[which], week))
        found = self._pairs(choice, base, weeks, master, duals, best, max(threshold, -EPSILON))
        chosen = sorted(found, key=lambda one: (one[0], one[1]))[: most * len(desk.needs)]
        chosen = [one for one in chosen if one[0] < threshold]
        if chosen:
            parts.append(choice.pair_columns(cost, [place for _, place in chosen]))
        return float((best * desk.count).sum()), parts

    def _reduced(self, desk: Desk, cost: Floats, master: Master, duals: Duals) -> Floats:
        """Reduced costs of a class's visits by need and host, but for the rows of weeks."""
        demand = duals.row[master.demand_row[master.base[desk.index] : master.base[desk.index + 1]]]
        shared = duals.at(master.load_row[desk.hosts]) + duals.at(master.once_row[desk.index, desk.hosts])
        for rows, codes in zip(master.repeat_rows, master.repeat_codes, strict=True):
            shared = shared + duals.at(rows[desk.index])[codes[desk.hosts]]
        return np.where(desk.fit, cost - demand[:, None] - shared, np.inf)

    def _week_prices(self, choice: Choices, master: Master, duals: Duals) -> Floats:
        """What a half-day of the class costs in each week: (weeks, )."""
        return -duals.at(master.class_week_row[choice.desk.index, choice.weeks])

    def _host_week_prices(self, choice: Choices, master: Master, duals: Duals) -> Floats:
        """What a visit costs in each host's week: (hosts, weeks)."""
        rows = master.host_week_row[choice.desk.hosts[:, None], choice.weeks[None]]
        return -duals.at(rows)

    def _kept(self, choice: Choices, master: Master, duals: Duals, reduced: Floats) -> Floats:
        """A visit of the last plan at its old host could stay in its place, which the row's dual rewards."""
        for place, old in enumerate(self.costs.old):
            if old.cohort == choice.desk.index:
                row = choice.desk.row[old.host]
                week = np.searchsorted(choice.weeks, old.week)
                reduced[old.need, row, week] += duals.row[master.keep_row[place]]
        return reduced

    def _pairs(
        self,
        choice: Choices,
        base: Floats,
        weeks: Floats,
        master: Master,
        duals: Duals,
        best: Floats,
        limit: float,
    ) -> list[tuple[float, tuple[int, int, int, int, int]]]:
        """Pairs with reduced costs below `limit` that aren't held; `best` takes half of the lowest for each of its needs."""
        desk, found = choice.desk, []
        if not desk.paired.any():
            return []
        lowest = base + np.minimum(self._kept_credit(choice, master, duals), 0.0)
        host_weeks = self._host_week_prices(choice, master, duals)
        half_days = np.flatnonzero(~desk.whole & (desk.count > 0))
        for need in half_days:
            for need2 in half_days:
                if need == need2 and desk.count[need] < 2:
                    continue
                left, right = lowest[need], lowest[need2]
                one, two = choice.pairs(self.board, left < limit - right.min(), right < limit - left.min())
                value = left[one] + right[two]
                near = np.flatnonzero(value < limit)
                days = choice.days_of(int(need), one[near], int(need2), two[near])
                some = days.any(axis=1)
                near, days = near[some], days[some]
                cheapest = []
                for place, open_days in zip(near, days, strict=True):
                    row, row2 = int(one[place]), int(two[place])
                    for week in np.unique(np.searchsorted(choice.weeks, desk.weeks[open_days])).tolist():
                        price = float(value[place] + host_weeks[row, week] + host_weeks[row2, week])
                        price += float(weeks[week]) * 2
                        key = (int(need), row, int(need2), row2, int(week))
                        if price < limit and key not in choice.held_pairs:
                            cheapest.append((price, key))
                found += cheapest
                lowest_price = min((price for price, _ in cheapest), default=0.0)
                best[need] = min(best[need], lowest_price / 2)
                best[need2] = min(best[need2], lowest_price / 2)
        return found

    def _kept_credit(self, choice: Choices, master: Master, duals: Duals) -> Floats:
        credit = np.zeros(choice.desk.fit.shape)
        for place, old in enumerate(self.costs.old):
            if old.cohort == choice.desk.index:
                credit[old.need, choice.desk.row[old.host]] += duals.row[master.keep_row[place]]
        return credit
