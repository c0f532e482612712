"""The saved state: it comes back as it went in, fits, and outlives every change of the course."""

import re
import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.bridge import Bridge

SAFE = re.compile(r"[A-Za-z0-9\-_.!~*()]*")  # what no URL, HTML, JSON or XML encoder touches
KEYS = st.text(string.ascii_letters + string.digits + "-_", min_size=4, max_size=4)
TEXTS = st.text(max_size=40)
IDENTIFIERS = st.text(string.ascii_lowercase + string.digits + "-_.", min_size=1, max_size=8)
RESPONSES = st.one_of(
    st.builds(lambda chosen: {"type": "choice", "chosen": chosen}, st.lists(IDENTIFIERS, max_size=6)),
    st.builds(lambda value: {"type": "true-false", "value": value}, st.booleans()),
    st.builds(lambda texts: {"type": "fill-in", "texts": texts}, st.lists(TEXTS, max_size=4)),
    st.builds(lambda text: {"type": "long-fill-in", "text": text}, TEXTS),
    st.builds(lambda text: {"type": "numeric", "text": text}, TEXTS),
    st.builds(
        lambda pairs: {"type": "matching", "pairs": [list(pair) for pair in pairs]},
        st.lists(st.tuples(IDENTIFIERS, IDENTIFIERS), max_size=5),
    ),
    st.builds(lambda order: {"type": "sequencing", "order": order}, st.lists(IDENTIFIERS, max_size=6)),
    st.builds(lambda chosen: {"type": "likert", "chosen": chosen}, IDENTIFIERS),
)
SCORED_ANSWERS = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(["right", "wrong"]),
        "tries": st.integers(1, 60_000),
        "response": st.none() | RESPONSES,
        "part": st.just(value=False),
    }
)
NEUTRAL_ANSWERS = st.fixed_dictionaries(
    {
        "outcome": st.just("neutral"),
        "tries": st.integers(1, 14),
        "response": RESPONSES,
        "part": st.just(value=False),
    }
)
PROGRESS = st.fixed_dictionaries(
    {
        "runs": st.integers(0, 46_655),
        "answers": st.integers(0, 1_000_000),
        "latch": st.sampled_from(["none", "completed", "passed"]),
        "best": st.integers(0, 10_000).map(lambda share: share / 10_000),
        "last": st.just("") | KEYS,
        "entered": st.lists(KEYS, unique=True, max_size=20),
        "completed": st.lists(KEYS, unique=True, max_size=20),
        "questions": st.dictionaries(KEYS, SCORED_ANSWERS | NEUTRAL_ANSWERS, max_size=20),
    }
)
PLENTY = 1_000_000


@given(PROGRESS)
def test_state_comes_back_as_it_went_in(engine: Bridge, progress: dict[str, Any]) -> None:
    text = engine("encode", progress, None, PLENTY)["text"]
    assert SAFE.fullmatch(text)
    assert engine("decode", text) == {"found": True, "damaged": False, "progress": progress}


@given(PROGRESS, st.integers(0, 400), st.randoms(use_true_random=False))
def test_whatever_the_room_facts_come_before_responses_and_known_before_unknown(
    engine: Bridge, progress: dict[str, Any], room: int, chance: Any
) -> None:
    keys = {*progress["entered"], *progress["completed"], *progress["questions"]}
    known = {key for key in sorted(keys) if chance.random() < 0.7}
    facts = sum(4 for key in progress["completed"] if key in known) + sum(
        4 for key in progress["entered"] if key in known
    )
    facts += sum(5 if a["tries"] < 15 else 11 for key, a in progress["questions"].items() if key in known)
    fitted = engine("encode", progress, sorted(known), 27 + facts + room)
    assert len(fitted["text"]) <= 27 + facts + room
    assert fitted["lost"] is False
    back = engine("decode", fitted["text"])["progress"]
    assert known & set(progress["completed"]) <= set(back["completed"]) <= set(progress["completed"])
    assert known & set(progress["entered"]) <= set(back["entered"]) <= set(progress["entered"])
    for key, answer in progress["questions"].items():
        if key not in known and key not in back["questions"]:
            continue
        found = back["questions"][key]
        assert (found["outcome"], found["tries"]) == (answer["outcome"], answer["tries"])
        if found["part"]:
            assert answer["response"]["text"].startswith(found["response"]["text"])
        else:
            assert found["response"] in (None, answer["response"])


