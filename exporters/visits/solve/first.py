"""The first stage of programmes that are small enough for a proof: the linear program over ever more columns, then the integer
program over all that a better plan might hold."""

from collections.abc import Callable, Sequence

import highspy
import numpy as np

from exporters.visits.solve.board import Board, Floats, Ints
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.layout import Item
from exporters.visits.solve.master import Master, Triplets
from exporters.visits.solve.pricing import Duals, Pricer

ROUNDS = 60
NOUGHT = 1e-9
HALF = 0.5001  # of a visit: two of these can't be at once
MOST = 180_000  # columns of the integer program
SMALL = 40_000  # visits by class, need, host and week

Watch = Callable[[float | None], bool]


def is_small(board: Board) -> bool:
    """Whether the first stage can take every visit week by week."""
    return sum(int(desk.fit.sum()) * len(np.unique(desk.weeks)) for desk in board.desks) <= SMALL


class FirstStage:
    """The program, its columns and its bound. `watch` is told the bound now and then, and says whether to stop."""

    def __init__(self, board: Board, costs: Costs, load: Ints, seed: int, watch: Watch) -> None:
        self.board, self.costs, self.watch = board, costs, watch
        self.master = Master(board, costs, np.maximum(8, load + 6))
        self.pricer = Pricer(board, costs)
        self.bound = -np.inf
        self.linear = -np.inf  # the part of it that the duals prove
        self.relaxed: Floats = np.zeros(0)  # values of columns in the linear program, when it was last solved
        highs = self.master.highs
        highs.setOptionValue("random_seed", seed)
        self._subscribe()
        self.master.add(self.pricer.first(10))
        self.duals = Duals(np.zeros(len(self.master.upper)))

    def _subscribe(self) -> None:
        def look(event: "highspy.highs.HighsCallbackEvent") -> None:
            if self.watch(None):
                event.interrupt()

        for name in ("cbMipInterrupt", "cbSimplexInterrupt", "cbIpmInterrupt"):
            getattr(self.master.highs, name).subscribe(look)

    def relax(self) -> None:
        """Solve the linear program over all columns, or until it is time to stop; `bound` holds whenever that is."""
        master = self.master
        for _ in range(ROUNDS):
            master.highs.run()
            if master.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return
            solution = master.highs.getSolution()
            value = np.array(solution.col_value)
            duals = Duals(self._sound(np.array(solution.row_dual)))
            self.relaxed = value[master.x]
            inside = self._value(duals.row)
            broken = master.tighten(value[master.x])
            saving, columns = self.pricer.price(master, duals, -1e-6, 10)
            bound = inside + saving + self.costs.constant
            if bound > self.bound:
                self.bound, self.linear, self.duals = bound, bound, duals
            if self.watch(self.bound):
                return
            if not broken and not len(columns):
                return
            master.add(columns)

    def at_work(self) -> list[tuple[int, int]]:
        """Classes and needs that the linear program's bound is about: without all others it is as high."""
        demand = np.abs(self.duals.row[self.master.demand_row]) > NOUGHT
        return [
            (desk.index, need)
            for desk in self.board.desks
            for need in range(len(desk.needs))
            if demand[self.master.base[desk.index] + need]
        ]

    def rounded(self) -> list[list[Item]]:
        """Visits that the linear program takes for the most part."""
        items: list[list[Item]] = [[] for _ in self.board.desks]
        taken = np.flatnonzero(self.relaxed > HALF)
        _, cohort, need, host, week = self.master.members(self.master.columns.take(taken))
        for c, n, h, w in zip(cohort.tolist(), need.tolist(), host.tolist(), week.tolist(), strict=True):
            items[c].append(Item(n, h, w))
        return items

    def _sound(self, dual: Floats) -> Floats:
        """Duals with the signs that their rows allow, and no more for a repeat than it costs."""
        master, weights = self.master, self.costs.weights
        dual = np.where(
            np.isneginf(master.lower) | (master.lower <= -highspy.kHighsInf), np.minimum(dual, 0.0), dual
        )
        for rows, weight in zip(master.repeat_rows, (weights.regions, weights.industries), strict=True):
            there = rows[rows >= 0]
            dual[there] = np.maximum(dual[there], -weight)
        return dual

    def _value(self, dual: Floats) -> float:
        """The Lagrangian bound of the columns held."""
        master = self.master
        lp = master.highs.getLp()
        start, index, entry = (
            np.array(part) for part in (lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_)
        )
        if lp.a_matrix_.format_ == highspy.MatrixFormat.kRowwise:
            row = np.repeat(np.arange(len(start) - 1), np.diff(start))
            worth = np.bincount(index, weights=entry * dual[row], minlength=len(master.price))
        else:
            column = np.repeat(np.arange(len(start) - 1), np.diff(start))
            worth = np.bincount(column, weights=entry * dual[index], minlength=len(master.price))
        self.reduced = master.price - worth
        low = np.minimum(self.reduced, 0.0)
        with np.errstate(invalid="ignore"):
            saved = np.where(low < -1e-12, low * master.top, 0.0)
        return float(dual @ master.upper[: len(dual)] + saved.sum())

    def choose(self, points: float) -> list[list[Item]]:
        """The best choice of the columns that may be part of a plan with fewer than `points`."""
        master = self.master
        limit = max(0.0, points - self.bound) + 1e-6
        _, more = self.pricer.price(master, self.duals, limit, MOST)
        if len(more) + len(master.columns) < MOST:
            master.add(more)
        else:
            limit = 0.0  # of those left out nothing is known but the bound
        self._value(np.r_[self.duals.row, np.zeros(len(master.upper) - len(self.duals.row))])
        keep = self.reduced[master.x] <= limit
        highs = master.highs
        highs.changeColsBounds(
            len(master.x), master.x.astype(np.int32), np.zeros(len(master.x)), keep.astype(float)
        )
        whole = np.r_[master.x, master.keep]
        highs.changeColsIntegrality(
            len(whole),
            whole.astype(np.int32),
            np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8),
        )
        highs.setOptionValue("mip_rel_gap", 1e-9)
        highs.setOptionValue("mip_abs_gap", 1e-7)
        return self.again(limit)

    def again(self, limit: float) -> list[list[Item]]:
        """Solve the integer program as it is now: visits of each class, none at all where it found nothing in time. Columns left out
        cost at least `limit` more than the bound."""
        master = self.master
        highs = master.highs
        while True:
            highs.run()
            info = highs.getInfo()
            status = highs.getModelStatus()
            value = np.array(highs.getSolution().col_value)
            found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible and len(
                value
            )
            reached = info.mip_dual_bound + self.costs.constant
            if np.isfinite(reached) and abs(reached) < highspy.kHighsInf:
                self.bound = max(self.bound, min(reached, self.root_bound(limit)))
            optimal = status == highspy.HighsModelStatus.kOptimal
            if not found or not optimal or self.watch(self.bound) or not master.tighten(value[master.x]):
                break
        self.limit = limit
        if not found:
            return []
        return self._items(np.flatnonzero(value[master.x] > 0.5), value)

    def root_bound(self, limit: float) -> float:
        """What plans that use a column left out cost at least."""
        if not hasattr(self, "_relaxed"):
            self._relaxed = self.bound
        return self._relaxed + limit if np.isfinite(limit) else np.inf

    def _items(self, taken: Ints, value: Floats) -> list[list[Item]]:
        """Visits of each class; one that keeps its time of the last plan has it."""
        master, old = self.master, self.costs.old
        kept = {
            (o.cohort, o.need, o.host): o.slot
            for place, o in enumerate(old)
            if value[master.keep[place]] > 0.5
        }
        items: list[list[Item]] = [[] for _ in self.board.desks]
        _, cohort, need, host, week = master.members(master.columns.take(taken))
        for c, n, h, w in zip(cohort.tolist(), need.tolist(), host.tolist(), week.tolist(), strict=True):
            items[c].append(Item(n, h, w, kept.get((c, n, h))))
        return items

    def forbid(self, conflict: Sequence[tuple[int, Item]], helpers: Sequence[int]) -> None:
        """A cut: these visits can't all take place, unless one of the classes (`helpers`) visits something else besides."""
        master = self.master
        column, cohort, need, host, week = master.members(master.columns)
        value = np.zeros(len(master.columns))
        inside = np.zeros(len(column), dtype=bool)
        for c, item in conflict:
            inside |= (cohort == c) & (need == item.need) & (host == item.host) & (week == item.week)
        np.add.at(value, column[inside], 1.0)
        np.add.at(value, column[np.isin(cohort, helpers) & ~inside], -1.0)
        entries = Triplets()
        there = np.flatnonzero(value)
        entries.add(np.zeros(len(there), dtype=np.int64), master.x[there], value[there])
        pinned = [
            place
            for place, o in enumerate(self.costs.old)
            for c, item in conflict
            if item.slot is not None and (o.cohort, o.need, o.host) == (c, item.need, item.host)
        ]
        entries.add(np.zeros(len(pinned), dtype=np.int64), master.keep[np.array(pinned, dtype=np.int64)], 1.0)
        master.write(np.array([-highspy.kHighsInf]), np.array([len(conflict) + len(pinned) - 1.0]), entries)
