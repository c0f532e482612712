from datetime import date, timedelta

from msgspec.structs import replace

from exporters.visits.solve import solve
from schemas.text import Text
from schemas.visits import ClassDay, Cohort, Enterprise, Half, Need, Programme, Spot

MONDAY = date(2023, 3, 13)
HOME = Spot("浙江省", "杭州市", 30.27, 120.15)


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


def cohort(name: str, *needs: Need) -> Cohort:
    days = tuple(ClassDay(MONDAY + timedelta(days=n), taught=False) for n in range(2))
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


C34 = Need(id="machines", industry="C34", latest=MONDAY + timedelta(days=1))
C39 = Need(id="computers", industry="C39")


def test_needs_that_want_the_same_morning_are_named_and_no_other() -> None:
    made_of = programme(cohort("A", C34, C39), cohort("B", C34))
    plan = solve(made_of, seconds=600, gap=0.0).plan
    [gap] = plan.unserved
    assert "machines of Class A (visits: 1, 2023-03-13 to 2023-03-14); machines of Class B" in gap.reason.en
    assert "A班的 machines（1 次，2023-03-13 至 2023-03-14）、B班的 machines" in gap.reason.zh
    assert "computers" not in gap.reason.en
    assert "(1: one Works)" in gap.reason.en
    for without in ("A", "B"):
        fewer = replace(made_of, cohorts=tuple(one for one in made_of.cohorts if one.id != without))
        assert not solve(fewer, seconds=600, gap=0.0).plan.unserved


def test_a_need_that_nothing_could_meet_stands_alone() -> None:
    made_of = programme(cohort("A", replace(C34, count=2), C39))
    [gap] = solve(made_of, seconds=600, gap=0.0).plan.unserved
    assert gap.reason.en.startswith(
        "machines of Class A (visits: 2, 2023-03-13 to 2023-03-14) can't be met even"
    )


def test_nothing_to_plan_and_nowhere_to_go() -> None:
    empty = programme()
    assert solve(empty, seconds=600, gap=0.0).plan.quality.gap == 0.0
    nowhere = replace(programme(cohort("A", C34)), enterprises=())
    plan = solve(nowhere, seconds=600, gap=0.0).plan
    assert plan.quality.gap == 0.0
    assert plan.unserved[0].reason.en == "no host fits the theme, the industry, the size and the language"
    idle = programme(replace(cohort("A", C34), days=()))
    assert solve(idle, seconds=600, gap=0.0).plan.unserved[0].missing == 1
