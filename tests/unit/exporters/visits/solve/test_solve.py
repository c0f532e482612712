"""Plans against the independent checker and against brute force on programmes small enough for it."""

import random
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters.visits.check import check
from exporters.visits.generate import write_sample
from exporters.visits.plan_file import in_order
from exporters.visits.price import price
from exporters.visits.reading import read_programme
from exporters.visits.solve import Solved, first, solve
from exporters.visits.solve.board import Board
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.prices import Prices
from exporters.visits.solve.relax import ways
from exporters.visits.solve.whole import Whole
from schemas.edition import editions
from schemas.text import Text
from schemas.visits import (
    ClassDay,
    Cohort,
    Duration,
    Enterprise,
    Half,
    Need,
    Plan,
    Programme,
    Quality,
    Spot,
    Visit,
)
from tests.support.medium_visits import medium

pytestmark = pytest.mark.usefixtures("unexplained")

PLACES = (
    Spot("北京市", "北京市", 39.9075, 116.39723),
    Spot("江苏省", "苏州市", 31.30408, 120.59538),
    Spot("浙江省", "杭州市", 30.29365, 120.16142),
    Spot("四川省", "成都市", 30.66667, 104.06667),
)
MONDAY = date(2023, 3, 13)


def planned(programme: Programme, previous: Plan | None = None, seconds: float = 20) -> Solved:
    return solve(programme, previous, seconds=seconds, gap=0.0, seed=0, progress=lambda _: None)


def small(dice: random.Random) -> Programme:
    """Two classes with a visit or two each, three hosts, four half-days: some of it can't be planned."""
    hosts = tuple(
        Enterprise(
            id=f"h{n}",
            name=Text(f"企业{n}"),
            spot=dice.choice(PLACES),
            industry=dice.choice(["C34", "C35", "I65"]),
            themes=("a",) if dice.random() < 0.7 else ("a", "b"),
            open=tuple((day, half) for day in range(2) for half in Half if dice.random() < 0.7),
            each_week=dice.choice([1, 2]),
            each_year=2,
            notice=0,
        )
        for n in range(3)
    )
    cohorts = tuple(
        Cohort(
            id=f"c{n}",
            name=Text(f"班次{n}"),
            institution="x",
            size=30,
            home=dice.choice(PLACES),
            days=tuple(ClassDay(MONDAY + timedelta(days=d), taught=dice.random() < 0.3) for d in range(2)),
            needs=(
                Need(
                    id="n",
                    theme=dice.choice(["a", "b"]),
                    count=dice.choice([1, 2]),
                    duration=dice.choice([Duration.HALF_DAY, Duration.HALF_DAY, Duration.DAY]),
                ),
            ),
            wishes=("h1",) if dice.random() < 0.5 else (),
        )
        for n in range(2)
    )
    return Programme(edition="2022-2023", as_of=date(2023, 1, 2), enterprises=hosts, cohorts=cohorts)


def plan_of(programme: Programme, visits: tuple[Visit, ...]) -> Plan:
    return Plan(
        edition=programme.edition,
        programme="",
        as_of=programme.as_of,
        visits=in_order(visits),
        quality=Quality(0.0, {}),
    )


def best(programme: Programme) -> float:
    """The fewest points of any plan that keeps the rules, by trying all of them."""
    slots = [(MONDAY + timedelta(days=d), half) for d in range(2) for half in (*Half, None)]
    choices = []
    for cohort in programme.cohorts:
        need = cohort.needs[0]
        for n in range(need.count):
            options: list[Visit | None] = [None]
            for host, (day, half) in product(programme.enterprises, slots):
                if (half is None) == (need.duration is Duration.DAY):
                    visit = Visit(
                        id=f"{cohort.id}/n/{n + 1}",
                        cohort=cohort.id,
                        need="n",
                        enterprise=host.id,
                        day=day,
                        half=half,
                    )
                    alone = check(programme, plan_of(programme, (visit,)))
                    # Another visit on the same day may spare the way that is too long.
                    if not [one for one in alone if one.rule not in ("points", "count", "travel")]:
                        options.append(visit)
            choices.append(options)
    fewest = float("inf")
    for chosen in product(*choices):
        visits = tuple(one for one in chosen if one is not None)
        points = price(programme, visits).points
        if points < fewest and not [
            one for one in check(programme, plan_of(programme, visits)) if one.rule not in ("points", "count")
        ]:
            fewest = points
    return fewest


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_brute_force_agrees(seed: int) -> None:
    programme = small(random.Random(seed))  # noqa: S311 (no secret)
    plan = planned(programme).plan
    assert check(programme, plan) == ()
    optimum = best(programme)
    assert plan.quality.bound is not None
    assert plan.quality.bound <= optimum + 1e-6, "the bound holds for every plan"
    assert plan.quality.points >= optimum - 1e-6
    if plan.quality.gap == 0:
        assert plan.quality.points == pytest.approx(optimum)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6))
def test_what_is_too_large_for_the_exact_program_has_a_bound_that_holds(large: None, seed: int) -> None:
    programme = small(random.Random(seed))  # noqa: S311 (no secret)
    plan = planned(programme, seconds=5).plan
    assert check(programme, plan) == ()
    optimum = best(programme)
    assert plan.quality.bound is not None
    assert plan.quality.bound <= optimum + 1e-6
    assert plan.quality.points >= optimum - 1e-6


