"""The first stage: which class visits which host for which need in which week, as a linear or mixed-integer program.

A column is one visit (class, need, host, week), or two visits of a class that share one day because neither classroom half
would leave time for the way. Rows are written when the first column needs them, and those that rarely bind only once they are
broken.

    min  sum cost x + repeats z + load s + unserved u
    demand   sum x + u  = count            each class and need
    once     sum x     <= 1                each class and host
    repeat   sum x - z <= 1                each class and province, and each class and industry
    load     sum x - s <= 0                each host; s in steps whose price rises
    week     sum x     <= visits a week    each host and week
    days     sum x     <= half-days        each class and week
    keep     k - sum x <= 0                each visit of the last plan that might stay in its place
"""

from dataclasses import dataclass, field

import highspy
import numpy as np

from exporters.visits.solve.board import Board, Flags, Floats, Ints
from exporters.visits.solve.costs import Costs

NONE = -1
INFINITY = highspy.kHighsInf


@dataclass
class Columns:
    """Visits or pairs of visits that a plan may hold, one an entry of each array; `need2` and `host2` are -1 for one visit."""

    cohort: Ints
    need: Ints
    host: Ints
    need2: Ints
    host2: Ints
    week: Ints
    cost: Floats

    @staticmethod
    def none() -> "Columns":
        """No columns."""
        empty = np.zeros(0, dtype=np.int64)
        return Columns(empty, empty, empty, empty, empty, empty, np.zeros(0))

    @staticmethod
    def join(parts: "list[Columns]") -> "Columns":
        """All columns of several lists, in order."""
        if not parts:
            return Columns.none()
        names = ("cohort", "need", "host", "need2", "host2", "week", "cost")
        return Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def take(self, which: Ints) -> "Columns":
        """Some of the columns."""
        names = ("cohort", "need", "host", "need2", "host2", "week", "cost")
        return Columns(*(getattr(self, name)[which] for name in names))

    def __len__(self) -> int:
        return len(self.cohort)


@dataclass
class Triplets:
    """Entries of a matrix, collected in bulk."""

    rows: list[Ints] = field(default_factory=list)
    columns: list[Ints] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)

    def add(self, rows: Ints, columns: Ints, value: float | Floats) -> None:
        """Entries of one kind."""
        self.rows.append(rows)
        self.columns.append(columns)
        self.values.append(np.broadcast_to(np.asarray(value, dtype=float), rows.shape))

    def some(self, rows: Ints, columns: Ints, value: float | Floats) -> None:
        """The entries whose row exists."""
        there = np.flatnonzero(rows >= 0)
        self.add(rows[there], columns[there], value[there] if isinstance(value, np.ndarray) else value)

    def packed(self, size: int, by: str) -> tuple[Ints, Ints, Floats]:
        """Starts, indices and values, by columns or by rows; entries of one place are added up."""
        rows = np.concatenate(self.rows) if self.rows else np.zeros(0, dtype=np.int64)
        columns = np.concatenate(self.columns) if self.columns else np.zeros(0, dtype=np.int64)
        values = np.concatenate(self.values) if self.values else np.zeros(0)
        major, minor = (columns, rows) if by == "columns" else (rows, columns)
        order = np.lexsort((minor, major))
        major, minor, values = major[order], minor[order], values[order]
        if len(major):
            first = np.flatnonzero(np.r_[True, (major[1:] != major[:-1]) | (minor[1:] != minor[:-1])])
            values = np.add.reduceat(values, first)
            major, minor = major[first], minor[first]
        starts = np.searchsorted(major, np.arange(size))
        return starts, minor, values


