from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.visits.solve.smallest import Remembered, irreducible, smallest

THINGS = tuple("abcdefg")
conflicts = st.lists(st.frozensets(st.sampled_from(THINGS), min_size=1), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(conflicts)
def test_no_smaller_conflict_exists_and_what_is_called_irreducible_is(given_: list[frozenset[str]]) -> None:
    """Against all subsets, where some sets of things are known to conflict."""
    asked: list[frozenset[str]] = []

    def against(some: frozenset[str]) -> frozenset[str]:
        asked.append(some)
        return next((conflict for conflict in given_ if conflict <= some), frozenset())

    def apart(some: frozenset[str]) -> bool:
        return not any(conflict <= some for conflict in given_)

    oracle = Remembered(against)
    one = irreducible(oracle.possible, THINGS)
    assert not apart(one)
    assert all(apart(one - {thing}) for thing in one)
    assert oracle.tight(one)
    least = smallest(oracle.possible, THINGS, one)
    assert not apart(least)
    assert all(apart(frozenset(some)) for some in combinations(THINGS, len(least) - 1))
    assert len(set(asked)) == len(asked), "nothing is asked twice"
