"""Points of a plan, worked out by hand."""

import msgspec
import pytest

from exporters.visits.price import price
from exporters.visits.travel import kilometres
from schemas.visits import Half, Visit, Weights
from tests.support import visits_by_hand as hand


def test_each_part_of_a_plan_by_hand() -> None:
    programme = hand.programme()
    first = msgspec.structs.replace(programme.cohorts[0], wishes=("chenguang-bearing", "elsewhere"))
    programme = msgspec.structs.replace(programme, cohorts=(first, programme.cohorts[1]))
    quality = price(programme, hand.visits(), bound=10.0, seconds=1.0)
    away = kilometres(hand.BEIJING, hand.SUZHOU) + kilometres(hand.BEIJING, hand.HANGZHOU)
    assert quality.parts == pytest.approx(
        {
            "unserved": 1000.0,
            "travel": away / 100,
            "regions": 0.0,
            "industries": 0.0,
            "load": 3.0 / 40,
            "wishes": 5.0,
            "changes": 0.0,
        }
    )
    assert quality.points == pytest.approx(sum(quality.parts.values()))
    assert (quality.bound, quality.seconds) == (10.0, 1.0)


def test_the_same_province_and_industry_again() -> None:
    programme = hand.programme()
    twin = msgspec.structs.replace(programme.enterprises[0], id="twin", industry="C3499")
    programme = msgspec.structs.replace(programme, enterprises=(*programme.enterprises, twin))
    visits = [hand.visits()[0], msgspec.structs.replace(hand.visits()[1], enterprise="twin")]
    parts = price(programme, visits).parts
    assert parts["regions"] == 4.0
    assert parts["industries"] == 2.0


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ({}, 0.0),
        ({"half": Half.MORNING}, 4.0),
        ({"day": hand.visits()[2].day}, 4.0),
        ({"enterprise": "qiantang-cloud"}, 8.0),
        (None, 8.0),
    ],
)
def test_changes_against_the_last_plan(values: dict[str, object] | None, points: float) -> None:
    programme, plan = hand.programme(), hand.plan()
    old: Visit = plan.visits[0]
    plan = msgspec.structs.replace(plan, visits=(old,))
    now = [] if values is None else [msgspec.structs.replace(old, **values)]
    assert price(programme, now, plan).parts["changes"] == points


def test_the_centre_sets_the_weights() -> None:
    free = Weights(0, 0, 0, 0, 0, 0, 0)
    programme = msgspec.structs.replace(hand.programme(), weights=free)
    assert price(programme, hand.visits()).points == 0.0
