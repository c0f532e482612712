"""How good a plan is, from the plan alone: points by what they are for (`schemas.visits.Weights`)."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from exporters.visits.travel import kilometres
from schemas.visits import Cohort, Enterprise, Plan, Programme, Quality, Visit

PARTS = ("unserved", "travel", "regions", "industries", "load", "wishes", "changes")
DIVISION = 3  # an industry is a letter and two digits


def price(
    programme: Programme,
    visits: Iterable[Visit],
    previous: Plan | None = None,
    *,
    bound: float | None = None,
    seconds: float = 0.0,
) -> Quality:
    """The points of these visits. `previous` is the plan from which changes are counted; visits of classes or enterprises that
    the programme doesn't have count nothing."""
    hosts = {one.id: one for one in programme.enterprises}
    of_cohort: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.enterprise in hosts:
            of_cohort[visit.cohort].append(visit)
    old: dict[str, list[Visit]] = defaultdict(list)
    for visit in previous.visits if previous else ():
        old[visit.cohort].append(visit)
    parts = dict.fromkeys(PARTS, 0.0)
    load: Counter[str] = Counter()
    for cohort in programme.cohorts:
        theirs = of_cohort[cohort.id]
        load.update(visit.enterprise for visit in theirs)
        _class(parts, programme, cohort, [(visit, hosts[visit.enterprise]) for visit in theirs])
        parts["changes"] += programme.weights.changes * _changes(cohort, theirs, old[cohort.id])
    for host, visits_there in load.items():
        shares = visits_there * (visits_there - 1) / 2 / hosts[host].each_year
        parts["load"] += programme.weights.load * shares
    parts = {name: round(points, 9) for name, points in parts.items()}
    return Quality(points=round(sum(parts.values()), 9), parts=parts, bound=bound, seconds=seconds)


def _class(
    parts: dict[str, float], programme: Programme, cohort: Cohort, visits: list[tuple[Visit, Enterprise]]
) -> None:
    """What a class's visits cost, but for changes."""
    weights = programme.weights
    planned = Counter(visit.need for visit, _ in visits)
    missing = sum(max(0, need.count - planned[need.id]) for need in cohort.needs)
    away = sum(kilometres(cohort.home, host.spot) for _, host in visits)
    visited = {host.id for _, host in visits}
    parts["unserved"] += weights.unserved * missing
    parts["travel"] += weights.travel * away / 100
    parts["regions"] += weights.regions * (len(visits) - len({host.spot.province for _, host in visits}))
    parts["industries"] += weights.industries * (
        len(visits) - len({host.industry[:DIVISION] for _, host in visits})
    )
    parts["wishes"] += weights.wishes * len(set(cohort.wishes) - visited)


def _changes(cohort: Cohort, now: list[Visit], before: list[Visit]) -> float:
    """How many visits of needs that the class still has are at another host (1) or at another time (a half)."""
    needs = {need.id for need in cohort.needs}
    there = {(visit.need, visit.enterprise): visit for visit in now}
    changes = 0.0
    for old in before:
        if old.need in needs:
            new = there.get((old.need, old.enterprise))
            changes += 1.0 if new is None else 0.5 * ((new.day, new.half) != (old.day, old.half))
    return changes
