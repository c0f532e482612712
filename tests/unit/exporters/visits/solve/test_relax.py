"""What would have to give way, and what it would cost."""

import pytest
from msgspec.structs import replace

from exporters.visits.solve.relax import ways
from schemas.visits import Half, Programme
from tests.unit.exporters.visits.solve.test_conflicts import (
    C34,
    C39,
    MONDAY,
    cohort,
    host,
    planned,
    programme,
)

pytestmark = pytest.mark.usefixtures("unexplained")


def told(made_of: Programme) -> list[tuple[tuple[str, ...], str, float]]:
    return [(way.rules, way.enterprise, way.points) for way in ways(made_of, planned(made_of))]


def test_the_price_is_that_of_the_plan_made_anew() -> None:
    """Two classes want one morning: one class more then costs its share of the load (3 / 40), a second morning no more, and
    the industry isn't what it costs either; each visit to a host in the home town is 0 km away."""
    made_of = programme(cohort("A", C34), cohort("B", C34))
    found = told(made_of)
    assert (("groups",), "one", 0.075) in found
    assert (("opening",), "one", 0.075) in found
    assert (("industry",), "two", 0.0) in found


def test_a_class_without_time_is_helped_by_no_rule() -> None:
    days = (replace(cohort("A").days[0], halves=(Half.MORNING,)),)
    made_of = programme(replace(cohort("A", C34, C39), days=days))
    assert len(planned(made_of).unserved) == 1
    assert told(made_of) == []


def test_two_rules_are_named_only_where_one_is_never_enough() -> None:
    closed = replace(host("one", "C3411", 0), smallest=40)
    made_of = replace(programme(cohort("A", replace(C34, latest=None))), enterprises=(closed,))
    [way] = ways(made_of, planned(made_of))
    assert way.rules == ("size", "opening")
    assert (
        way.words.en
        == f"one Works takes a class of 30 (now 40 to 60), and one Works is open on {MONDAY}, too"
    )
    assert way.words.zh.count("，并且") == 1


def test_other_classes_stay_where_too_many_share_the_hosts() -> None:
    """Of sixteen classes at one host eleven may move beside the one that lacks a visit; what the way costs is the same."""
    many = [cohort(f"K{n:02}", C34) for n in range(16)]
    made_of = replace(
        programme(*many), enterprises=(replace(host("one", "C3411", 5), groups=8, each_week=15),)
    )
    found = told(made_of)
    assert found == [(("each-week",), "one", pytest.approx(3 * 15 / 40))]
