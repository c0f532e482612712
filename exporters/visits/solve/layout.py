"""Gives each visit a day and half-days, and looks for other hosts and times where there is no room or something cheaper."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from exporters.visits.solve.slots import Calendar, Days, Slot, far, fits, halves, week_of
from schemas.visits import Cohort, Enterprise, Half, Need, Programme, Visit

_NEAREST = 40  # hosts that are tried for a visit, the nearest first
_BETTER = 1e-6


@dataclass(frozen=True)
class Placed:
    """A visit with its time. `fixed`: it may not be moved."""

    cohort: Cohort
    need: Need
    host: Enterprise
    slot: Slot
    fixed: bool = False


class Layout:
    """The visits placed so far, and what room is left."""

    def __init__(self, programme: Programme, calendar: Calendar, previous: tuple[Visit, ...]) -> None:
        self.programme = programme
        self.calendar = calendar
        self.placed: dict[str, list[Placed]] = {cohort.id: [] for cohort in programme.cohorts}
        self.old = {(one.cohort, one.need, one.enterprise): one for one in previous}
        self._days = {cohort.id: Days(programme, cohort) for cohort in programme.cohorts}
        self._busy: Counter[tuple[str, object, Half]] = Counter()
        self._weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
        self._years: Counter[tuple[str, int]] = Counter()
        self._all: Counter[str] = Counter()
        self._near: dict[tuple[str, str], list[Enterprise]] = {}

    def put(self, one: Placed) -> None:
        """Take up a visit."""
        self._count(one, 1)
        self._days[one.cohort.id].put(one.slot, one.host.spot)
        self.placed[one.cohort.id].append(one)

    def take(self, one: Placed) -> None:
        """Give a visit up."""
        self._count(one, -1)
        self._days[one.cohort.id].take(one.slot)
        self.placed[one.cohort.id].remove(one)

    def _count(self, one: Placed, step: int) -> None:
        day = one.slot[0]
        for half in halves(one.slot):
            self._busy[one.host.id, day, half] += step
        self._weeks[one.host.id, week_of(day)] += step
        self._years[one.host.id, day.year] += step
        self._all[one.host.id] += step

    def free(self, cohort: Cohort, host: Enterprise, slot: Slot) -> bool:
        """Whether the host has room then and the class has time for the ways."""
        day = slot[0]
        return (
            self._weeks[host.id, week_of(day)] < host.each_week
            and self._years[host.id, day.year] < host.each_year
            and all(self._busy[host.id, day, half] < host.groups for half in halves(slot))
            and self._days[cohort.id].could(slot, host.spot)
        )

    def full(self, host: Enterprise, slot: Slot) -> list[str]:
        """Which limits of the host are reached then."""
        day = slot[0]
        reached = (
            ("groups", any(self._busy[host.id, day, half] >= host.groups for half in halves(slot))),
            ("each-week", self._weeks[host.id, week_of(day)] >= host.each_week),
            ("each-year", self._years[host.id, day.year] >= host.each_year),
        )
        return [name for name, so in reached if so]

    def hurried(self, cohort: Cohort, host: Enterprise, slot: Slot) -> list[str]:
        """Whether the class is elsewhere then (two words, which nothing cures), or couldn't get there in time."""
        days = self._days[cohort.id]
        if days.could(slot, host.spot):
            return []
        return ["travel"] if days.is_free(slot) else ["overlap", "travel"]

    def slots(self, cohort: Cohort, need: Need, host: Enterprise) -> Iterator[Slot]:
        """Times for a visit; where it was in the last plan comes first, notice or not, once it is agreed."""
        open_ = list(self.calendar.slots(cohort, need, host))
        before = self.old.get((cohort.id, need.id, host.id))
        if before is not None:
            slot = (before.day, before.half)
            if slot in open_ or (
                before.agreed is not None and self.calendar.stands(cohort, need, host, slot)
            ):
                yield slot
        yield from open_

    def cost(self, cohort: Cohort, need: Need, host: Enterprise, slot: Slot) -> float:
        """What one more visit adds to the points."""
        weights = self.programme.weights
        others = [one.host for one in self.placed[cohort.id]]
        cost = weights.travel * far(cohort.home, host.spot) / 100
        cost += weights.regions * any(one.spot.province == host.spot.province for one in others)
        cost += weights.industries * any(one.industry[:3] == host.industry[:3] for one in others)
        cost += weights.load * self._all[host.id] / host.each_year
        cost -= weights.wishes * (host.id in cohort.wishes)
        before = self.old.get((cohort.id, need.id, host.id))
        if before is not None:
            cost -= weights.changes * (1.0 if (before.day, before.half) == slot else 0.5)
        return cost

    def best(self, cohort: Cohort, need: Need) -> tuple[float, Enterprise, Slot] | None:
        """The cheapest place for one more visit."""
        visited = {one.host.id for one in self.placed[cohort.id]}
        found: tuple[float, Enterprise, Slot] | None = None
        for host in self._hosts(cohort, need):
            if host.id in visited:
                continue
            for slot in self.slots(cohort, need, host):
                cost = self.cost(cohort, need, host, slot)
                if found is not None and cost >= found[0] - _BETTER:
                    if (cohort.id, need.id, host.id) in self.old:
                        continue
                    break
                if self.free(cohort, host, slot):
                    found = (cost, host, slot)
                    break
        return found

    def improve(self, one: Placed) -> bool:
        """Move a visit to a cheaper place, if there is one."""
        self.take(one)
        now = self.cost(one.cohort, one.need, one.host, one.slot)
        found = self.best(one.cohort, one.need)
        if found is None or found[0] >= now - _BETTER:
            self.put(one)
            return False
        self.put(Placed(one.cohort, one.need, found[1], found[2]))
        return True

    def _hosts(self, cohort: Cohort, need: Need) -> list[Enterprise]:
        key = (cohort.id, need.id)
        if key not in self._near:
            there = [host for host in self.programme.enterprises if fits(cohort, need, host)]
            there.sort(key=lambda host: (far(cohort.home, host.spot), host.id))
            wanted = [host for host in there if host.id in cohort.wishes or (*key, host.id) in self.old]
            self._near[key] = list(dict.fromkeys([*wanted, *there[:_NEAREST]]))
        return self._near[key]
