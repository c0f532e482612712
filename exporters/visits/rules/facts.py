"""A plan joined with its programme as the rules look at it, and what a broken rule is told with."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from exporters.visits.output.words import HALVES, day_name
from schemas.text import Text
from schemas.visits import ClassDay, Cohort, Enterprise, Half, Need, Plan, Programme, Visit


class Breach(msgspec.Struct, frozen=True):
    """A rule that a plan breaks, by the visits that break it together."""

    rule: str
    visits: tuple[str, ...]
    words: Text


@dataclass(frozen=True)
class Known:
    """A visit whose class, need and host are all in the programme."""

    visit: Visit
    cohort: Cohort
    need: Need
    host: Enterprise

    @property
    def halves(self) -> tuple[Half, ...]:
        """The half-days that it takes."""
        return halves_of(self.visit)

    @property
    def words(self) -> Mapping[str, Text | str | int]:
        """What a rule's sentence may name."""
        return {"cohort": self.cohort.name, "host": self.host.name, "when": when(self.visit)}

    def breach(self, rule: str, words: Text, **values: object) -> Breach:
        """This visit breaks a rule; `words` may name {cohort}, {host} and {when}."""
        return Breach(rule, (self.visit.id,), words.format(**self.words, **values))


@dataclass(frozen=True)
class Facts:
    """A programme, a plan, and the plan before it."""

    programme: Programme
    plan: Plan
    previous: Plan | None = None

    @cached_property
    def cohorts(self) -> Mapping[str, Cohort]:
        """Every class, by identifier."""
        return {one.id: one for one in self.programme.cohorts}

    @cached_property
    def enterprises(self) -> Mapping[str, Enterprise]:
        """Every enterprise, by identifier."""
        return {one.id: one for one in self.programme.enterprises}

    @cached_property
    def needs(self) -> Mapping[tuple[str, str], Need]:
        """Every need, by class and identifier."""
        return {(one.id, need.id): need for one in self.programme.cohorts for need in one.needs}

    @cached_property
    def days(self) -> Mapping[tuple[str, date], ClassDay]:
        """Every class day, by class and date."""
        return {(one.id, day.day): day for one in self.programme.cohorts for day in one.days}

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """The visits whose class, need and host are known."""
        found = []
        for visit in self.plan.visits:
            cohort, host = self.cohorts.get(visit.cohort), self.enterprises.get(visit.enterprise)
            need = self.needs.get((visit.cohort, visit.need))
            if cohort and host and need:
                found.append(Known(visit, cohort, need, host))
        return tuple(found)

    def by_cohort(self) -> Iterator[tuple[Known, ...]]:
        """The known visits of each class that has some, in order of time."""
        yield from _grouped(self.known, lambda one: one.cohort.id)

    def by_host(self) -> Iterator[tuple[Known, ...]]:
        """The known visits of each enterprise that has some, in order of time."""
        yield from _grouped(self.known, lambda one: one.host.id)


def _grouped(known: Iterable[Known], key: Callable[[Known], str]) -> Iterator[tuple[Known, ...]]:
    groups: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        groups[key(one)].append(one)
    for _, group in sorted(groups.items()):
        yield tuple(sorted(group, key=lambda one: (one.visit.day, one.halves, one.visit.id)))


def halves_of(visit: Visit) -> tuple[Half, ...]:
    """The half-days that a visit takes."""
    return (visit.half,) if visit.half else (Half.MORNING, Half.AFTERNOON)


def when(visit: Visit) -> Text:
    """“2023年3月14日（周二）上午”, “Tue 14 Mar 2023, morning”."""
    day, half = day_name(visit.day), HALVES[visit.half]
    return Text(f"{visit.day.year}年{day.zh}{half.zh}", f"{day.en} {visit.day.year}, {half.en}")