def test_200_lessons_and_300_questions_fit_scorm_12(engine: Bridge) -> None:
    """Every question answered wrong at its 14th try, every lesson done, and half of the responses still there."""
    digits = string.ascii_letters + string.digits + "-_"
    keys = ["k" + a + b + c for a in digits[:5] for b in digits[:10] for c in digits[:10]]
    answers = [{"type": "choice", "chosen": ["c"]}, {"type": "matching", "pairs": [[s, s] for s in "abcde"]}]
    progress: dict[str, Any] = {
        "runs": 46_655,
        "answers": 1_679_615,
        "latch": "passed",
        "best": 1,
        "last": keys[0],
        "entered": [],
        "completed": keys[:200],
        "questions": {
            key: {"outcome": "wrong", "tries": 14, "part": False, "response": answers[number % 2]}
            for number, key in enumerate(keys[200:])
        },
    }
    fitted = engine("encode", progress, keys, 4096)
    assert len(fitted["text"]) <= 4096
    assert fitted["lost"] is False
    back = engine("decode", fitted["text"])["progress"]
    assert len(back["completed"]) == 200
    assert {key: a["tries"] for key, a in back["questions"].items()} == dict.fromkeys(keys[200:], 14)
    choices = [a for a in progress["questions"].values() if a["response"]["type"] == "choice"]
    assert sum(a["response"] is not None for a in back["questions"].values()) >= len(choices)


def test_a_state_that_cannot_hold_the_facts_says_so(engine: Bridge) -> None:
    progress = {
        "runs": 0, "answers": 0, "latch": "none", "best": 0, "last": "", "entered": [],
        "completed": ["aaaa", "bbbb"], "questions": {},
    }  # fmt: skip
    fitted = engine("encode", progress, ["aaaa", "bbbb"], 21)
    assert fitted["lost"] is True
    assert len(fitted["text"]) <= 21
    assert engine("decode", fitted["text"])["progress"]["completed"] == ["aaaa"]


@given(st.text(max_size=200) | st.text("1!.0az~*()LcnA-_", max_size=200))
def test_anything_else_is_no_state_of_ours(engine: Bridge, text: str) -> None:
    found = engine("decode", text)
    assert not found["found"] or found["damaged"]


@given(PROGRESS, st.data())
def test_a_state_that_was_cut_off_gives_back_what_is_left(
    engine: Bridge, progress: dict[str, Any], data: st.DataObject
) -> None:
    text = engine("encode", progress, None, PLENTY)["text"]
    cut = data.draw(st.integers(0, len(text) - 1))
    found = engine("decode", text[:cut])
    assert not found["found"] or found["damaged"]
    back = found["progress"]
    assert set(back["completed"]) <= set(progress["completed"])
    for key, answer in back["questions"].items():
        assert answer["outcome"] == progress["questions"][key]["outcome"]


@given(PROGRESS, st.data())
def test_one_changed_character_is_noticed(
    engine: Bridge, progress: dict[str, Any], data: st.DataObject
) -> None:
    """The check's sums are modulo 61: they see any single change but one by 61. (A lost `!` looks like a cut.)"""
    text = engine("encode", progress, None, PLENTY)["text"]
    at = data.draw(st.sampled_from([at for at, character in enumerate(text[2:-3], 2) if character != "!"]))
    other = data.draw(st.sampled_from(sorted(set(string.ascii_letters + string.digits) - {text[at]})))
    found = engine("decode", text[:at] + other + text[at + 1 :])
    assert not found["found"] or abs(ord(other) - ord(text[at])) == 61
