"""Programmes that can't be planned, and what is said of them."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from exporters.visits.solve import solve
from exporters.visits.solve.conflicts import as_planned, conflict_of, restricted
from exporters.visits.solve.loosen import RULES, loosened
from exporters.visits.solve.planner import unmet
from exporters.visits.solve.telling import Strength
from schemas.text import Text
from schemas.visits import ClassDay, Cohort, Enterprise, Half, Need, Plan, Programme, Spot
from tests.support.tiny_visits import best
from tests.support.tiny_visits import programme as tiny

MONDAY = date(2023, 3, 13)
HOME = Spot("浙江省", "杭州市", 30.27, 120.15)
AWAY = Spot("北京市", "北京市", 39.90, 116.40)
NEVER = float("inf")


def host(name: str, industry: str, mornings: int) -> Enterprise:
    """A host that is open in so many mornings of the week."""
    return Enterprise(
        id=name,
        name=Text(f"{name}厂", f"{name} Works"),
        spot=HOME,
        industry=industry,
        themes=("a",),
        open=tuple((day, Half.MORNING) for day in range(mornings)),
    )


def cohort(name: str, *needs: Need, taught: bool = False) -> Cohort:
    days = tuple(ClassDay(MONDAY + timedelta(days=n), taught=taught) for n in range(2))
    return Cohort(
        id=name,
        name=Text(f"{name}班", f"Class {name}"),
        institution="u",
        size=30,
        home=HOME,
        days=days,
        needs=needs,
    )


def programme(*cohorts: Cohort) -> Programme:
    return Programme(
        edition="2022-2023",
        as_of=date(2023, 1, 2),
        enterprises=(host("one", "C3411", 1), host("two", "C3912", 2)),
        cohorts=cohorts,
    )


def planned(made_of: Programme, previous: Plan | None = None) -> Plan:
    return solve(made_of, previous, seconds=600, gap=0.0).plan


C34 = Need(id="machines", industry="C34", latest=MONDAY + timedelta(days=1))
C39 = Need(id="computers", industry="C39")


def test_needs_that_want_the_same_morning_are_named_and_no_other() -> None:
    made_of = programme(cohort("A", C34, C39), cohort("B", C34))
    [gap] = planned(made_of).unserved
    assert gap.reason.en == (
        "machines of Class A (visits: 1, 2023-03-13 to 2023-03-14); machines of Class B (visits: 1, 2023-03-13 to 2023-03-14), "
        "2 visits in all, can't all be met, against these rules: opening times, classes at once. "
        "Enterprises of the right theme and industry: 1, open then: 1: one Works (shared half-days 1 of 1 taken). "
        "This is the smallest conflict: without any one of these needs and rules the rest can hold, "
        "and among the classes that compete no conflict has fewer"
    )
    assert "A班的 machines（1 次，2023-03-13 至 2023-03-14）、B班的 machines" in gap.reason.zh
    assert "one厂（共同的半天 1/1 已用）" in gap.reason.zh
    for without in ("A", "B"):
        fewer = replace(made_of, cohorts=tuple(one for one in made_of.cohorts if one.id != without))
        assert not planned(fewer).unserved


def test_a_need_that_nothing_could_meet_stands_alone() -> None:
    [gap] = planned(programme(cohort("A", replace(C34, count=2), C39))).unserved
    assert gap.reason.en.startswith(
        "machines of Class A (visits: 2, 2023-03-13 to 2023-03-14) can't be met. "
    )
    assert (
        "open then: 1: one Works (shared half-days: 1), a class visits no enterprise twice" in gap.reason.en
    )


def test_full_hosts_are_told_with_their_numbers() -> None:
    """Three classes want five visits; of three hosts that fit one is shut, and the others receive two a year."""
    hosts = [replace(host(name, "C3411", 5), each_year=2, groups=3) for name in ("east", "west")]
    shut = host("shut", "C3411", 0)
    made_of = replace(
        programme(*(cohort(name, replace(C34, count=n)) for name, n in (("A", 2), ("B", 2), ("C", 1)))),
        enterprises=(*hosts, shut),
    )
    [gap] = planned(made_of).unserved
    assert (
        "5 visits in all, can't all be met, against these rules: opening times, visits a year. "
        in gap.reason.en
    )
    assert (
        "Enterprises of the right theme and industry: 3, closed on these days or told too late: 1, open then: 2: "
        "east Works (2 of 2 visits in 2023); west Works (2 of 2 visits in 2023)" in gap.reason.en
    )
    assert "能接待的有 2 家：east厂（2023 年 2/2 次）、west厂（2023 年 2/2 次）" in gap.reason.zh
    assert "smallest conflict" in gap.reason.en


ALONE = {
    "size": programme(replace(cohort("A", C34), size=80)),
    "language": programme(replace(cohort("A", C34), language="en")),
    "notice": replace(programme(cohort("A", C34)), as_of=MONDAY - timedelta(days=2)),
    "travel": replace(
        programme(cohort("A", C34, taught=True)), enterprises=(replace(host("one", "C3411", 2), spot=AWAY),)
    ),
    "period": replace(
        programme(cohort("A", replace(C34, latest=MONDAY - timedelta(days=1)))),
        enterprises=(host("one", "C3411", 5),),
    ),
    "off": replace(
        programme(cohort("A", C34)),
        enterprises=(host("one", "C3411", 5),),
        off=frozenset(MONDAY + timedelta(days=n) for n in range(2)),
    ),
}


@pytest.mark.parametrize("rule", ALONE)
def test_the_one_rule_in_the_way_is_found(rule: str) -> None:
    made_of = ALONE[rule]
    conflict = conflict_of(made_of, planned(made_of), ("A", "machines"), unlocked, NEVER)
    assert conflict is not None
    assert (conflict.needs, conflict.rules) == ((("A", "machines"),), (rule,))
    assert conflict.strength is Strength.SMALLEST


def unlocked(some: Programme, _locks: bool, _seconds: float) -> frozenset[tuple[str, str]] | None:
    return unmet(some, None, 600)


def test_a_locked_visit_may_be_what_stands_in_the_way() -> None:
    hosts = (host("one", "C3411", 1), host("far", "C3411", 1))
    made_of = replace(programme(cohort("A", C34)), enterprises=hosts[:1])
    first = planned(made_of)
    kept = replace(first, visits=(replace(first.visits[0], locked=True),))
    days = (ClassDay(MONDAY, (Half.MORNING,)),)
    later = replace(
        made_of,
        enterprises=(hosts[0], replace(hosts[1], each_year=1, smallest=20)),
        cohorts=(made_of.cohorts[0], replace(cohort("B", C34), days=days, size=10)),
    )
    [gap] = planned(later, kept).unserved
    assert "classes at once, locked visits" in gap.reason.en


def test_conflicts_are_true_and_irreducible_by_brute_force() -> None:
    """Each conflict of some tiny programmes: as it is, all plans leave something out; without any one member, some plan doesn't."""
    found = 0
    for seed in range(12):
        made_of = tiny(seed)
        plan = planned(made_of)
        for gap in plan.unserved[:1]:
            one = (gap.cohort, gap.need)
            conflict = conflict_of(made_of, plan, one, unlocked, NEVER)
            assert conflict is not None
            assert conflict.strength is Strength.SMALLEST
            found += 1
            members = {*conflict.needs, *conflict.rules}
            assert not brute(made_of, plan, one, members)
            assert all(brute(made_of, plan, one, members - {member}) for member in members)
    assert found > 3


def brute(made_of: Programme, plan: Plan, gap: tuple[str, str], members: set[object]) -> bool:
    """Whether these needs can be met under these rules, by trying all plans."""
    needs = {one for one in members if isinstance(one, tuple)}
    some = restricted(as_planned(made_of, plan, gap), needs)
    return not some.cohorts or best(loosened(some, set(RULES) - members)) < 0.5


def test_nothing_to_plan_and_nowhere_to_go() -> None:
    empty = programme()
    assert planned(empty).quality.gap == 0.0
    nowhere = replace(programme(cohort("A", C34)), enterprises=())
    plan = planned(nowhere)
    assert plan.quality.gap == 0.0
    assert "Enterprises of the right theme and industry: 0" in plan.unserved[0].reason.en
    idle = programme(replace(cohort("A", C34), days=()))
    assert planned(idle).unserved[0].missing == 1
