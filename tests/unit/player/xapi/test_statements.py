"""Interactions in xAPI's formats, times, and which statements a session makes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.trial.xapi.interactions import definition_breaches, response_breaches
from catalog.trial.xapi.rules import statement_breaches
from schemas.xapi import vocabulary
from tests.support.bridge import Bridge
from tests.support.course_data import Data, course, lesson, module, options, question

FILL = "{case_matters=false}{order_matters=true}"


@pytest.mark.parametrize(
    ("data", "patterns", "response", "text"),
    [
        (
            question("q", "choice", correct=["a", "c"]),
            ["a[,]c"],
            {"type": "choice", "chosen": ["c", "b"]},
            "c[,]b",
        ),
        (question("q", "true-false"), ["true"], {"type": "true-false", "value": False}, "false"),
        (
            question("q", "fill-in"),
            [f"{FILL}北京", f"{FILL}北京市"],
            {"type": "fill-in", "texts": ["{lang=x}a[,]b"]},
            "｛lang=x}a［,］b",
        ),
        (question("q", "numeric"), ["3.13[:]3.15"], {"type": "numeric", "text": "３．１４"}, "3.14"),
        (question("q", "numeric", low=42, high=42), ["42"], {"type": "numeric", "text": "四十二"}, None),
        (
            question("q", "matching"),
            ["a[.]x[,]b[.]y[,]c[.]z"],
            {"type": "matching", "pairs": [["b", "x"], ["a", "y"]]},
            "b[.]x[,]a[.]y",
        ),
        (
            question("q", "sequencing"),
            ["a[,]b[,]c"],
            {"type": "sequencing", "order": ["c", "a", "b"]},
            "c[,]a[,]b",
        ),
        (question("q", "likert"), [], {"type": "likert", "chosen": "4"}, "4"),
        (question("q", "long-fill-in"), [], {"type": "long-fill-in", "text": "先\n后"}, "先\n后"),
    ],
)
def test_formats(xapi: Bridge, data: Data, patterns: list[str], response: Data, text: str | None) -> None:
    assert xapi("correctResponses", data) == patterns
    assert xapi("response", data, response) == text
    definition = xapi("definition", data)
    assert list(definition_breaches(definition, "")) == []
    if text is not None:
        assert list(response_breaches(definition, text)) == []
    lists = vocabulary().interactions[data["type"]]
    assert {name: [c["id"] for c in definition[name]] for name in lists} == {
        name: [option["id"] for option in data[field]] for name, field in lists.items()
    }


TEXT = st.text(st.sampled_from("ab{}[],.:=语 lang"), max_size=20)


@settings(deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=3))
def test_whatever_is_typed_is_well_written(xapi: Bridge, texts: list[str]) -> None:
    data = question("q", "fill-in", blanks=[[text] for text in texts])
    definition = xapi("definition", data)
    assert list(definition_breaches(definition, "")) == []
    for kind, response in (("fill-in", {"texts": texts}), ("long-fill-in", {"text": texts[0]})):
        told = xapi("response", question("q", kind), {"type": kind, **response})
        assert list(response_breaches({"interactionType": kind}, told)) == []
        assert kind == "long-fill-in" or told.count("[,]") == len(texts) - 1


@settings(deadline=None)
@given(times=st.lists(st.integers(0, 2**41), min_size=1, max_size=20))
def test_time_never_runs_back(xapi: Bridge, times: list[int]) -> None:
    stamps = [datetime.fromisoformat(stamp) for stamp in xapi("stamps", times)]
    assert stamps == sorted(stamps)
    assert stamps[-1].timestamp() * 1000 == pytest.approx(max(times), abs=1)


def test_identifiers_are_random_uuids(xapi: Bridge) -> None:
    found = {UUID(xapi("uuid")) for _ in range(50)}
    assert len(found) == 50
    assert {each.version for each in found} == {4}


@settings(deadline=None)
@given(parts=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted), max_size=8))
def test_coverage_counts_each_second_once(xapi: Bridge, parts: list[list[int]]) -> None:
    assert xapi("coverage", parts) == len({second for low, high in parts for second in range(low, high)})


Q1, Q2 = question("q1"), question("q2", points=2)
ONE_LESSON = course(module("m", lesson("l", Q1, Q2)), passing={"score": 0.6, "attempts": 0})
DONE = ["completeLesson", "l"]


def answer(data: Data, *, right: bool) -> list[Any]:
    """An answer to a true-false question."""
    return ["answer", data, {"type": "true-false", "value": right}, 1500]


def launched(**more: Any) -> Data:
    """A cmi5 launch."""
    tab: Data = {
        "key": "",
        "query": "",
        "authorization": None,
        "returnUrl": None,
        "began": 0,
        "verbs": [],
        "over": False,
    }
    return {
        "standard": "cmi5",
        "endpoint": "https://lms.example/xapi/",
        "authorization": "Basic x",
        "actor": {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "1"}},
        "registration": "a0000000-0000-4000-8000-000000000000",
        "activityId": "https://lms.example/au/1",
        "template": {
            "contextActivities": {
                "grouping": [{"id": "urn:publisher"}],
                "category": {"id": "urn:of-the-lms"},
            },
            "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1", "urn:more": [1]},
            "platform": "LMS",
        },
        "mode": "normal",
        "masteryScore": None,
        "passWanted": False,
        "returnUrl": None,
        "languages": [],
        "silent": False,
        "tab": tab,
        **more,
    }


NOTHING = {"completed": False, "passed": False, "failed": False}
RIGHT = [["visit", "l"], answer(Q1, right=True), answer(Q2, right=True), DONE]
WRONG = [["visit", "l"], answer(Q1, right=False), answer(Q2, right=False), DONE]


@pytest.mark.parametrize(
    ("before", "doings", "verbs"),
    [
        (NOTHING, RIGHT, ["completed", "passed", "terminated"]),
        (NOTHING, WRONG, ["completed", "failed", "terminated"]),
        (NOTHING, [*WRONG, ["retake"], *RIGHT[1:3]], ["completed", "passed", "terminated"]),
        (NOTHING, [*WRONG, ["retake"]], ["completed", "terminated"]),
        (NOTHING, [["visit", "l"]], ["terminated"]),
        ({**NOTHING, "completed": True}, RIGHT, ["passed", "terminated"]),
        ({**NOTHING, "completed": True, "passed": True}, WRONG, ["terminated"]),
        ({**NOTHING, "completed": True, "failed": True}, WRONG, ["failed", "terminated"]),
    ],
)
def test_verbs_of_a_session(xapi: Bridge, before: Data, doings: list[Any], verbs: list[str]) -> None:
    statements = xapi("record", ONE_LESSON, launched(), before, doings)["statements"]
    assert [breach for each in statements for breach in statement_breaches(each)] == []
    names = [each["verb"]["id"].rsplit("/", 1)[-1] for each in statements]
    assert [name for name in names if name in ("completed", "passed", "failed", "terminated")] == verbs


def test_the_template_is_copied_unchanged(xapi: Bridge) -> None:
    launch = launched()
    for statement in xapi("record", ONE_LESSON, launch, NOTHING, RIGHT)["statements"]:
        context = statement["context"]
        assert context["contextActivities"]["grouping"] == [{"id": "urn:publisher"}]
        assert context["contextActivities"]["category"][0] == {"id": "urn:of-the-lms"}
        assert context["extensions"].items() >= launch["template"]["extensions"].items()
        assert context["platform"] == "LMS"
        assert context["registration"] == launch["registration"]


@settings(deadline=None)
@given(
    points=st.lists(st.integers(1, 9), min_size=1, max_size=7), mark=st.integers(0, 10_000), data=st.data()
)
def test_a_score_never_contradicts_its_verb(
    xapi: Bridge, points: list[int], mark: int, data: st.DataObject
) -> None:
    questions = [question(f"q{n}", points=each) for n, each in enumerate(points)]
    rights = data.draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points)))
    mastery = mark / 10_000
    judged = course(module("m", lesson("l", *questions)), passing={"score": mastery, "attempts": 1})
    doings = [["visit", "l"], *(answer(q, right=r) for q, r in zip(questions, rights, strict=True)), DONE]
    statements = xapi("record", judged, launched(masteryScore=mastery), NOTHING, doings)["statements"]
    verdict = next(s for s in statements if s["verb"]["id"].endswith(("/passed", "/failed")))
    score, passed = verdict["result"]["score"], verdict["verb"]["id"].endswith("/passed")
    share = sum(p for p, r in zip(points, rights, strict=True) if r) / sum(points)
    assert verdict["result"]["success"] is passed is (share >= mastery - 1e-9)
    assert (score["scaled"] >= mastery) is passed
    assert score["scaled"] == pytest.approx(share, abs=1e-4)
    assert isinstance(score["raw"], int)
    assert (
        verdict["context"]["extensions"]["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"]
        == mastery
    )


def test_rounding_carries_no_score_over_the_mark(xapi: Bridge) -> None:
    """Two thirds are 0.6667 when rounded, and yet below a mark of 0.6667."""
    questions = [question(f"q{n}") for n in range(3)]
    judged = course(module("m", lesson("l", *questions)), passing={"score": 0.6667, "attempts": 1})
    doings = [["visit", "l"], *(answer(q, right=n < 2) for n, q in enumerate(questions)), DONE]
    statements = xapi("record", judged, launched(masteryScore=0.6667), NOTHING, doings)["statements"]
    failed = next(s for s in statements if s["verb"]["id"].endswith("/failed"))
    assert 0.66 < failed["result"]["score"]["scaled"] < 0.6667
    assert failed["result"]["score"]["raw"] == 66


def test_a_score_without_a_mark_is_told_beside_completed(xapi: Bridge) -> None:
    free = course(module("m", lesson("l", Q1, Q2)), passing={"score": None})
    statements = xapi(
        "record",
        free,
        launched(),
        NOTHING,
        [["visit", "l"], answer(Q1, right=True), answer(Q2, right=False), DONE],
    )["statements"]
    names = [each["verb"]["id"].rsplit("/", 1)[-1] for each in statements]
    assert "passed" not in names
    scored = statements[names.index("scored")]
    assert scored["result"]["score"] == {"scaled": 0.3333, "raw": 33, "min": 0, "max": 100}
    wanted = xapi(
        "record",
        free,
        launched(passWanted=True),
        NOTHING,
        [["visit", "l"], answer(Q1, right=True), answer(Q2, right=True), DONE],
    )
    assert "passed" in [each["verb"]["id"].rsplit("/", 1)[-1] for each in wanted["statements"]]


def test_states_of_two_tabs_become_one(xapi: Bridge) -> None:
    three = course(module("m", lesson("a", Q1), lesson("b", Q2), lesson("c", question("q3"))))
    ours = xapi(
        "state", three, [["visit", "a"], answer(Q1, right=True), ["completeLesson", "a"], ["visit", "c"]]
    )
    theirs = xapi("state", three, [["visit", "b"], answer(Q2, right=False), ["visit", "a"]])
    merged = xapi("merge", theirs, ours)
    keys = {each["id"]: each["key"] for each in three["modules"][0]["lessons"]}
    assert merged["completed"] == [keys["a"]]
    assert merged["entered"] == sorted([keys["b"], keys["c"]])
    assert {key: each["outcome"] for key, each in merged["questions"].items()} == {
        Q1["key"]: "right",
        Q2["key"]: "wrong",
    }
    assert merged["last"] == keys["c"]


def test_a_retake_elsewhere_counts_more_than_older_answers(xapi: Bridge) -> None:
    ours = xapi("state", ONE_LESSON, WRONG)
    theirs = xapi("state", ONE_LESSON, [*WRONG, ["retake"], answer(Q1, right=True)])
    for merged in (xapi("merge", theirs, ours), xapi("merge", ours, theirs)):
        assert merged["runs"] == 1
        assert {key: each["outcome"] for key, each in merged["questions"].items()} == {Q1["key"]: "right"}
        assert merged["latch"] == "completed"


def test_options_may_share_a_name(xapi: Bridge) -> None:
    """Two lists of one definition have identifiers of their own."""
    data = question("q", "matching", sources=options("ab"), targets=options("ab"))
    assert list(definition_breaches(xapi("definition", data), "")) == []
