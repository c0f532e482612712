"""Rules of several visits: what a host can bear, and where a class is at any time."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta

from exporters.visits.output.words import HALVES
from exporters.visits.rules.facts import Breach, Facts, Known, when
from exporters.visits.travel import hours
from schemas.text import Text
from schemas.visits import Half, Spot

_HALVES = (Half.MORNING, Half.AFTERNOON)
_ROUNDING = 1e-9  # hours
_HOME = Text("上课地点", "the classroom")


def groups(facts: Facts) -> Iterator[Breach]:
    """A host has no more classes at once than it allows."""
    words = Text(
        "{host}同时最多接待 {most} 个班，{day} {half}安排了 {n} 个。",
        "{host} receives at most {most} classes at once; in the {half} of {day} there are {n}.",
    )
    for theirs in facts.by_host():
        at: dict[tuple[date, Half], list[Known]] = defaultdict(list)
        for one in theirs:
            for half in one.halves:
                at[one.visit.day, half].append(one)
        for (day, half), together in at.items():
            host = together[0].host
            if len(together) > host.groups:
                told = words.format(
                    host=host.name, most=host.groups, n=len(together), day=day, half=HALVES[half]
                )
                yield Breach("groups", _ids(together), told)


def each_week(facts: Facts) -> Iterator[Breach]:
    """A host has no more visits in an ISO week than it allows."""
    words = Text(
        "{host}每周最多接待 {most} 次，{period} 周安排了 {n} 次。",
        "{host} receives at most {most} visits a week; in {period} there are {n}.",
    )
    for theirs in facts.by_host():
        for period, together in _by(theirs, [_week(one.visit.day) for one in theirs]).items():
            most = together[0].host.each_week
            if len(together) > most:
                told = words.format(host=together[0].host.name, most=most, period=period, n=len(together))
                yield Breach("each-week", _ids(together), told)


def each_year(facts: Facts) -> Iterator[Breach]:
    """A host has no more visits in a calendar year than it allows."""
    words = Text(
        "{host}每年最多接待 {most} 次，{year} 年安排了 {n} 次。",
        "{host} receives at most {most} visits a year; in {year} there are {n}.",
    )
    for theirs in facts.by_host():
        for year, together in _by(theirs, [one.visit.day.year for one in theirs]).items():
            most = together[0].host.each_year
            if len(together) > most:
                told = words.format(host=together[0].host.name, most=most, year=year, n=len(together))
                yield Breach("each-year", _ids(together), told)


def once(facts: Facts) -> Iterator[Breach]:
    """A class visits no enterprise twice."""
    words = Text("{cohort}去{host}不止一次（{n} 次）。", "{cohort} visits {host} more than once ({n} times).")
    for theirs in facts.by_cohort():
        for together in _by(theirs, [one.host.id for one in theirs]).values():
            if len(together) > 1:
                one = together[0]
                told = words.format(cohort=one.cohort.name, host=one.host.name, n=len(together))
                yield Breach("once", _ids(together), told)


def overlap(facts: Facts) -> Iterator[Breach]:
    """A class is in one place at a time."""
    words = Text(
        "{cohort}在 {day} {half}同时安排了 {n} 次实地教学。",
        "{cohort} has {n} visits at once in the {half} of {day}.",
    )
    for theirs in facts.by_cohort():
        at: dict[tuple[date, Half], list[Known]] = defaultdict(list)
        for one in theirs:
            for half in one.halves:
                at[one.visit.day, half].append(one)
        for (day, half), together in at.items():
            if len(together) > 1:
                told = words.format(
                    cohort=together[0].cohort.name, day=day, half=HALVES[half], n=len(together)
                )
                yield Breach("overlap", _ids(together), told)


def travel(facts: Facts) -> Iterator[Breach]:
    """A class gets from each place to the next in the time that it has: at noon, overnight, in free half-days."""
    table = facts.programme.timetable
    for theirs in facts.by_cohort():
        stays = _stays(theirs)
        for day, places in stays.items():
            yield from _leg(places[0], places[1], table.noon)
            after = stays.get(day + timedelta(days=1))
            if after is None:
                continue
            last, evening = (places[1], 0) if places[1] else (places[0], 1)
            first, morning = (after[0], 0) if after[0] else (after[1], 1)
            yield from _leg(last, first, table.night + table.half * (evening + morning))


class _Stay:
    """Where a class is for half a day: at a host, or in the classroom."""

    def __init__(self, cohort: Text, spot: Spot, visit: Known | None = None) -> None:
        self.cohort = cohort
        self.spot = spot
        self.visit = visit

    @property
    def name(self) -> Text:
        return self.visit.host.name if self.visit else _HOME


def _stays(theirs: Sequence[Known]) -> dict[date, list[_Stay | None]]:
    """Where the class is in the two halves of each of its days; None where it is free."""
    cohort = theirs[0].cohort
    stays: dict[date, list[_Stay | None]] = {}
    for day in cohort.days:
        taught = day.halves if day.taught else ()
        home = _Stay(cohort.name, cohort.home)
        stays[day.day] = [home if half in taught else None for half in _HALVES]
    for one in theirs:
        places = stays.setdefault(one.visit.day, [None, None])
        for half in one.halves:
            places[_HALVES.index(half)] = _Stay(cohort.name, one.host.spot, one)
    return stays


def _leg(one: _Stay | None, other: _Stay | None, most: float) -> Iterator[Breach]:
    """From one place to another in so many hours at most."""
    if one is None or other is None or (one.visit is None and other.visit is None):
        return
    if one.visit is not None and one.visit is other.visit:  # a whole day
        return
    taken = hours(one.spot, other.spot)
    if taken > most + _ROUNDING:
        words = Text(
            "{cohort}从{one}到{other}要 {taken} 小时，只有 {most} 小时（{when}）。",
            "{cohort} takes {taken} hours from {one} to {other} and has {most} ({when}).",
        )
        visits = [stay.visit for stay in (one, other) if stay.visit]
        told = words.format(
            cohort=one.cohort,
            one=one.name,
            other=other.name,
            taken=f"{taken:.1f}",
            most=f"{most:.1f}",
            when=when(visits[-1].visit),
        )
        yield Breach("travel", _ids(visits), told)


def _by(visits: Sequence[Known], keys: Sequence[Hashable]) -> dict[Hashable, list[Known]]:
    grouped: dict[Hashable, list[Known]] = defaultdict(list)
    for one, key in zip(visits, keys, strict=True):
        grouped[key].append(one)
    return grouped


def _week(day: date) -> str:
    """An ISO week, such as 2023-W09."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _ids(visits: Sequence[Known]) -> tuple[str, ...]:
    return tuple(one.visit.id for one in visits)
