"""Distances and hours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.visits.travel import hours, kilometres, travel_hours
from schemas.visits import Spot
from tests.support.visits_by_hand import BEIJING, HANGZHOU, SUZHOU

degrees = st.builds(Spot, st.just(""), st.just(""), st.floats(18, 53), st.floats(74, 134))


@pytest.mark.parametrize(
    ("one", "other", "away", "taken"),
    [
        (BEIJING, BEIJING, 0.0, 0.5),
        (SUZHOU, HANGZHOU, 119.8, 1.5 + 119.8 * 1.2 / 230),  # the train beats the road
        (BEIJING, HANGZHOU, 1122.2, 3.5 + 1122.2 / 750),
    ],
)
def test_known_ways(one: Spot, other: Spot, away: float, taken: float) -> None:
    assert kilometres(one, other) == pytest.approx(away, abs=0.3)
    assert hours(one, other) == pytest.approx(taken, abs=0.01)


@pytest.mark.parametrize(("away", "taken"), [(15, 0.5), (16, 0.5), (60, 1.3), (250, 2.804), (251, 2.81)])
def test_each_kind_of_way(away: float, taken: float) -> None:
    assert travel_hours(away) == pytest.approx(taken, abs=0.01)


@given(st.floats(0, 5000), st.floats(0, 5000))
def test_further_never_takes_less(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert travel_hours(near) <= travel_hours(far)


@given(degrees, degrees)
def test_back_takes_as_long(one: Spot, other: Spot) -> None:
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
    assert 0.5 <= hours(one, other) < 12
