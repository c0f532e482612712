import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.visits.check import check
from exporters.visits.solve import solve
from exporters.visits.solve.smallest import smallest
from tests.support.tiny_visits import best, changed, programme

pytestmark = pytest.mark.usefixtures("unexplained")

SECONDS = 120.0  # never what stops a tiny programme


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_the_plan_is_the_best_of_all_and_the_bound_proves_it(seed: int) -> None:
    made_of, previous = programme(seed), None
    for _ in range(2):  # planned first, then planned anew with visits locked, agreed, and hosts closed
        solved = solve(made_of, previous, seconds=SECONDS, gap=0.0, seed=1)
        lowest = best(made_of, previous)
        assert abs(solved.plan.quality.points - lowest) < 1e-6
        assert abs(solved.plan.quality.bound - lowest) < 1e-6
        assert check(made_of, solved.plan, previous) == ()
        made_of, previous = changed(seed, made_of, solved.plan)


def test_a_visit_that_stays_is_reached_in_time_though_the_one_of_the_evening_before_is_gone() -> None:
    """A class that could do without any other visit, were it not that it wouldn't get to the locked one in time."""
    before = programme(1035)
    plan = solve(before, None, seconds=SECONDS, gap=0.0, seed=1).plan
    made_of, previous = changed(1035, before, plan)
    [locked] = [visit for visit in previous.visits if visit.cohort == "k0" and visit.locked]
    now = solve(made_of, previous, seconds=SECONDS, gap=0.0, seed=1).plan
    theirs = [visit for visit in now.visits if visit.cohort == "k0"]
    assert locked.id in {visit.id for visit in theirs}
    assert any(visit.id != locked.id and abs((visit.day - locked.day).days) <= 1 for visit in theirs)
    assert check(made_of, now, previous) == ()
    assert abs(now.quality.points - best(made_of, previous)) < 1e-6


@pytest.mark.parametrize("seed", [5, 14, 20])
def test_the_proof_is_made_whatever_program_ran_before(seed: int) -> None:
    """HiGHS has one scheduler for all programs of a process, and the first of them settles how many threads it has."""
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003
    assert smallest(lambda some: len(some) < 2, "abc", frozenset("ab")) in map(frozenset, ("ab", "ac", "bc"))
    solved = solve(programme(seed), None, seconds=SECONDS, gap=0.0, seed=1)
    assert abs(solved.plan.quality.bound - solved.plan.quality.points) < 1e-6