@pytest.mark.parametrize("taught", [0.0, 0.5, 1.0])
def test_what_is_too_large_is_planned_nearly_as_well(taught: float, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = medium(12, 40, taught=taught)
    exact = planned(programme).plan
    monkeypatch.setattr(first, "SMALL", 0)
    # It ends by itself: after some seconds, where the machine isn't busy.
    plan = planned(programme, seconds=120).plan
    assert check(programme, plan) == ()
    assert plan.quality.bound is not None
    assert plan.quality.bound <= exact.quality.points + 1e-6
    assert plan.quality.points <= exact.quality.points * 1.02 + 1e-6


def test_what_is_too_large_changes_little(large: None, sample: Programme) -> None:
    before = planned(sample, seconds=10).plan
    settled = before.visits[0].cohort
    theirs = {one.enterprise for one in before.visits if one.cohort == settled}
    gone = next(one.enterprise for one in before.visits if one.enterprise not in theirs)
    locked = tuple(msgspec.structs.replace(one, locked=one.cohort == settled) for one in before.visits)
    before = msgspec.structs.replace(before, visits=locked)
    hosts = tuple(
        msgspec.structs.replace(one, open=()) if one.id == gone else one for one in sample.enterprises
    )
    programme = msgspec.structs.replace(sample, enterprises=hosts)
    after = planned(programme, before, seconds=10).plan
    assert check(programme, after, before) == ()
    was = {(one.id, one.enterprise, one.day, one.half) for one in before.visits}
    now = {(one.id, one.enterprise, one.day, one.half) for one in after.visits}
    hit = sum(one.enterprise == gone for one in before.visits)
    assert 0 < len(was - now) <= 3 * hit
    assert [one for one in after.visits if one.locked] == [one for one in locked if one.locked]


def test_a_class_whose_visits_all_stay_has_no_choice(sample: Programme) -> None:
    plan = planned(sample, seconds=10).plan
    board = Board(sample, [one for one in plan.visits if one.cohort == sample.cohorts[0].id])
    costs = Costs(board)
    prices = Prices(board, costs)
    prices.climb(lambda: plan.quality.points, lambda _: False)
    assert prices.bound <= plan.quality.points
    whole = Whole(board, costs, prices)
    assert whole.choices(0, 5, 100) == []
    assert 1 <= len(whole.choices(1, 5, 1000)) <= 5


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """All programmes count as too large."""
    monkeypatch.setattr(first, "SMALL", 0)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    folder: Path = tmp_path_factory.mktemp("sample")
    write_sample(folder, cohorts=20, enterprises=30, seed=7)
    programme = read_programme(folder).programme
    assert programme is not None
    return programme


def test_a_sample_is_planned_near_the_best(sample: Programme) -> None:
    plan = planned(sample).plan
    assert check(sample, plan) == ()
    assert plan.quality.gap is not None
    assert plan.quality.gap < 0.05
    assert plan.quality == price(sample, plan.visits, bound=plan.quality.bound, seconds=plan.quality.seconds)


def test_what_is_locked_stays_and_little_else_moves(sample: Programme) -> None:
    first = planned(sample).plan
    visit = first.visits[0]
    locked = tuple(msgspec.structs.replace(one, locked=one is visit) for one in first.visits)
    host = first.visits[-1].enterprise
    shut = msgspec.structs.replace(next(one for one in sample.enterprises if one.id == host), open=())
    others = tuple(shut if one.id == host else one for one in sample.enterprises)
    changed = msgspec.structs.replace(sample, enterprises=others)
    before = msgspec.structs.replace(first, visits=locked)
    after = planned(changed, before).plan
    assert check(changed, after, before) == ()
    kept = {(one.id, one.enterprise, one.day, one.half) for one in first.visits}
    stay = {(one.id, one.enterprise, one.day, one.half) for one in after.visits}
    hit = sum(one.enterprise == host for one in first.visits)
    assert len(kept - stay) <= 3 * hit


RELAXED = {
    "each-year": lambda host: {"each_year": host.each_year + 1},
    "each-week": lambda host: {"each_week": host.each_week + 1},
    "groups": lambda host: {"groups": host.groups + 1},
    "notice": lambda _: {"notice": 0},
    "opening": lambda _: {"open": tuple((d, half) for d in range(5) for half in Half), "closures": ()},
    "size": lambda _: {"smallest": 1, "largest": 200},
    "theme": lambda _: {"themes": tuple(term.slug for term in editions()["2022-2023"].themes)},
}


def test_what_gives_way_makes_room(tmp_path: Path) -> None:
    write_sample(tmp_path, cohorts=14, enterprises=8, seed=29)
    programme = read_programme(tmp_path).programme
    assert programme is not None
    plan = planned(programme).plan
    found = ways(programme, plan)
    assert {(way.cohort, way.need) for way in found} == {(gap.cohort, gap.need) for gap in plan.unserved}
    single = [way for way in found if len(way.rules) == 1 and way.rules[0] in RELAXED]
    assert len(single) > 3
    for way in single:
        [rule] = way.rules
        hosts = tuple(
            msgspec.structs.replace(host, **RELAXED[rule](host)) if host.id == way.enterprise else host
            for host in programme.enterprises
        )
        relaxed = msgspec.structs.replace(programme, enterprises=hosts)
        again = planned(relaxed).plan
        assert check(relaxed, again) == ()
        assert sum(gap.missing for gap in again.unserved) < sum(gap.missing for gap in plan.unserved), way
    points = [way.points for way in found if (way.cohort, way.need) == (found[0].cohort, found[0].need)]
    assert points == sorted(points)