class Silent(highspy.Highs):
    """HiGHS without its banner, which it would print while it is made, and on one thread: the first program that runs settles how
    many threads there are for all, and one that asks for another number isn't run."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:  # noqa: N802 (HiGHS's name)
        """Called while it is made."""
        self.setOptionValue("output_flag", False)  # noqa: FBT003
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Master:
    """The program in HiGHS, growing by columns and rows. `steps`: how many steps of load each host has of its own."""

    def __init__(self, board: Board, costs: Costs, steps: Ints) -> None:
        self.board, self.costs = board, costs
        self.highs = Silent()
        classes, hosts = len(board.desks), board.size
        counts = np.concatenate([desk.count for desk in board.desks]).astype(float)
        self.base: Ints = np.cumsum([0, *(len(desk.needs) for desk in board.desks)])
        self.several: Flags = np.array(
            [desk.count.sum() + len(desk.fixed) >= 2 for desk in board.desks], dtype=bool
        )
        self.columns = Columns.none()
        self.x: Ints = np.zeros(0, dtype=np.int64)  # where the columns are among HiGHS's
        self.lower: Floats = np.zeros(0)
        self.upper: Floats = np.zeros(0)
        self.price: Floats = np.zeros(0)
        self.top: Floats = np.zeros(0)
        repeats = (classes, len(board.provinces)), (classes, len(board.industries))
        self.repeat_rows = [np.full(shape, NONE) for shape in repeats]
        self.repeat_codes = [board.province, board.industry]
        self.repeat_fixed = [np.zeros(shape, dtype=np.int64) for shape in repeats]
        for desk in board.desks:
            for host, _, _ in desk.fixed:
                for fixed, codes in zip(self.repeat_fixed, self.repeat_codes, strict=True):
                    fixed[desk.index, codes[host]] += 1
        self.once_row = np.full((classes, hosts), NONE)
        self.host_week_row = np.full((hosts, board.weeks), NONE)
        self.class_week_row = np.full((classes, board.weeks), NONE)
        self.demand_row = self._more_rows(counts, counts)
        self._more_columns(np.full(len(counts), costs.weights.unserved), counts, self.demand_row, 1.0)
        self.load_row = self._more_rows(np.full(hosts, -INFINITY), np.zeros(hosts))
        self._load_steps(steps)
        self._keep()

    def _more_rows(self, lower: Floats, upper: Floats) -> Ints:
        first, empty = len(self.upper), np.zeros(len(upper), dtype=np.int32)
        self.highs.addRows(len(upper), lower, upper, 0, empty, np.zeros(0, dtype=np.int32), np.zeros(0))
        self.lower, self.upper = np.r_[self.lower, lower], np.r_[self.upper, upper]
        return np.arange(first, len(self.upper))

    def _more_columns(self, price: Floats, top: Floats, rows: Ints, value: float) -> Ints:
        """Columns with one entry each."""
        entries = Triplets()
        entries.add(rows, np.arange(len(price)), value)
        return self._write_columns(price, top, entries)

    def _write_columns(self, price: Floats, top: Floats, entries: Triplets) -> Ints:
        first, size = len(self.price), len(price)
        starts, rows, values = entries.packed(size, "columns")
        self.highs.addCols(
            size,
            price,
            np.zeros(size),
            top,
            len(rows),
            starts.astype(np.int32),
            rows.astype(np.int32),
            values,
        )
        self.price, self.top = np.r_[self.price, price], np.r_[self.top, top]
        return np.arange(first, first + size)

    def _load_steps(self, steps: Ints) -> None:
        """The k-th visit to a host costs (k - 1) / its visits a year; the last step stands for all that follow."""
        board = self.board
        before = board.fixed_load
        room = np.maximum(board.most - before, 0)
        own = np.minimum(steps, room)
        host = np.repeat(np.arange(board.size), own)
        step = np.arange(len(host)) - np.repeat(np.cumsum(own) - own, own)
        price = self.costs.weights.load * (before[host] + step) / board.each_year[host]
        top = np.where(step == own[host] - 1, room[host] - own[host] + 1, 1).astype(float)
        self._more_columns(price, top, self.load_row[host], -1.0)

    def _keep(self) -> None:
        old = self.costs.old
        self.keep_row = self._more_rows(np.full(len(old), -INFINITY), np.zeros(len(old)))
        saved = np.full(len(old), -self.costs.weights.changes / 2)
        self.keep = self._more_columns(saved, np.ones(len(old)), self.keep_row, 1.0)
        key = np.array(
            [self._key(np.array(o.cohort), np.array(o.need), np.array(o.host)) for o in old], dtype=np.int64
        ).reshape(-1)
        order = np.argsort(key, kind="stable")
        self.keep_key, self.keep_at = key[order], order
        self.keep_week = np.array([o.week for o in old], dtype=np.int64)[order]

    def _key(self, cohort: Ints, need: Ints, host: Ints) -> Ints:
        return np.asarray((self.base[cohort] + need) * self.board.size + host)

    def members(self, columns: Columns) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Column, class, need, host and week of every visit that columns hold: one or two a column."""
        pairs = np.flatnonzero(columns.host2 >= 0)
        return (
            np.r_[np.arange(len(columns)), pairs],
            np.r_[columns.cohort, columns.cohort[pairs]],
            np.r_[columns.need, columns.need2[pairs]],
            np.r_[columns.host, columns.host2[pairs]],
            np.r_[columns.week, columns.week[pairs]],
        )

    def add(self, columns: Columns) -> None:
        """New columns, with their entries in all rows."""
        column, cohort, need, host, week = self.members(columns)
        self._repeat_rows_for(cohort, host)
        entries = Triplets()
        entries.add(self.demand_row[self.base[cohort] + need], column, 1.0)
        entries.add(self.load_row[host], column, 1.0)
        for rows, codes in zip(self.repeat_rows, self.repeat_codes, strict=True):
            entries.some(rows[cohort, codes[host]], column, 1.0)
        entries.some(self.once_row[cohort, host], column, 1.0)
        entries.some(self.host_week_row[host, week], column, 1.0)
        size = self.board.halves_of(cohort, need)
        entries.some(self.class_week_row[cohort, week], column, size)
        kept, at = self._kept(cohort, need, host, week)
        entries.add(self.keep_row[at], column[kept], -1.0)
        self.x = np.r_[self.x, self._write_columns(columns.cost, np.ones(len(columns)), entries)]
        self.columns = Columns.join([self.columns, columns])

    def _kept(self, cohort: Ints, need: Ints, host: Ints, week: Ints) -> tuple[Ints, Ints]:
        """Members that may be a visit of the last plan in its old place, and which one."""
        if not len(self.keep_key):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        key = self._key(cohort, need, host)
        at = np.searchsorted(self.keep_key, key).clip(max=len(self.keep_key) - 1)
        found = np.flatnonzero((self.keep_key[at] == key) & (self.keep_week[at] == week))
        return found, self.keep_at[at[found]]

    def _repeat_rows_for(self, cohort: Ints, host: Ints) -> None:
        weights = self.costs.weights
        for rows, codes, fixed, weight in zip(
            self.repeat_rows,
            self.repeat_codes,
            self.repeat_fixed,
            (weights.regions, weights.industries),
            strict=True,
        ):
            keys = np.unique((cohort * rows.shape[1] + codes[host])[self.several[cohort]])
            keys = keys[rows.flat[keys] == NONE]
            room = np.maximum(1 - fixed.flat[keys], 0).astype(float)
            rows.flat[keys] = self._more_rows(np.full(len(keys), -INFINITY), room)
            self._more_columns(
                np.full(len(keys), weight), np.full(len(keys), INFINITY), rows.flat[keys], -1.0
            )

    def tighten(self, x: Floats) -> int:
        """Rows that the values of columns break and that weren't written so far; how many there were."""
        column, cohort, need, host, week = self.members(self.columns)
        value = x[column]
        board = self.board
        once = self._broken(cohort * board.size + host, value, np.ones(1), self.once_row)
        added = self._write_rows(
            once, cohort * board.size + host, column, np.ones(len(column)), self.once_row, np.ones(1)
        )
        key = host * board.weeks + week
        broken = self._broken(key, value, board.host_week_room, self.host_week_row)
        added += self._write_rows(
            broken, key, column, np.ones(len(column)), self.host_week_row, board.host_week_room
        )
        key = cohort * board.weeks + week
        size = board.halves_of(cohort, need)
        broken = self._broken(key, value * size, board.class_week_room, self.class_week_row)
        added += self._write_rows(broken, key, column, size, self.class_week_row, board.class_week_room)
        return added

    def _broken(self, key: Ints, use: Floats, room: Floats, rows: Ints) -> Ints:
        total = np.bincount(key, weights=use, minlength=rows.size)
        allowed = np.broadcast_to(room.reshape(-1), rows.size)
        return np.flatnonzero((total > allowed + 1e-6) & (rows.reshape(-1) == NONE))

    def _write_rows(
        self, broken: Ints, key: Ints, column: Ints, use: Floats, rows: Ints, room: Floats
    ) -> int:
        if not len(broken):
            return 0
        there = np.flatnonzero(np.isin(key, broken))
        entries = Triplets()
        entries.add(np.searchsorted(broken, key[there]), self.x[column[there]], use[there])
        upper = np.broadcast_to(room.reshape(-1), rows.size)[broken]
        rows.flat[broken] = self.write(np.full(len(broken), -INFINITY), upper.astype(float), entries)
        return len(broken)

    def write(self, lower: Floats, upper: Floats, entries: Triplets) -> Ints:
        """Rows with entries in columns of HiGHS."""
        first = len(self.upper)
        starts, columns, values = entries.packed(len(upper), "rows")
        self.highs.addRows(
            len(upper), lower, upper, len(columns), starts.astype(np.int32), columns.astype(np.int32), values
        )
        self.lower, self.upper = np.r_[self.lower, lower], np.r_[self.upper, upper]
        return np.arange(first, len(self.upper))
