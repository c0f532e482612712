"""Timefold: two planning variables for each visit, its host and its half-day slot."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import Duration as Spell
from timefold.solver.config import ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from exporters.visits.travel import hours
from schemas.visits import Half, Programme, Visit
from tests.benchmarks.planners.options import Option, Wanted, run, visit, wanted

SCALE = 1000  # points are integers there


@dataclass
class Host:
    """A host, with all that constraints ask about it. Every programme here has one closure a host."""

    id: Annotated[int, PlanningId]
    region: str
    industry: str
    open: list[int]  # weekday * 2 + half
    first: int  # day on which its notice is over
    shut_from: int
    shut_to: int
    groups: int
    each_week: int
    each_year: int


@dataclass
class Slot:
    """A day and half of it, or all of it."""

    id: Annotated[int, PlanningId]
    day: int
    halves: int  # 1 morning, 2 afternoon, 3 both
    weekday: int
    week: int
    year: int
    taught: bool


@planning_entity
@dataclass
class Entry:
    """A visit that is wanted; by host what it costs, and whether the way there fits beside teaching: 2 yes, 1 a whole day only, 0 no."""

    id: Annotated[int, PlanningId]
    cohort: int
    points: dict[int, int]
    near: dict[int, int]
    hosts: Annotated[list[Host], ValueRangeProvider(id="hosts")]
    slots: Annotated[list[Slot], ValueRangeProvider(id="slots")]
    host: Annotated[
        Host | None, PlanningVariable(value_range_provider_refs=["hosts"], allows_unassigned=True)
    ] = field(default=None)
    slot: Annotated[
        Slot | None, PlanningVariable(value_range_provider_refs=["slots"], allows_unassigned=True)
    ] = field(default=None)


@planning_solution
@dataclass
class Schedule:
    """All visits."""

    entries: Annotated[list[Entry], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


UNSERVED, REGIONS, INDUSTRIES, LOAD = 1000 * SCALE, 4 * SCALE, 2 * SCALE, 3 * SCALE


@constraint_provider
def constraints(factory: ConstraintFactory) -> list[Constraint]:
    """Rules (hard) and points (soft), with the weights that a programme has unless it says otherwise."""
    same_class = Joiners.equal(lambda entry: entry.cohort)
    hard = HardSoftScore.ONE_HARD
    soft = HardSoftScore.ONE_SOFT
    return [
        factory.for_each(Entry).filter(closed).penalize(hard).as_constraint("closed"),
        factory.for_each(Entry)
        .group_by(lambda e: e.host, lambda e: e.slot.day, ConstraintCollectors.to_list(lambda e: e.slot))
        .filter(crowded)
        .penalize(hard)
        .as_constraint("groups"),
        factory.for_each(Entry)
        .group_by(lambda e: e.host, lambda e: e.slot.week, ConstraintCollectors.count())
        .filter(lambda host, _week, n: n > host.each_week)
        .penalize(hard, lambda host, _week, n: n - host.each_week)
        .as_constraint("week"),
        factory.for_each(Entry)
        .group_by(lambda e: e.host, lambda e: e.slot.year, ConstraintCollectors.count())
        .filter(lambda host, _year, n: n > host.each_year)
        .penalize(hard, lambda host, _year, n: n - host.each_year)
        .as_constraint("year"),
        factory.for_each_unique_pair(Entry, same_class, Joiners.equal(lambda e: e.host))
        .penalize(hard)
        .as_constraint("once"),
        factory.for_each_unique_pair(Entry, same_class)
        .filter(lambda one, other: hurried(one.slot, other.slot))
        .penalize(hard)
        .as_constraint("days"),
        factory.for_each_including_unassigned(Entry)
        .filter(lambda e: e.host is None or e.slot is None)
        .penalize(soft, lambda _: UNSERVED)
        .as_constraint("unserved"),
        # A wish that comes true can be worth more than the way costs, and a penalty mustn't be below 0.
        factory.for_each(Entry).impact(soft, lambda e: -e.points[e.host.id]).as_constraint("travel"),
        factory.for_each(Entry)
        .group_by(lambda e: e.cohort, lambda e: e.host.region, ConstraintCollectors.count())
        .penalize(soft, lambda _cohort, _region, n: (n - 1) * REGIONS)
        .as_constraint("regions"),
        factory.for_each(Entry)
        .group_by(lambda e: e.cohort, lambda e: e.host.industry, ConstraintCollectors.count())
        .penalize(soft, lambda _cohort, _industry, n: (n - 1) * INDUSTRIES)
        .as_constraint("industries"),
        factory.for_each(Entry)
        .group_by(lambda e: e.host, ConstraintCollectors.count())
        .penalize(soft, lambda host, n: n * (n - 1) * LOAD // (2 * host.each_year))
        .as_constraint("load"),
    ]


def closed(entry: Entry) -> bool:
    """Whether the host receives nobody then, or the way doesn't fit."""
    host, slot = entry.host, entry.slot
    if slot.day < host.first or host.shut_from <= slot.day <= host.shut_to:
        return True
    if slot.halves != 2 and slot.weekday * 2 not in host.open:
        return True
    if slot.halves != 1 and slot.weekday * 2 + 1 not in host.open:
        return True
    return slot.taught and entry.near[host.id] + (slot.halves == 3) < 2


