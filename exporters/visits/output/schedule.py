"""A plan joined with what it is about: each visit with its class, its host and its hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from schemas.edition import editions
from schemas.errors import InputError
from schemas.text import Text
from schemas.visits import Cohort, Contact, Enterprise, Half, Need, Plan, Programme, Spot, Visit

SHANGHAI = ZoneInfo("Asia/Shanghai")

_UNKNOWN = Text(
    "计划中的实地教学 {visit} 指向资料里没有的{what} {id}。请恢复该资料，或用 lingjun visits replan 重新安排。",
    "The plan's visit {visit} names the {what} {id}, which the programme doesn't have. Restore it, or plan anew with lingjun visits replan.",
)
_COHORT, _ENTERPRISE = Text("班次", "class"), Text("企业", "enterprise")

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True)
class Appointment:
    """One visit with all that its participants have to know. `need` is None where the class no longer asks for it
    (a cancelled visit)."""

    visit: Visit
    cohort: Cohort
    enterprise: Enterprise
    need: Need | None
    starts: datetime
    ends: datetime
    cancelled: bool = False

    @property
    def theme(self) -> str:
        """The theme that the class asked for, else the host's first one; empty where neither is known."""
        return (self.need.theme if self.need else "") or next(iter(self.enterprise.themes), "")

    @property
    def asked_by(self) -> Text:
        """The course or curriculum that asks for the visit; empty where none is known."""
        return self.need.asked_by if self.need else Text()


@dataclass(frozen=True)
class Schedule:
    """A programme and its plan. Raises InputError where the plan names a class or an enterprise that isn't there."""

    programme: Programme
    plan: Plan
    title: Text = field(default=Text())

    @cached_property
    def cohorts(self) -> Mapping[str, Cohort]:
        """Every class, by identifier."""
        return {one.id: one for one in self.programme.cohorts}

    @cached_property
    def enterprises(self) -> Mapping[str, Enterprise]:
        """Every enterprise, by identifier."""
        return {one.id: one for one in self.programme.enterprises}

    @cached_property
    def appointments(self) -> tuple[Appointment, ...]:
        """The visits that take place, in order of time."""
        return _in_order(self._appointment(visit) for visit in self.plan.visits)

    @cached_property
    def cancelled(self) -> tuple[Appointment, ...]:
        """The visits that were published and no longer take place at that host, in order of time. A class that is gone
        altogether can't be told."""
        known = (visit for visit in self.plan.cancelled if visit.cohort in self.cohorts)
        return _in_order(self._appointment(visit, cancelled=True) for visit in known)

    def of_cohort(self, cohort: str) -> tuple[Appointment, ...]:
        """What a class does. A visit that only moved to another host isn't cancelled for the class."""
        return self._by_cohort.get(cohort, ())

    def of_enterprise(self, enterprise: str) -> tuple[Appointment, ...]:
        """Whom a host receives, and who isn't coming after all."""
        return self._by_enterprise.get(enterprise, ())

    @cached_property
    def institutions(self) -> tuple[str, ...]:
        """Those that have classes."""
        return tuple(sorted({one.institution for one in self.programme.cohorts}))

    @cached_property
    def instructors(self) -> Mapping[Contact, tuple[Cohort, ...]]:
        """The classes of each instructor who is named."""
        return {who: classes for who, classes in _grouped(self._instructed()).items() if who.name}

    def _instructed(self) -> Iterable[tuple[Contact, Cohort]]:
        return ((one.instructor, one) for one in self.programme.cohorts)

    @cached_property
    def themes(self) -> Mapping[str, Text]:
        """The name of each theme that an enterprise or a need has, in the edition's order; others after it."""
        edition = editions().get(self.programme.edition)
        named = {term.slug: term.name for term in edition.themes} if edition else {}
        used = {slug for one in self.programme.enterprises for slug in one.themes}
        used |= {need.theme for one in self.programme.cohorts for need in one.needs if need.theme}
        return {slug: named.get(slug, Text(slug)) for slug in [*named, *sorted(used - set(named))]}

    def institution(self, slug: str) -> Text:
        """The name of an institution, where the edition's roster has it."""
        edition = editions().get(self.programme.edition)
        members = edition.roster.members if edition and edition.roster else ()
        return next((one.name for one in members if one.slug == slug), Text(slug))

    @property
    def stamp(self) -> datetime:
        """When the plan was handed out, or made: midnight of that day."""
        day = self.plan.published or self.plan.as_of
        return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)

    @cached_property
    def _by_cohort(self) -> Mapping[str, tuple[Appointment, ...]]:
        alive = {one.visit.id for one in self.appointments}
        gone = [one for one in self.cancelled if one.visit.id not in alive]
        grouped = _grouped((one.cohort.id, one) for one in [*self.appointments, *gone])
        return {cohort: _in_order(theirs) for cohort, theirs in grouped.items()}

    @cached_property
    def _by_enterprise(self) -> Mapping[str, tuple[Appointment, ...]]:
        alive = {(one.visit.id, one.enterprise.id) for one in self.appointments}
        gone = [one for one in self.cancelled if (one.visit.id, one.enterprise.id) not in alive]
        grouped = _grouped((one.enterprise.id, one) for one in [*self.appointments, *gone])
        return {enterprise: _in_order(theirs) for enterprise, theirs in grouped.items()}

    def _appointment(self, visit: Visit, *, cancelled: bool = False) -> Appointment:
        cohort = self.cohorts.get(visit.cohort)
        if cohort is None:
            raise InputError(_UNKNOWN.format(visit=visit.id, what=_COHORT, id=visit.cohort))
        enterprise = self.enterprises.get(visit.enterprise)
        if enterprise is None and not cancelled:
            raise InputError(_UNKNOWN.format(visit=visit.id, what=_ENTERPRISE, id=visit.enterprise))
        starts, ends = self.hours(visit.day, visit.half)
        need = next((need for need in cohort.needs if need.id == visit.need), None)
        return Appointment(
            visit, cohort, enterprise or _stand_in(visit.enterprise), need, starts, ends, cancelled
        )

    def hours(self, day: date, half: Half | None) -> tuple[datetime, datetime]:
        """From when to when a visit lasts."""
        table = self.programme.timetable
        starts = table.afternoon[0] if half is Half.AFTERNOON else table.morning[0]
        ends = table.morning[1] if half is Half.MORNING else table.afternoon[1]
        return datetime.combine(day, starts, SHANGHAI), datetime.combine(day, ends, SHANGHAI)


def _stand_in(identifier: str) -> Enterprise:
    """An enterprise that was taken out of the programme: only its identifier is left."""
    return Enterprise(
        id=identifier, name=Text(identifier), spot=Spot("", "", 0.0, 0.0), industry="", themes=(), open=()
    )


def _in_order(appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    return tuple(sorted(appointments, key=lambda one: (one.starts, one.cohort.id, one.visit.id)))


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return {key: tuple(group) for key, group in groups.items()}
