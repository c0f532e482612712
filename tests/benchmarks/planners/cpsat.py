"""The obvious model in OR-Tools' CP-SAT: a Boolean for each visit, host and half-day slot."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import timedelta

from ortools.sat.python import cp_model

from schemas.visits import Half, Programme, Visit
from tests.benchmarks.planners.options import Option, Wanted, run, visit, wanted

SCALE = 1000  # points are integers there


class Model:
    """The model and what its rows collect."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.model = cp_model.CpModel()
        self.cost: list[cp_model.LinearExpr] = []
        self.chosen: list[tuple[Wanted, Option, cp_model.IntVar]] = []
        self.rows: dict[Hashable, list[cp_model.IntVar]] = defaultdict(list)
        self.at_host: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self.repeats: dict[Hashable, list[cp_model.IntVar]] = defaultdict(list)
        self._variables()
        self._rules()
        self._soft()
        self.model.minimize(sum(self.cost))

    def _variables(self) -> None:
        unserved = round(self.programme.weights.unserved * SCALE)
        for one in wanted(self.programme):
            own = []
            for option in one.options:
                x = self.model.new_bool_var("")
                own.append(x)
                self.chosen.append((one, option, x))
                self.cost.append(x * round(option.points * SCALE))
            missing = self.model.new_bool_var("")
            self.model.add_exactly_one([*own, missing])
            self.cost.append(missing * unserved)

    def _rules(self) -> None:
        hosts = self.programme.enterprises
        most: dict[Hashable, int] = {}
        for one, option, x in self.chosen:
            host, day = hosts[option.host], option.day
            keys: list[tuple[Hashable, int]] = [
                *((("slot", option.host, day, half), host.groups) for half in option.halves),
                (("week", option.host, option.week), host.each_week),
                (("year", option.host, day.year), host.each_year),
                (("once", one.cohort, option.host), 1),
                (("day", one.cohort, day), 1),
            ]
            if option.half is not Half.MORNING:
                keys.append((("night", one.cohort, day), 1))
            if option.half is not Half.AFTERNOON:
                keys.append((("night", one.cohort, day - timedelta(days=1)), 1))
            for key, limit in keys:
                self.rows[key].append(x)
                most[key] = limit
            self.at_host[option.host].append(x)
            self.repeats["region", one.cohort, host.spot.province].append(x)
            self.repeats["industry", one.cohort, host.industry[:3]].append(x)
        for key, some in self.rows.items():
            if len(some) > most[key]:
                self.model.add(sum(some) <= most[key])

    def _soft(self) -> None:
        weights = self.programme.weights
        for (kind, *_), some in self.repeats.items():
            if len(some) > 1:
                over = self.model.new_int_var(0, len(some), "")
                self.model.add(over >= sum(some) - 1)
                weight = weights.regions if kind == "region" else weights.industries
                self.cost.append(over * round(weight * SCALE))
        for host, some in self.at_host.items():
            each_year = self.programme.enterprises[host].each_year
            steps = [self.model.new_bool_var("") for _ in range(min(len(some), 2 * each_year))]
            self.model.add(sum(some) <= sum(steps))
            self.cost += [step * round(weights.load * k / each_year * SCALE) for k, step in enumerate(steps)]


def planned(programme: Programme, seconds: float) -> tuple[list[Visit], float | None]:
    """Visits and the model's own bound (of its nearest hosts only)."""
    built = Model(programme)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(built.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [], None
    visits = [visit(programme, one, option) for one, option, x in built.chosen if solver.value(x)]
    wishes = sum(len(set(one.wishes)) for one in programme.cohorts) * programme.weights.wishes
    return visits, solver.best_objective_bound / SCALE + wishes


if __name__ == "__main__":
    run(planned)