def crowded(host: Host, _day: int, some: list[Slot]) -> bool:
    """Whether a host has too many classes in one half of a day."""
    mornings = afternoons = 0
    for one in some:
        if one.halves != 2:
            mornings += 1
        if one.halves != 1:
            afternoons += 1
    return mornings > host.groups or afternoons > host.groups


def hurried(one: Slot, other: Slot) -> bool:
    """Whether a class has two visits on a day, or one in the morning after an afternoon."""
    if one.day == other.day:
        return True
    if one.day + 1 == other.day:
        return one.halves != 1 and other.halves != 2
    return other.day + 1 == one.day and other.halves != 1 and one.halves != 2


def planned(programme: Programme, seconds: float) -> tuple[list[Visit], float | None]:
    """The visits; Timefold knows no bound."""
    every = list(wanted(programme))
    hosts = [_host(programme, number) for number in range(len(programme.enterprises))]
    slots = {}
    for one in every:
        for option in one.options:
            key = (option.day, option.half, taught(programme, one, option))
            slots.setdefault(key, _slot(len(slots), *key))
    entries = []
    for number, one in enumerate(every):
        keys = dict.fromkeys((o.day, o.half, taught(programme, one, o)) for o in one.options)
        entries.append(_entry(programme, number, one, hosts, [slots[key] for key in keys]))
    config = SolverConfig(
        solution_class=Schedule,
        entity_class_list=[Entry],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints),
        termination_config=TerminationConfig(spent_limit=Spell(seconds=int(seconds))),
    )
    done = SolverFactory.create(config).build_solver().solve(Schedule(entries))
    visits = []
    for one, entry in zip(every, done.entries, strict=True):
        if entry.host is not None and entry.slot is not None:
            half = {1: Half.MORNING, 2: Half.AFTERNOON, 3: None}[entry.slot.halves]
            visits.append(
                visit(programme, one, Option(entry.host.id, date.fromordinal(entry.slot.day), half, 0.0))
            )
    return visits, None


def taught(programme: Programme, one: Wanted, option: Option) -> bool:
    """Whether the class's other half-day is taught."""
    return next(day.taught for day in programme.cohorts[one.cohort].days if day.day == option.day)


def _host(programme: Programme, number: int) -> Host:
    host = programme.enterprises[number]
    [shut] = host.closures
    return Host(
        id=number,
        region=host.spot.province,
        industry=host.industry[:3],
        open=[weekday * 2 + (half is Half.AFTERNOON) for weekday, half in host.open],
        first=programme.as_of.toordinal() + host.notice,
        shut_from=shut.starts.toordinal(),
        shut_to=shut.ends.toordinal(),
        groups=host.groups,
        each_week=host.each_week,
        each_year=host.each_year,
    )


def _slot(number: int, day: date, half: Half | None, taught_: bool) -> Slot:
    year, week, weekday = day.isocalendar()
    halves = {Half.MORNING: 1, Half.AFTERNOON: 2, None: 3}[half]
    return Slot(number, day.toordinal(), halves, weekday - 1, year * 100 + week, day.year, taught_)


def _entry(programme: Programme, number: int, one: Wanted, hosts: list[Host], slots: list[Slot]) -> Entry:
    cohort, table = programme.cohorts[one.cohort], programme.timetable
    points = {option.host: round(option.points * SCALE) for option in one.options}
    spells = {host: hours(cohort.home, programme.enterprises[host].spot) for host in points}
    near = {host: (spell <= table.noon) + (spell <= table.night) for host, spell in spells.items()}
    return Entry(number, one.cohort, points, near, [hosts[host] for host in points], slots)


if __name__ == "__main__":
    run(planned)
