"""The checker: a sound plan has no breach, and each rule is broken alone by a plan that breaks nothing else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from exporters.visits.check import RULES, check
from exporters.visits.price import price
from schemas.text import Text
from schemas.visits import (
    ClassDay,
    Closure,
    Cohort,
    Duration,
    Enterprise,
    Half,
    Need,
    Plan,
    Programme,
    Spot,
    Unserved,
    Visit,
)
from tests.support.visits_by_hand import BEIJING, HANGZHOU, SUZHOU, WEEKDAYS

AM, PM = Half.MORNING, Half.AFTERNOON
CLOSE = Spot("江苏省", "苏州市", 31.31, 120.60)
TUESDAY = date(2023, 3, 14)
Change = Callable[["Case"], "Case"]


class Case(msgspec.Struct, frozen=True):
    """Two classes in Suzhou with three days, three hosts there and one in Beijing; each class visits one host."""

    hosts: tuple[Enterprise, ...] = tuple(
        Enterprise(
            id=name,
            name=Text(name),
            spot=spot,
            industry="C3451",
            themes=("digital-empowerment",),
            open=WEEKDAYS,
        )
        for name, spot in (("a", SUZHOU), ("b", CLOSE), ("c", SUZHOU), ("far", BEIJING))
    )
    cohorts: tuple[Cohort, ...] = tuple(
        Cohort(
            id=name,
            name=Text(name),
            institution="suda",
            size=40,
            home=SUZHOU,
            days=tuple(ClassDay(date(2023, 3, day)) for day in (13, 14, 15)),
            needs=(
                Need(
                    id="n",
                    theme="digital-empowerment",
                    industry="C34",
                    earliest=date(2023, 3, 13),
                    latest=date(2023, 3, 15),
                ),
            ),
        )
        for name in ("x", "y")
    )
    visits: tuple[Visit, ...] = (
        Visit(id="x/n/1", cohort="x", need="n", enterprise="a", day=TUESDAY, half=AM),
        Visit(id="y/n/1", cohort="y", need="n", enterprise="b", day=TUESDAY, half=PM),
    )
    off: frozenset[date] = frozenset()
    plan: dict[str, Any] = {}
    previous: Plan | None = None

    def made(self) -> tuple[Programme, Plan]:
        programme = Programme(
            edition="2022-2023",
            as_of=date(2023, 2, 1),
            enterprises=self.hosts,
            cohorts=self.cohorts,
            off=self.off,
        )
        values = {
            "edition": "2022-2023",
            "programme": "",
            "as_of": date(2023, 2, 1),
            "visits": self.visits,
            "quality": price(programme, self.visits, self.previous),
        }
        return programme, Plan(**(values | self.plan))

    def broken(self) -> list[str]:
        programme, plan = self.made()
        return [breach.rule for breach in check(programme, plan, self.previous)]


def host(place: int = 0, **values: object) -> Change:
    def change(case: Case) -> Case:
        hosts = list(case.hosts)
        hosts[place] = msgspec.structs.replace(hosts[place], **values)
        return msgspec.structs.replace(case, hosts=tuple(hosts))

    return change


def cohort(place: int = 0, **values: object) -> Change:
    def change(case: Case) -> Case:
        cohorts = list(case.cohorts)
        cohorts[place] = msgspec.structs.replace(cohorts[place], **values)
        return msgspec.structs.replace(case, cohorts=tuple(cohorts))

    return change


def need(place: int = 0, **values: object) -> Change:
    def change(case: Case) -> Case:
        (old,) = case.cohorts[place].needs
        return cohort(place, needs=(msgspec.structs.replace(old, **values),))(case)

    return change


def visit(place: int = 0, **values: object) -> Change:
    def change(case: Case) -> Case:
        visits = list(case.visits)
        visits[place] = msgspec.structs.replace(visits[place], **values)
        return msgspec.structs.replace(case, visits=tuple(visits))

    return change


def more(**values: object) -> Change:
    def change(case: Case) -> Case:
        new = msgspec.structs.replace(case.visits[0], **({"id": "x/n/2"} | values))
        return msgspec.structs.replace(case, visits=(*case.visits, new))

    return change


def case_with(**values: object) -> Change:
    return lambda case: msgspec.structs.replace(case, **values)


def after_lock(case: Case) -> Case:
    _, plan = case.made()
    old = msgspec.structs.replace(case.visits[0], locked=True, half=PM)
    return msgspec.structs.replace(
        case, previous=msgspec.structs.replace(plan, visits=(old, *case.visits[1:]))
    )


BROKEN: list[tuple[str, list[Change]]] = [
    ("edition", [case_with(plan={"edition": "2024"})]),
    ("unknown", [need(count=1), more(cohort="z")]),
    ("unknown", [more(need="z", enterprise="b", day=date(2023, 3, 13))]),
    ("unknown", [visit(enterprise="z")]),
    ("identifier", [need(count=2), more(id="x/n/1", enterprise="b", day=date(2023, 3, 13))]),
    ("count", [more(enterprise="b", day=date(2023, 3, 13))]),
    ("count", [need(count=2)]),
    ("count", [case_with(plan={"unserved": (Unserved("x", "n", 1),)})]),
    ("locked", [after_lock]),
    ("points", [lambda case: case_with(plan={"quality": price(case.made()[0], case.visits[:1])})(case)]),
    (
        "points",
        [lambda case: case_with(plan={"quality": price(case.made()[0], case.visits, bound=1e4)})(case)],
    ),
    ("duration", [need(duration=Duration.DAY)]),
    ("duration", [visit(half=None)]),
    ("calendar", [visit(day=date(2023, 3, 16)), need(latest=None)]),
    ("calendar", [cohort(days=(ClassDay(TUESDAY, (PM,)),))]),
    ("off", [case_with(off=frozenset({TUESDAY})), visit(1, day=date(2023, 3, 15))]),
    ("opening", [host(open=tuple(slot for slot in WEEKDAYS if slot != (1, AM)))]),
    ("opening", [host(closures=(Closure(TUESDAY, TUESDAY, "检修"),))]),
    ("notice", [host(notice=42)]),
    ("notice", [host(notice=20), visit(agreed=date(2023, 2, 23))]),
    ("past", [case_with(plan={"as_of": date(2023, 3, 15)}), visit(1, agreed=date(2023, 2, 1))]),
    ("size", [host(largest=39)]),
    ("size", [host(smallest=41)]),
    ("theme", [host(themes=("regional-development",))]),
    ("industry", [host(industry="C3351")]),
    ("language", [cohort(language="en")]),
    ("period", [need(earliest=date(2023, 3, 15))]),
    ("period", [need(latest=date(2023, 3, 13))]),
    ("groups", [visit(1, enterprise="a", half=AM)]),
    ("each-week", [visit(1, enterprise="a"), host(each_week=1)]),
    ("each-year", [visit(1, enterprise="a"), host(each_year=1)]),
    ("once", [need(count=2), more(day=date(2023, 3, 15))]),
    ("overlap", [need(count=2), more(enterprise="c")]),
    ("travel", [host(0, spot=HANGZHOU)]),  # back at noon
    ("travel", [host(0, spot=Spot("", "", 31.3, 114.3)), visit(half=PM), cohort(days=(ClassDay(TUESDAY),))]),
    (  # between two hosts at noon
        "travel",
        [need(count=2), more(enterprise="far", half=PM), cohort(days=(ClassDay(TUESDAY, taught=False),))],
    ),
]  # fmt: skip


def test_a_sound_plan_breaks_nothing() -> None:
    assert Case().broken() == []


@pytest.mark.parametrize(
    ("rule", "changes"), BROKEN, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BROKEN)]
)
def test_each_rule_is_broken_alone(rule: str, changes: list[Change]) -> None:
    case = Case()
    for change in changes:
        case = change(case)
    assert set(case.broken()) == {rule}
    programme, plan = case.made()
    for breach in check(programme, plan, case.previous):
        assert breach.words.zh.endswith("。")
        assert breach.words.en.endswith(".")
        assert "{" not in breach.words.zh + breach.words.en


def test_each_rule_has_a_plan_that_breaks_it() -> None:
    assert [*RULES] == list(dict.fromkeys(rule for rule, _ in BROKEN))


def overnight(
    hours_of_night: float, *days: ClassDay, first: tuple[int, Half], then: tuple[int, Half]
) -> list[str]:
    """A class of Suzhou visits a host there, then one in Beijing (4.9 hours away)."""
    case = need(count=2)(cohort(days=days)(Case()))
    one = visit(day=date(2023, 3, first[0]), half=first[1])(case)
    both = more(enterprise="far", day=date(2023, 3, then[0]), half=then[1])(one)
    programme, plan = both.made()
    table = msgspec.structs.replace(programme.timetable, night=hours_of_night, half=1.0)
    return [breach.rule for breach in check(msgspec.structs.replace(programme, timetable=table), plan)]


def free(day: int, *halves: Half) -> ClassDay:
    return ClassDay(date(2023, 3, day), halves or (AM, PM), taught=False)


def test_nights_and_free_half_days() -> None:
    def from_to(night: float, *days: ClassDay, first: Half, then: tuple[int, Half]) -> list[str]:
        return overnight(night, *days, first=(13, first), then=then)

    both = (free(13), free(14))
    assert from_to(5.0, *both, first=PM, then=(14, AM)) == []
    assert from_to(4.0, *both, first=PM, then=(14, AM)) == ["travel"]
    assert from_to(4.0, *both, first=AM, then=(14, AM)) == []  # a free afternoon between
    assert from_to(4.0, *both, first=PM, then=(14, PM)) == []  # a free morning between
    assert from_to(3.0, *both, first=AM, then=(14, PM)) == []  # both
    assert from_to(2.0, *both, first=AM, then=(14, PM)) == ["travel"]
    assert from_to(1.0, free(13), free(15), first=PM, then=(15, AM)) == []  # the class is at home between
    assert from_to(4.0, ClassDay(date(2023, 3, 13)), free(14), first=AM, then=(14, PM)) == []


def test_what_has_taken_place_stays() -> None:
    running = case_with(plan={"as_of": date(2023, 3, 20)})(Case())
    assert running.broken() == ["past", "past"]
    locked = visit(locked=True)(visit(1, agreed=date(2023, 2, 1))(running))
    assert locked.broken() == []
    _, before = Case().made()
    followed = msgspec.structs.replace(running, previous=before)
    assert followed.broken() == []
    assert visit(half=PM)(followed).broken() == ["past"]  # what is over can't be moved


def test_what_was_agreed_before_keeps_its_notice() -> None:
    late = host(notice=20)(visit(agreed=date(2023, 2, 1))(Case()))
    assert msgspec.structs.replace(late, plan={"as_of": date(2023, 3, 10)}).broken() == [
        "notice"
    ]  # of host b
    assert host(1, notice=0)(msgspec.structs.replace(late, plan={"as_of": date(2023, 3, 10)})).broken() == []
    assert visit(locked=True)(host(notice=99)(Case())).broken() == []
