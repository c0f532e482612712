"""Identifiers, times and answers in the words of both standards, judged by the standards' own grammar."""

import re
import string
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from exporters.cmi import identifier
from tests.support.bridge import Bridge
from tests.support.course_data import options, question
from tests.support.standards import PATTERNS2004, RESPONSES12, RESPONSES2004, SCORM12, SCORM2004

PLAIN = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=12)
NAMES = st.lists(PLAIN, min_size=2, max_size=36, unique=True)
TEXTS = st.text(max_size=300)


@st.composite
def answered(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A question of any type and an answer that its page could give."""
    kind = draw(st.sampled_from(sorted(RESPONSES2004)))
    names = draw(NAMES)
    some = draw(st.lists(st.sampled_from(names), unique=True))
    text = draw(TEXTS)
    if kind == "choice":
        right = names[: max(1, len(some))]
        return question("q", kind, options=options(names), correct=right), {"type": kind, "chosen": some}
    if kind == "fill-in":
        blanks = draw(st.lists(st.lists(TEXTS, min_size=1, max_size=7), min_size=1, max_size=10))
        typed = draw(st.lists(TEXTS, min_size=len(blanks), max_size=len(blanks)))
        return question("q", kind, blanks=blanks), {"type": kind, "texts": typed}
    if kind == "numeric":
        low, high = sorted(draw(st.tuples(*[st.floats(-1e9, 1e9)] * 2)))
        return question("q", kind, low=low, high=high), {
            "type": kind,
            "text": draw(TEXTS | st.floats().map(str)),
        }
    if kind == "matching":
        targets = draw(st.permutations(names))
        asked = question("q", kind, sources=options(names), targets=options([name + "t" for name in names]))
        return asked, {
            "type": kind,
            "pairs": [[a, b + "t"] for a, b in zip(names, targets, strict=True)][: len(some)],
        }
    if kind == "sequencing":
        return question("q", kind, items=options(names)), {
            "type": kind,
            "order": draw(st.permutations(names)),
        }
    rest: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "true-false": (question("q"), {"type": kind, "value": len(some) > 1}),
        "likert": (question("q", "likert", scale=options(names)), {"type": kind, "chosen": names[0]}),
        "long-fill-in": (question("q", "long-fill-in"), {"type": kind, "text": text * 20}),
    }
    return rest[kind]


@given(answered())
def test_scorm_2004_answers_keep_the_standards_grammar(engine: Bridge, pair: tuple[Any, Any]) -> None:
    asked, response = pair
    patterns, told = engine("patterns2004", asked), engine("response2004", asked, response)
    for pattern in patterns:
        assert re.fullmatch(PATTERNS2004[asked["type"]], pattern, re.ASCII)
    assert told is None or re.fullmatch(RESPONSES2004[asked["type"]], told, re.ASCII)
    if asked["type"] in {"choice", "matching", "sequencing"} and engine("judge", asked, response):
        assert sorted(told.split("[,]")) == sorted(patterns[0].split("[,]"))


@given(answered())
def test_scorm_12_answers_keep_the_standards_grammar(engine: Bridge, pair: tuple[Any, Any]) -> None:
    asked, response = pair
    assume(asked["type"] != "long-fill-in")  # not recorded: 1.2 has no such type
    patterns, told = engine("patterns12", asked), engine("response12", asked, response)
    for pattern in patterns:
        assert re.fullmatch(RESPONSES12[asked["type"]], pattern, re.ASCII)
    assert told is None or re.fullmatch(RESPONSES12[asked["type"]], told, re.ASCII)
    if asked["type"] in {"choice", "matching", "sequencing"} and engine("judge", asked, response):
        assert sorted(told.split(",")) == sorted(patterns[0].split(","))


def test_examples_that_can_be_read(engine: Bridge) -> None:
    """Written out, so that a mistake in the grammar above can't hide one in the encoder."""
    several = question("q", "choice", correct=["a", "c"])
    assert engine("patterns12", several) == ["a,c"]
    assert engine("patterns2004", several) == ["a[,]c"]
    long = question("q", "choice", options=options(["own", "Lean"]), correct=["Lean"])
    assert engine("patterns12", long) == ["b"]
    assert engine("patterns2004", long) == ["Lean"]
    assert engine("patterns12", question("q", "matching")) == ["a.x,b.y,c.z"]
    assert engine("patterns2004", question("q", "matching")) == ["a[.]x[,]b[.]y[,]c[.]z"]
    blanks = question("q", "fill-in", blanks=[["甲", "A"], ["乙"]])
    assert engine("patterns2004", blanks) == [
        "{case_matters=false}{order_matters=true}甲[,]乙",
        "{case_matters=false}{order_matters=true}A[,]乙",
    ]
    assert engine("patterns12", blanks) == ["甲, 乙", "A, 乙"]
    assert engine("patterns2004", question("q", "numeric")) == ["3.13[:]3.15"]
    assert engine("patterns12", question("q", "numeric")) == ["3.14"]
    assert (
        engine(
            "response2004", question("q", "numeric", low=0.25, high=0.25), {"type": "numeric", "text": "25%"}
        )
        == "0.25"
    )
    assert engine("patterns12", question("q")) == ["t"]
    assert engine("patterns2004", question("q", answer=False)) == ["false"]


@given(st.text(min_size=1, max_size=300))
def test_identifiers_are_allowed_in_both_versions(engine: Bridge, name: str) -> None:
    told = engine("identifier", name)
    assert told == identifier(name)  # what the manifest calls the same objective
    assert re.fullmatch(SCORM12[r"cmi\.interactions\.\d+\.id"], told, re.ASCII)
    assert re.fullmatch(SCORM2004[r"cmi\.interactions\.\d+\.id"], told, re.ASCII)


@given(st.lists(st.text(min_size=1, max_size=20), unique=True, min_size=2, max_size=20))
def test_identifiers_stay_apart(engine: Bridge, names: list[str]) -> None:
    assert len({engine("identifier", name) for name in names}) == len(names)


@given(st.floats(0, 1e12))
def test_timespans(engine: Bridge, milliseconds: float) -> None:
    short, long = engine("timespan12", milliseconds), engine("timespan2004", milliseconds)
    assert re.fullmatch(SCORM12[r"cmi\.core\.session_time"], short)
    assert re.fullmatch(SCORM2004[r"cmi\.session_time"], long)
    hours, minutes, seconds = short.split(":")
    told = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    assert abs(told - min(milliseconds / 1000, 35_999_999.99)) < 0.0101
    assert abs(float(long[2:-1]) - milliseconds / 1000) < 0.0101


@given(st.integers(0, 3_786_912_000_000))
def test_moments(engine: Bridge, milliseconds: int) -> None:
    assert re.fullmatch(SCORM12[r"cmi\.interactions\.\d+\.time"], engine("time12", milliseconds))
    assert re.fullmatch(SCORM2004[r"cmi\.interactions\.\d+\.timestamp"], engine("time2004", milliseconds))
