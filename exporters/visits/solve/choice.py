"""Which class visits which host in which week: a mixed-integer program in HiGHS.

    min  sum cost x + repeats z + load s + unserved u
    demand  sum x + u  = count              each class and need
    once    sum x     <= 1                  each class and host
    repeat  sum x - z <= 1                  each class and province, each class and industry
    load    sum x - s <= 0                  each host; s in steps whose price rises
    year    sum x     <= visits a year      each host and year
    week    sum x     <= visits a week      each host and week
    days    sum x     <= half-days          each class and week

Days and ways inside a week are left out, so that its bound holds for every plan.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from exporters.visits.solve.slots import far, week_of
from schemas.visits import Cohort, Duration, Enterprise, Need, Programme, Visit

Week = tuple[int, int]
# The terms of rows, by the kind of row and by whom and what it is about.
_Groups = dict[str, dict[tuple[str, object], list[tuple[int, float]]]]
INFINITY = highspy.kHighsInf


@dataclass(frozen=True)
class Column:
    """A visit that a plan may hold. `fixed`: it is in every plan."""

    cohort: Cohort
    need: Need
    host: Enterprise
    week: Week
    fixed: bool = False


@dataclass(frozen=True)
class Chosen:
    """The columns of the best choice found, and the points that no choice of these columns can be below."""

    columns: tuple[Column, ...]
    bound: float


class _Model:
    """A program written a row at a time."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[float, float, list[int], list[float]]] = []

    def variable(self, cost: float, lower: float, upper: float, *, whole: bool = False) -> int:
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, lower: float, upper: float, terms: Sequence[tuple[int, float]]) -> None:
        self.rows.append((lower, upper, [index for index, _ in terms], [value for _, value in terms]))

    def lp(self, constant: float) -> highspy.HighsLp:
        """The program as HiGHS takes it."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_, lp.offset_ = np.array(self.cost), constant
        lp.col_lower_, lp.col_upper_ = np.array(self.lower), np.array(self.upper)
        lp.row_lower_ = np.array([row[0] for row in self.rows])
        lp.row_upper_ = np.array([row[1] for row in self.rows])
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in self.whole
        ]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in self.rows)])
        lp.a_matrix_.index_ = np.array([index for row in self.rows for index in row[2]])
        lp.a_matrix_.value_ = np.array([value for row in self.rows for value in row[3]], dtype=float)
        return lp


class _Quiet(highspy.Highs):
    """HiGHS without its greeting, which would stand in our output."""

    def enableCallbacks(self) -> None:  # noqa: N802 (HiGHS's name)
        self.setOptionValue("output_flag", False)  # noqa: FBT003
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def choose(
    programme: Programme,
    columns: Sequence[Column],
    previous: Sequence[Visit],
    *,
    seconds: float,
    gap: float,
    seed: int,
    watch: Callable[[float, float | None, float | None], bool],
) -> Chosen:
    """The best choice of columns. `watch` is told seconds, points and bound now and then; where it says True, the best choice so
    far is given."""
    model = _Model()
    constant = _write(model, programme, columns, previous)
    highs = _Quiet()  # type: ignore[no-untyped-call]
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("random_seed", seed)
    highs.setOptionValue("threads", 1)
    highs.passModel(model.lp(constant))

    def look(event: highspy.highs.HighsCallbackEvent) -> None:
        now = event.data_out
        points = now.mip_primal_bound if abs(now.mip_primal_bound) < INFINITY else None
        bound = now.mip_dual_bound if abs(now.mip_dual_bound) < INFINITY else None
        if watch(now.running_time, points, bound):
            event.interrupt()

    highs.cbMipInterrupt.subscribe(look)
    highs.run()
    info = highs.getInfo()
    bound = info.mip_dual_bound if abs(info.mip_dual_bound) < INFINITY else 0.0
    values = highs.getSolution().col_value
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible or not values:
        return Chosen(tuple(column for column in columns if column.fixed), max(0.0, bound))
    taken = tuple(column for index, column in enumerate(columns) if values[index] > 0.5)
    return Chosen(taken, max(0.0, bound))


def _write(
    model: _Model, programme: Programme, columns: Sequence[Column], previous: Sequence[Visit]
) -> float:
    """Every variable and row; the constant part of the points."""
    weights = programme.weights
    needs = {(cohort.id, need.id) for cohort in programme.cohorts for need in cohort.needs}
    old = {(one.cohort, one.need, one.enterprise): one for one in previous if (one.cohort, one.need) in needs}
    constant = weights.changes * len(old) + weights.wishes * sum(
        len(set(one.wishes)) for one in programme.cohorts
    )
    groups: _Groups = defaultdict(lambda: defaultdict(list))
    for column in columns:
        index = model.variable(_cost(programme, column, old), float(column.fixed), 1.0, whole=True)
        cohort, host, week = column.cohort.id, column.host.id, column.week
        size = 2.0 if column.need.duration is Duration.DAY else 1.0
        groups["demand"][cohort, column.need.id].append((index, 1.0))
        groups["once"][cohort, host].append((index, 1.0))
        groups["province"][cohort, column.host.spot.province].append((index, 1.0))
        groups["industry"][cohort, column.host.industry[:3]].append((index, 1.0))
        groups["load"][host, None].append((index, 1.0))
        groups["week"][host, week].append((index, 1.0))
        groups["days"][cohort, week].append((index, size))
        if 1 < week[1] < 52:  # a week that lies in one calendar year
            groups["year"][host, week[0]].append((index, 1.0))
    _rows(model, programme, groups)
    return constant


def _cost(programme: Programme, column: Column, old: dict[tuple[str, str, str], Visit]) -> float:
    weights = programme.weights
    cost = weights.travel * far(column.cohort.home, column.host.spot) / 100
    if column.host.id in column.cohort.wishes:
        cost -= weights.wishes
    before = old.get((column.cohort.id, column.need.id, column.host.id))
    if before is not None:
        cost -= weights.changes * (1.0 if week_of(before.day) == column.week else 0.5)
    return cost


def _rows(model: _Model, programme: Programme, groups: _Groups) -> None:
    _demand(model, programme, groups)
    _variety(model, programme, groups)
    _limits(model, programme, groups)


def _demand(model: _Model, programme: Programme, groups: _Groups) -> None:
    """What classes need, and how many half-days they have in a week."""
    for cohort in programme.cohorts:
        rooms = Counter(week_of(day.day) for day in cohort.days for _ in day.halves)
        for need in cohort.needs:
            unserved = model.variable(programme.weights.unserved, 0.0, float(need.count))
            terms = groups["demand"][cohort.id, need.id]
            model.row(float(need.count), float(need.count), [*terms, (unserved, 1.0)])
        for week, room in rooms.items():
            model.row(-INFINITY, float(room), groups["days"][cohort.id, week])


def _variety(model: _Model, programme: Programme, groups: _Groups) -> None:
    """No host twice for a class; what a province or an industry costs once more."""
    for terms in groups["once"].values():
        if len(terms) > 1:
            model.row(-INFINITY, 1.0, terms)
    prices = (("province", programme.weights.regions), ("industry", programme.weights.industries))
    for name, price in prices:
        for terms in groups[name].values():
            if len(terms) > 1:
                again = model.variable(price, 0.0, INFINITY)
                model.row(-INFINITY, 1.0, [*terms, (again, -1.0)])


def _limits(model: _Model, programme: Programme, groups: _Groups) -> None:
    """What hosts can take in a week and in a year, and what each visit more costs them."""
    hosts = {one.id: one for one in programme.enterprises}
    for name, most in (("year", "each_year"), ("week", "each_week")):
        for (host, _), terms in groups[name].items():
            limit = float(getattr(hosts[host], most))
            if len(terms) > limit:
                model.row(-INFINITY, limit, terms)
    for (host, _), terms in groups["load"].items():
        each_year = hosts[host].each_year
        steps = [
            (model.variable(programme.weights.load * step / each_year, 0.0, 1.0), -1.0)
            for step in range(min(len(terms), 3 * each_year))  # of three calendar years at most
        ]
        model.row(-INFINITY, 0.0, [*terms, *steps])
