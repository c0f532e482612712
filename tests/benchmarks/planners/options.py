"""What the other planners choose from: hosts and times of each visit that is wanted. To keep their models small, a need has its nearest
hosts only, a class visits at most one host a day, and not in the morning after an afternoon; our planner has none of these limits."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporters.visits.holidays import works
from exporters.visits.travel import hours, kilometres
from schemas.visits import ClassDay, Cohort, Duration, Enterprise, Half, Need, Programme, Visit

NEAREST = 25


class Option(NamedTuple):
    """A host and a time for a visit; `points` for travel and wishes."""

    host: int
    day: date
    half: Half | None
    points: float

    @property
    def halves(self) -> tuple[Half, ...]:
        """The half-days that it takes."""
        return (self.half,) if self.half else tuple(Half)

    @property
    def week(self) -> tuple[int, int]:
        """The ISO year and week."""
        return self.day.isocalendar()[:2]


class Wanted(NamedTuple):
    """One visit that is wanted, and what it could be."""

    id: str
    cohort: int
    need: str
    options: tuple[Option, ...]


def wanted(programme: Programme) -> Iterator[Wanted]:
    """Every visit that is wanted."""
    for number, cohort in enumerate(programme.cohorts):
        for need in cohort.needs:
            options = tuple(_options(programme, cohort, need))
            for copy in range(need.count):
                yield Wanted(f"{cohort.id}/{need.id}/{copy + 1}", number, need.id, options)


def _options(programme: Programme, cohort: Cohort, need: Need) -> Iterator[Option]:
    away = [(kilometres(cohort.home, host.spot), place) for place, host in enumerate(programme.enterprises)]
    fit = [(km, place) for km, place in sorted(away) if _fits(programme.enterprises[place], cohort, need)]
    for km, place in fit[:NEAREST]:
        host = programme.enterprises[place]
        points = programme.weights.travel * km / 100 - programme.weights.wishes * (host.id in cohort.wishes)
        for day in cohort.days:
            if (day.day - programme.as_of).days < host.notice:
                continue
            if (need.earliest or day.day) <= day.day <= (need.latest or day.day):
                for half in _halves(programme, cohort, need, host, day):
                    yield Option(place, day.day, half, points)


def _fits(host: Enterprise, cohort: Cohort, need: Need) -> bool:
    return (
        (not need.theme or need.theme in host.themes)
        and host.industry.startswith(need.industry)
        and host.smallest <= cohort.size <= host.largest
        and cohort.language in host.languages
    )


def _halves(
    programme: Programme, cohort: Cohort, need: Need, host: Enterprise, day: ClassDay
) -> Iterator[Half | None]:
    spell = hours(cohort.home, host.spot)
    open_ = [half for half in day.halves if works(programme, host, day.day, half)]
    if need.duration is Duration.DAY:
        if len(open_) == len(Half) and (not day.taught or spell <= programme.timetable.night):
            yield None
    elif not day.taught or spell <= programme.timetable.noon:
        yield from open_


def run(solve: Callable[[Programme, float], tuple[list[Visit], float | None]]) -> None:
    """The command line of a planner: programme, seconds, and where visits and bound go."""
    source, seconds, target = sys.argv[1:]
    programme = msgspec.json.decode(Path(source).read_bytes(), type=Programme)
    Path(target).write_bytes(msgspec.json.encode(solve(programme, float(seconds))))


def visit(programme: Programme, one: Wanted, option: Option) -> Visit:
    """The visit that was chosen."""
    return Visit(
        id=one.id,
        cohort=programme.cohorts[one.cohort].id,
        need=one.need,
        enterprise=programme.enterprises[option.host].id,
        day=option.day,
        half=option.half,
    )
