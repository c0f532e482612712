import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.visits.check import check
from exporters.visits.solve import solve
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
