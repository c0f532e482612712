"""When a visit can take place: the rules of class, host and host's calendar, and the way there and back."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from exporters.visits.travel import hours, kilometres
from schemas.visits import ClassDay, Cohort, Half, Programme, Spot

Slot = tuple[date, Half | None]
_HALVES = tuple(Half)
_ROUNDING = 1e-9


def week_of(day: date) -> tuple[int, int]:
    """The ISO year and week."""
    return day.isocalendar()[:2]


def halves(slot: Slot) -> tuple[Half, ...]:
    """The half-days that a slot takes."""
    return (slot[1],) if slot[1] else _HALVES


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
