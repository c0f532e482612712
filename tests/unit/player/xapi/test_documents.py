"""Two writers of one State document, and stores that make and show ETags in different ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bridge import Bridge

WRITES = st.lists(
    st.fixed_dictionaries({"who": st.sampled_from(["ours", "theirs"]), "item": st.sampled_from("abcdef")}), max_size=12
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


@pytest.mark.parametrize(("etags", "most"), [("sha1", 11), ("own", 11), ("silent", 11), ("hidden", 11)])
def test_a_lone_writer_needs_one_request_a_write(xapi: Bridge, etags: str, most: int) -> None:
    told = xapi("documents", [{"who": "ours", "item": item} for item in "abcdefghij"], etags)
    assert told["requests"] == most  # and one to read
