"""The queue under whatever a network, a store and a learner who closes tabs can do to it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bridge import Bridge

STEPS = st.lists(
    st.sampled_from(
        ["add", "add", "add", "leave", "reload", "drain", "pause", "took", "lost", "away", "broken"]
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(script=STEPS)
def test_nothing_lost_nothing_twice_in_order(xapi: Bridge, script: list[str]) -> None:
    told: dict[str, Any] = xapi("queue", script, [], [])
    assert told["arrived"] == list(range(told["made"]))
    assert told["pending"] == []
    assert told["refused"] == []


@settings(max_examples=60, deadline=None)
@given(script=STEPS, bad=st.sets(st.integers(0, 12)), forbidden=st.sets(st.integers(0, 12)))
def test_a_refused_statement_stops_no_other(
    xapi: Bridge, script: list[str], bad: set[int], forbidden: set[int]
) -> None:
    script = [step for step in script if step != "reload"]
    told: dict[str, Any] = xapi("queue", script, sorted(bad), sorted(forbidden - bad))
    wanted = [n for n in range(told["made"]) if n not in bad | forbidden]
    assert told["arrived"] == wanted
    assert told["pending"] == []
    assert sorted(told["refused"]) == sorted(n for n in forbidden - bad if n < told["made"])


def test_a_statement_refused_twice_is_kept_once(xapi: Bridge) -> None:
    assert xapi("queue", ["add", "leave", "leave"], [], [0])["refused"] == [0]


def test_statements_of_one_moment_share_a_request(xapi: Bridge) -> None:
    assert xapi("queue", ["add"] * 10, [], [])["requests"] == 1


def test_trouble_is_told_and_taken_back(xapi: Bridge) -> None:
    health = xapi("queue", ["add", "broken", "away"], [], [])["health"]
    assert health == ["waiting", "waiting", "well"]


@settings(deadline=None)
@given(tries=st.integers(1, 12), asked=st.integers(0, 90_000))
def test_waiting_grows_and_heeds_the_server(xapi: Bridge, tries: int, asked: int) -> None:
    for number, wait in enumerate(xapi("wait", tries, asked)):
        most = min(1000 * 2**number, 60_000)
        assert max(asked, most / 2) <= wait <= max(asked, most)
