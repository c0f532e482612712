"""The working calendar of China: public holidays and the week-end days that are worked instead of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from schemas.visits import Enterprise, Half, Programme

SATURDAY = 5
FRIDAY = 4


@dataclass(frozen=True)
class WorkingCalendar:
    """Days from one to another: `off` when nobody works, `working` week-end days that are worked, and the years of which
    the holidays aren't known, whose weekdays all count as worked."""

    off: frozenset[date]
    working: frozenset[date]
    unknown: tuple[int, ...] = ()


def working_calendar(
    first: date, last: date, *, off: Iterable[date] = (), working: Iterable[date] = ()
) -> WorkingCalendar:
    """The calendar from `first` to `last`, both included. What `off` and `working` say beats the public calendar; of a day
    that is in both, `off` holds."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    shut, worked = frozenset(off), frozenset(working) - frozenset(off)
    known, unknown = _years({day.year for day in days})
    free, made_up = set(), set()
    for day in days:
        weekend = day.weekday() >= SATURDAY
        works = chinese_calendar.is_workday(day) if day.year in known else not weekend
        if day in shut or (not works and day not in worked):
            free.add(day)
        elif weekend:
            made_up.add(day)
    return WorkingCalendar(frozenset(free), frozenset(made_up), unknown)


def _years(years: Iterable[int]) -> tuple[frozenset[int], tuple[int, ...]]:
    """The years that the library knows, and those that it doesn't."""
    known = set()
    for year in years:
        try:
            chinese_calendar.is_workday(date(year, 6, 1))
        except NotImplementedError:
            continue
        known.add(year)
    return frozenset(known), tuple(sorted(set(years) - known))


def works(programme: Programme, enterprise: Enterprise, day: date, half: Half) -> bool:
    """Whether the enterprise receives visitors then: not on a day off nor in a closure; a week-end day that is worked instead of a
    holiday counts as a Friday."""
    if day in programme.off or any(closure.starts <= day <= closure.ends for closure in enterprise.closures):
        return False
    weekday = FRIDAY if day in programme.working else day.weekday()
    return (weekday, half) in enterprise.open
