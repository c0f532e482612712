"""A programme as arrays: hosts, days, and for each class what it could visit and when.

Days are counted from the first class day of all (`Board.first`), weeks are ISO weeks in the same count. A class keeps only
the hosts that fit one of its needs: its arrays have one row for each of these, `Desk.hosts` says which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from exporters.visits import travel
from exporters.visits.solve.distance import hours, kilometres
from schemas.visits import ClassDay, Cohort, Duration, Enterprise, Half, Need, Programme, Spot, Visit

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

HALVES = (Half.MORNING, Half.AFTERNOON)
FRIDAY = 4
DIVISION = 3  # an industry is a letter and two digits


@dataclass(frozen=True)
class Slot:
    """When a visit takes place: a day of the board and a half (0 morning, 1 afternoon, 2 the whole day)."""

    day: int
    half: int

    @property
    def halves(self) -> tuple[int, ...]:
        """The half-days that it takes."""
        return (0, 1) if self.half == 2 else (self.half,)


def industry_of(code: str) -> str:
    """The division of an industry, to which variety is counted."""
    return code[:DIVISION]


class Desk:
    """What is known of one class: its days, its needs, and the hosts that fit them."""

    def __init__(
        self, board: "Board", index: int, cohort: Cohort, fixed: Sequence[tuple[int, Visit]]
    ) -> None:
        self.index = index
        self.cohort = cohort
        self.needs = cohort.needs
        days: Sequence[ClassDay] = cohort.days
        self.days: Ints = np.array([day.day.toordinal() - board.first for day in days], dtype=np.int64)
        self.has: Flags = np.array(
            [[half in day.halves for half in HALVES] for day in days], dtype=bool
        ).reshape(-1, 2)
        self.taught: Flags = np.array([day.taught for day in days], dtype=bool)
        self.weeks: Ints = board.week_of(self.days)
        self.position = {int(day): place for place, day in enumerate(self.days)}
        fits = np.array([board.fits(cohort, need) for need in self.needs], dtype=bool).reshape(
            len(self.needs), board.size
        )
        self.hosts: Ints = np.flatnonzero(fits.any(axis=0)) if len(fits) else np.zeros(0, dtype=np.int64)
        self.row: Ints = np.full(board.size, -1, dtype=np.int64)
        self.row[self.hosts] = np.arange(len(self.hosts))
        self.fit: Flags = fits[:, self.hosts]
        away = kilometres(cohort.home.latitude, cohort.home.longitude, board.latitude, board.longitude)
        self.all_km: Floats = away
        self.km: Floats = away[self.hosts]
        self.home_hours: Floats = hours(away)
        self.when: Flags = np.array([self._within(board, need) for need in self.needs], dtype=bool).reshape(
            len(self.needs), len(days)
        )
        self.whole: Flags = np.array([need.duration is Duration.DAY for need in self.needs], dtype=bool)
        self.fixed = [(host, board.slot_of(visit), visit) for host, visit in fixed]
        self.count: Ints = np.array(
            [need.count - sum(visit.need == need.id for _, _, visit in self.fixed) for need in self.needs],
            dtype=np.int64,
        ).clip(min=0)
        self._open(board)
        self.strained: list[int] = []  # days of visits that stay, whose ways need another visit
        self.times: dict[
            tuple[int, int], list[Slot]
        ] = {}  # by need and host: when a visit could be, once asked for
        self.last: dict[tuple[int, int], Slot] = {}  # by need and host: times of the last plan
        self.agreed: dict[tuple[int, int], Slot] = {}  # of these, the times that the host has had notice of

    def agree(self, board: "Board", need: int, host: int, slot: Slot, since: int) -> None:
        """A visit of the last plan keeps its time though its notice, counted from today, is over."""
        place = self.position.get(slot.day)
        if place is None or self.row[host] < 0 or slot.day - since < board.programme.enterprises[host].notice:
            return
        fits = (
            self.fit[need, self.row[host]]
            and self.when[need, place]
            and (slot.half == 2) == bool(self.whole[need])
        )
        if fits and all(board.open[host, slot.day, half] and self.has[place, half] for half in slot.halves):
            self.agreed[need, host] = slot

    def _within(self, board: "Board", need: Need) -> Flags:
        low = need.earliest.toordinal() - board.first if need.earliest else -1
        high = need.latest.toordinal() - board.first if need.latest else board.length
        return np.asarray((self.days >= low) & (self.days <= high))

    def _open(self, board: "Board") -> None:
        """Where visits could be: `free` in a half-day of the class when the host is open, whatever the rest of the day;
        `alone` where the other half-day is no hindrance; `wholly` for a whole day."""
        noon = board.programme.timetable.noon
        there = board.open[self.hosts][:, self.days, :]
        soon = self.days[None, :] >= board.notice[self.hosts][:, None]
        self.free: Flags = there & self.has[None] & soon[:, :, None]
        taken = [
            (self.position[slot.day], half, host)
            for host, slot, _ in self.fixed
            for half in slot.halves
            if slot.day in self.position
        ]
        for day, half, _ in taken:
            self.free[:, day, half] = False
        visited = [self.row[host] for host, _, _ in self.fixed if self.row[host] >= 0]
        self.free[visited] = False
        self.near: Flags = self.home_hours[self.hosts] <= noon
        both = self.taught & self.has.all(axis=1)
        self.alone: Flags = self.free & (~both[None, :, None] | self.near[:, None, None])
        for day, half, host in taken:
            reach = board.between(host, self.hosts) <= noon
            self.alone[:, day, 1 - half] = self.free[:, day, 1 - half] & reach
        self.wholly: Flags = np.asarray(self.free.all(axis=2))
        self.paired: Flags = both & ~np.isin(np.arange(len(self.days)), [day for day, _, _ in taken])

    def could(self, need: int, row: int, slot: Slot) -> bool:
        """Whether the host receives the class for the need in a slot, leaving aside where the class is before and after."""
        place = self.position.get(slot.day)
        if place is None or not self.when[need, place] or (slot.half == 2) != bool(self.whole[need]):
            return False
        return bool(self.wholly[row, place] if slot.half == 2 else self.free[row, place, slot.half])

    def slots(self, need: int, row: int) -> list[Slot]:
        """Where a visit of a need to the host of a row could be, with nothing else on that day."""
        if self.whole[need]:
            places = np.flatnonzero(self.wholly[row] & self.when[need])
            return [Slot(int(self.days[place]), 2) for place in places]
        places, halves = np.nonzero(self.alone[row] & self.when[need][:, None])
        return [Slot(int(self.days[place]), int(half)) for place, half in zip(places, halves, strict=True)]


class Board:
    """The whole programme. `fixed` are visits that stay: locked, or past already."""

    def __init__(self, programme: Programme, fixed: Sequence[Visit] = ()) -> None:
        self.programme = programme
        hosts = programme.enterprises
        self.size = len(hosts)
        stays = [visit.day for visit in fixed]
        every = [day.day for cohort in programme.cohorts for day in cohort.days] + stays or [programme.as_of]
        self.first = min(every).toordinal()
        self.length = max(every).toordinal() - self.first + 1
        self.latitude: Floats = np.array([host.spot.latitude for host in hosts], dtype=float)
        self.longitude: Floats = np.array([host.spot.longitude for host in hosts], dtype=float)
        self.province, self.provinces = _codes([host.spot.province for host in hosts])
        self.industry, self.industries = _codes([industry_of(host.industry) for host in hosts])
        self.groups: Ints = np.array([host.groups for host in hosts], dtype=np.int64)
        self.each_week: Ints = np.array([host.each_week for host in hosts], dtype=np.int64)
        self.each_year: Ints = np.array([host.each_year for host in hosts], dtype=np.int64)
        self.notice: Ints = np.array(
            [programme.as_of.toordinal() + host.notice - self.first for host in hosts], dtype=np.int64
        )
        self.host_of = {host.id: place for place, host in enumerate(hosts)}
        dates = [date.fromordinal(self.first + day) for day in range(self.length)]
        self.year: Ints = np.array([day.year for day in dates], dtype=np.int64)
        self.open: Flags = np.array([self._opening(host, dates) for host in hosts], dtype=bool).reshape(
            self.size, self.length, 2
        )
        self._themes = [frozenset(host.themes) for host in hosts]
        kept: dict[str, list[tuple[int, Visit]]] = {}
        for visit in fixed:
            kept.setdefault(visit.cohort, []).append((self.host_of[visit.enterprise], visit))
        self._fits: dict[tuple[str, str], Flags] = {}
        self._speaks: dict[str, Flags] = {}
        self.smallest: Ints = np.array([host.smallest for host in hosts], dtype=np.int64)
        self.largest: Ints = np.array([host.largest for host in hosts], dtype=np.int64)
        self.week: Ints = self.week_of(np.arange(self.length))
        self.spots = [host.spot for host in hosts]
        self._spells: dict[tuple[Spot, Spot], float] = {}
        self.weeks = int(self.week_of(np.array([self.length]))[0]) + 1
        self.most: Ints = self.each_year * len(set(self.year.tolist()))
        self.fixed_load: Ints = np.bincount(
            [self.host_of[visit.enterprise] for visit in fixed], minlength=self.size
        )
        self.desks = [
            Desk(self, index, cohort, kept.get(cohort.id, ()))
            for index, cohort in enumerate(programme.cohorts)
        ]
        self._rooms(fixed)
        self._near_by = self._near()

    def spell(self, one: Spot, other: Spot) -> float:
        """Hours from a place to another; the same pairs are asked for again and again."""
        if (one, other) not in self._spells:
            self._spells[one, other] = travel.hours(one, other)
        return self._spells[one, other]

    def week_of(self, days: Ints) -> Ints:
        """ISO weeks: Mondays are where the proleptic ordinal is 1 modulo 7."""
        return np.asarray((days + self.first - 1) // 7 - (self.first - 1) // 7)

    def slot_of(self, visit: Visit) -> Slot:
        """The slot of a visit that has its time."""
        return Slot(visit.day.toordinal() - self.first, 2 if visit.half is None else HALVES.index(visit.half))

    def between(self, host: int, others: Ints) -> Floats:
        """Hours from a host to others."""
        return hours(
            kilometres(
                self.latitude[host], self.longitude[host], self.latitude[others], self.longitude[others]
            )
        )

    def halves_of(self, cohorts: Ints, needs: Ints) -> Floats:
        """Half-days that visits take."""
        return np.where(self._whole[cohorts, needs], 2.0, 1.0)

    def _rooms(self, fixed: Sequence[Visit]) -> None:
        """Visits that a host can still receive in a week, half-days that a class has for visits in a week."""
        week = self.week_of(np.arange(self.length))
        halves = np.zeros((self.size, self.weeks), dtype=np.int64)
        for day in range(self.length):
            halves[:, week[day]] += self.open[:, day].sum(axis=1)
        taken = np.zeros_like(halves)
        for visit in fixed:
            day = visit.day.toordinal() - self.first
            taken[self.host_of[visit.enterprise], week[day]] += 1
        room = np.minimum(self.each_week[:, None] - taken, halves * self.groups[:, None])
        self.host_week_room: Floats = np.maximum(room, 0).astype(float)
        self.class_week_room: Floats = np.zeros((len(self.desks), self.weeks))
        needs = max((len(desk.needs) for desk in self.desks), default=0)
        self._whole: Flags = np.zeros((len(self.desks), max(needs, 1)), dtype=bool)
        for desk in self.desks:
            some = desk.free.any(axis=0)
            np.add.at(self.class_week_room[desk.index], desk.weeks, some.sum(axis=1))
            self._whole[desk.index, : len(desk.needs)] = desk.whole

    def _near(self) -> tuple[Ints, Ints]:
        """Hosts between which noon is long enough: where each host's begin, and all of them."""
        noon = self.programme.timetable.noon
        every = np.arange(self.size)
        parts = [
            np.flatnonzero((self.between(host, every) <= noon) & (every != host)) for host in range(self.size)
        ]
        starts = np.cumsum([0, *(len(part) for part in parts)])
        return starts, np.concatenate([np.zeros(0, dtype=np.int64), *parts])

    def near_of(self, hosts: Ints) -> tuple[Ints, Ints]:
        """Pairs of the hosts with all that are near."""
        starts, others = self._near_by
        count = starts[hosts + 1] - starts[hosts]
        at = (
            np.arange(count.sum())
            - np.repeat(np.cumsum(count) - count, count)
            + np.repeat(starts[hosts], count)
        )
        return np.repeat(hosts, count), others[at]

    def fits(self, cohort: Cohort, need: Need) -> Flags:
        """Which hosts fit a need of a class: theme, industry, size and language."""
        key = (need.theme, need.industry)
        if key not in self._fits:
            hosts = self.programme.enterprises
            self._fits[key] = np.array(
                [
                    (not need.theme or need.theme in self._themes[place])
                    and host.industry.startswith(need.industry)
                    for place, host in enumerate(hosts)
                ],
                dtype=bool,
            )
        return self._fits[key] & self._takes(cohort)

    def _takes(self, cohort: Cohort) -> Flags:
        key = cohort.language
        if key not in self._speaks:
            self._speaks[key] = np.array(
                [key in host.languages for host in self.programme.enterprises], dtype=bool
            )
        return self._speaks[key] & (self.smallest <= cohort.size) & (cohort.size <= self.largest)

    def _opening(self, host: Enterprise, dates: Sequence[date]) -> list[tuple[bool, bool]]:
        weekly = {(weekday, half) for weekday, half in host.open}
        programme = self.programme
        opening = []
        for day in dates:
            weekday = FRIDAY if day in programme.working else day.weekday()
            shut = day in programme.off or any(
                closure.starts <= day <= closure.ends for closure in host.closures
            )
            opening.append(
                (not shut and (weekday, HALVES[0]) in weekly, not shut and (weekday, HALVES[1]) in weekly)
            )
        return opening


def _codes(names: Sequence[str]) -> tuple[Ints, list[str]]:
    known = sorted(set(names))
    where = {name: place for place, name in enumerate(known)}
    return np.array([where[name] for name in names], dtype=np.int64), known
