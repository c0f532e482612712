"""A finished plan, and what stands against one visit more."""

from collections import Counter
from dataclasses import dataclass

from exporters.visits.solve.slots import Days, Slot, far, halves, week_of
from schemas.visits import Cohort, Enterprise, Half, Need, Programme


@dataclass(frozen=True)
class Placed:
    """A visit with its time."""

    cohort: Cohort
    need: Need
    host: Enterprise
    slot: Slot


class Layout:
    """The visits placed so far, and what room is left."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.placed: dict[str, list[Placed]] = {cohort.id: [] for cohort in programme.cohorts}
        self._days = {cohort.id: Days(programme, cohort) for cohort in programme.cohorts}
        self._busy: Counter[tuple[str, object, Half]] = Counter()
        self._weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
        self._years: Counter[tuple[str, int]] = Counter()
        self._all: Counter[str] = Counter()

    def put(self, one: Placed) -> None:
        """Take up a visit."""
        self._count(one)
        self._days[one.cohort.id].put(one.slot, one.host.spot)
        self.placed[one.cohort.id].append(one)

    def _count(self, one: Placed) -> None:
        day = one.slot[0]
        for half in halves(one.slot):
            self._busy[one.host.id, day, half] += 1
        self._weeks[one.host.id, week_of(day)] += 1
        self._years[one.host.id, day.year] += 1
        self._all[one.host.id] += 1

    def full(self, host: Enterprise, slot: Slot) -> list[str]:
        """Which limits of the host are reached then."""
        day = slot[0]
        reached = (
            ("groups", any(self._busy[host.id, day, half] >= host.groups for half in halves(slot))),
            ("each-week", self._weeks[host.id, week_of(day)] >= host.each_week),
            ("each-year", self._years[host.id, day.year] >= host.each_year),
        )
        return [name for name, so in reached if so]

    def is_free(self, cohort: Cohort, slot: Slot) -> bool:
        """Whether the class visits nobody then."""
        return self._days[cohort.id].is_free(slot)

    def could(self, cohort: Cohort, host: Enterprise, slot: Slot) -> bool:
        """Whether the class is free then and would get there and back in time."""
        return self._days[cohort.id].could(slot, host.spot)

    def cost(self, cohort: Cohort, host: Enterprise) -> float:
        """What one more visit adds to the points."""
        weights = self.programme.weights
        others = [one.host for one in self.placed[cohort.id]]
        cost = weights.travel * far(cohort.home, host.spot) / 100
        cost += weights.regions * any(one.spot.province == host.spot.province for one in others)
        cost += weights.industries * any(one.industry[:3] == host.industry[:3] for one in others)
        cost += weights.load * self._all[host.id] / host.each_year
        cost -= weights.wishes * (host.id in cohort.wishes)
        return cost
