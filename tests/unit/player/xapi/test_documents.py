"""Two writers of one State document, and stores that make and show ETags in different ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bridge import Bridge

WRITES = st.lists(
    st.fixed_dictionaries({"who": st.sampled_from(["ours", "theirs"]), "item": st.sampled_from("abcdef")}),
    max_size=12,
)


@pytest.mark.parametrize("etags", ["sha1", "own", "silent", "hidden"])
@settings(max_examples=40, deadline=None)
@given(script=WRITES)
def test_nothing_of_either_is_lost(xapi: Bridge, etags: str, script: list[dict[str, str]]) -> None:
    if script and script[-1]["who"] == "theirs":
        script = [*script, {"who": "ours", "item": "z"}]
    told = xapi("documents", script, etags)
    assert set(told["held"]) == {each["item"] for each in script}
    assert not told["rescued"]


# One to read, then one a write; where ETags are the store's own secret until they are read, one more to read each time.
@pytest.mark.parametrize(("etags", "most"), [("sha1", 11), ("own", 11), ("silent", 21), ("hidden", 11)])
def test_a_lone_writer_seldom_reads(xapi: Bridge, etags: str, most: int) -> None:
    told = xapi("documents", [{"who": "ours", "item": item} for item in "abcdefghij"], etags)
    assert told["held"] == list("abcdefghij")
    assert told["requests"] == most
