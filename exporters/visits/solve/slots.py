"""When a visit can take place: the rules of class, host and host's calendar, and the way there and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from exporters.visits.holidays import works
from exporters.visits.travel import hours, kilometres
from schemas.visits import ClassDay, Cohort, Duration, Enterprise, Half, Need, Programme, Spot

Slot = tuple[date, Half | None]
_HALVES = tuple(Half)
_ROUNDING = 1e-9


def week_of(day: date) -> tuple[int, int]:
    """The ISO year and week."""
    return day.isocalendar()[:2]


def halves(slot: Slot) -> tuple[Half, ...]:
    """The half-days that a slot takes."""
    return (slot[1],) if slot[1] else _HALVES


def fits(cohort: Cohort, need: Need, host: Enterprise) -> bool:
    """Whether the host could serve the need at all: size, theme, industry, language."""
    return (
        host.smallest <= cohort.size <= host.largest
        and (not need.theme or need.theme in host.themes)
        and host.industry.startswith(need.industry)
        and cohort.language in host.languages
    )


@dataclass
class Calendar:
    """What is open to each class at each host, worked out once."""

    programme: Programme
    _open: dict[str, frozenset[tuple[date, Half]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.days = sorted({day.day for cohort in self.programme.cohorts for day in cohort.days})

    def open(self, host: Enterprise) -> frozenset[tuple[date, Half]]:
        """The half-days on which the host receives visitors and has had notice enough."""
        if host.id not in self._open:
            first = self.programme.as_of + timedelta(days=host.notice)
            self._open[host.id] = frozenset(
                (day, half)
                for day in self.days
                if day >= first
                for half in _HALVES
                if works(self.programme, host, day, half)
            )
        return self._open[host.id]

    def slots(self, cohort: Cohort, need: Need, host: Enterprise) -> Iterator[Slot]:
        """Where the visit could be if the class had no other."""
        there = self.open(host)
        whole = need.duration is Duration.DAY
        for day in cohort.days:
            if (need.earliest and day.day < need.earliest) or (need.latest and day.day > need.latest):
                continue
            free = [half for half in day.halves if (day.day, half) in there]
            if whole and len(free) == len(_HALVES):
                yield day.day, None
            elif not whole:
                yield from ((day.day, half) for half in free)

    def stands(self, cohort: Cohort, need: Need, host: Enterprise, slot: Slot) -> bool:
        """Whether what is agreed can stay: as `slots`, but the host has had its notice."""
        day = next((day for day in cohort.days if day.day == slot[0]), None)
        late = (need.earliest and slot[0] < need.earliest) or (need.latest and slot[0] > need.latest)
        return (
            day is not None
            and not late
            and (slot[1] is None) == (need.duration is Duration.DAY)
            and all(
                half in day.halves and works(self.programme, host, slot[0], half) for half in halves(slot)
            )
        )


@cache
def far(one: Spot, other: Spot) -> float:
    """Kilometres; the same pairs are asked for again and again."""
    return kilometres(one, other)


@cache
def _hours(one: Spot, other: Spot) -> float:
    return hours(one, other)


class Days:
    """A class's days with the visits that it has so far; says whether one more would leave time for the ways."""

    def __init__(self, programme: Programme, cohort: Cohort) -> None:
        self._table = programme.timetable
        self._home = cohort.home
        self._days: Mapping[date, ClassDay] = {day.day: day for day in cohort.days}
        self._at: dict[tuple[date, Half], Spot] = {}

    def put(self, slot: Slot, spot: Spot) -> None:
        """The class is there then."""
        for half in halves(slot):
            self._at[slot[0], half] = spot

    def take(self, slot: Slot) -> None:
        """The class isn't there then, after all."""
        for half in halves(slot):
            del self._at[slot[0], half]

    def is_free(self, slot: Slot) -> bool:
        """Whether the class visits nobody then."""
        return not any((slot[0], half) in self._at for half in halves(slot))

    def could(self, slot: Slot, spot: Spot) -> bool:
        """Whether the class is free then and gets there and back in time."""
        if not self.is_free(slot):
            return False
        self.put(slot, spot)
        day = slot[0]
        good = (
            self._noon(day, whole=slot[1] is None)
            and self._night(day - timedelta(days=1))
            and self._night(day)
        )
        self.take(slot)
        return good

    def _places(self, day: date) -> Sequence[Spot | None] | None:
        """Where the class is in the two halves; None where it isn't together or is free."""
        known = self._days.get(day)
        if known is None:
            return None
        taught = known.halves if known.taught else ()
        return [self._at.get((day, half), self._home if half in taught else None) for half in _HALVES]

    def _noon(self, day: date, *, whole: bool) -> bool:
        places = self._places(day)
        if whole or places is None or places[0] is None or places[1] is None:
            return True
        return _hours(places[0], places[1]) <= self._table.noon + _ROUNDING

    def _night(self, day: date) -> bool:
        places, after = self._places(day), self._places(day + timedelta(days=1))
        if places is None or after is None:
            return True
        last, evening = (places[1], 0) if places[1] else (places[0], 1)
        first, morning = (after[0], 0) if after[0] else (after[1], 1)
        if last is None or first is None:
            return True
        return _hours(last, first) <= self._table.night + self._table.half * (evening + morning) + _ROUNDING
