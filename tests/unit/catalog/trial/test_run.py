"""What an author is shown: what can be started, and each record in words with the rules it breaks."""

import asyncio
from typing import get_args

import pytest

from catalog.trial.journal import Journal
from catalog.trial.run import VERB_NAMES, TrialFormat, statement_says
from catalog.trial.scorm import ValueCall, call_breaches, call_says
from exporters.export import make_plan
from schemas.package import Format
from schemas.text import Text
from schemas.xapi import vocabulary
from tests.unit.catalog.trial.desk import Desk, opened
from tests.unit.catalog.trial.statements import statement


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        ("cmi5", ["模块 基础", "第 诊断 课", "路线图 <b>&</b> “落地”", "模块 m2", "第 practice 课"]),
        ("scorm12", ["模块 基础", "第 诊断 课", "路线图 <b>&</b> “落地”", "模块 m2", "第 practice 课"]),
        ("scorm2004-4", ["模块 基础", "第 诊断 课", "路线图 <b>&</b> “落地”", "模块 m2", "第 practice 课"]),
        ("xapi", ["数字化转型诊断与路线图"]),
    ],
)
def test_what_can_be_started(kind: TrialFormat, titles: list[str]) -> None:
    with opened(kind) as desk:
        status = desk.client.get("/api/status").json()
        assert [unit["title"] for unit in status["units"]] == titles
        assert [bool(unit["id"]) for unit in status["units"]] == (
            [True] if kind == "xapi" else [False, True, True, False, True]
        )
        launched = desk.launch()
        assert launched.path == ("/package/index.html" if kind == "xapi" else "/package/x-40ff6300.html")
        assert status["format"] == kind
        assert not status["satisfied"]


def test_a_title_in_the_authors_language() -> None:
    with opened("xapi") as desk:
        desk.run.language = "en"
        assert [item.title for item in desk.run.launchables()] == ["Digital roadmap"]


def test_the_formats_of_a_trial_are_those_that_an_lms_plays() -> None:
    assert set(get_args(TrialFormat)) == {kind.value for kind in Format} - {"html"}
    assert make_plan("generic", Format.XAPI, "lessons").structure == "single"


def test_every_verb_of_ours_has_a_name() -> None:
    ours = {verb.id.rsplit("/", 1)[-1] for verb in vocabulary().verbs.values()}
    assert ours <= set(VERB_NAMES)
    assert all(name.zh and name.en for name in VERB_NAMES.values())


def test_a_statement_in_words() -> None:
    given = statement()
    assert statement_says(given, {}) == Text("作答：题", "answered: 题")
    assert statement_says(given, {"urn:example:q1": "第一题"}) == Text("作答：第一题", "answered: 第一题")
    del given["object"]["definition"]
    given["verb"]["id"] = "https://example.org/verbs/danced"
    assert statement_says(given, {}).en == "https://example.org/verbs/danced: urn:example:q1"


def test_the_list_grows_with_what_arrives(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    launch.begin()
    launch.send({**launch.make("completed"), "timestamp": "yesterday"})
    launch.document("PUT", "state", {})
    entries = cmi5.client.get("/api/events").json()
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [(entry["kind"], entry["status"]) for entry in entries] == [
        ("statement", 200),  # launched
        ("call", 200),  # fetch
        ("document", 200),  # preferences
        ("document", 200),  # launch data, for the template
        ("statement", 200),
        ("document", 200),
        ("call", 400),
        ("document", 200),
    ]
    assert [entry["says"]["zh"] for entry in entries][4] == "开始会话：路线图 <b>&</b> “落地”"
    refused = entries[6]
    assert refused["breaches"][0]["clause"] == "xAPI 2.4"
    assert refused["detail"][0]["timestamp"] == "yesterday"
    assert [entry["number"] for entry in cmi5.client.get("/api/events?after=7").json()] == [8]


def test_whoever_waits_is_woken() -> None:
    async def scene() -> None:
        journal = Journal()
        assert await journal.after(0, patience=0.01) == []
        waiting = [asyncio.ensure_future(journal.after(0, patience=5)) for _ in range(3)]
        await asyncio.sleep(0)
        journal.add("call", Text("一", "one"))
        for found in await asyncio.gather(*waiting):
            assert [entry.says.en for entry in found] == ["one"]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("call", "says", "clauses"),
    [
        (ValueCall("LMSInitialize"), "opens the session", []),
        (ValueCall("LMSFinish"), "ends the session", []),
        (ValueCall("LMSSetValue", "cmi.core.lesson_status", "completed"), "lesson status = completed", []),
        (ValueCall("LMSSetValue", "cmi.core.lesson_status", "done"), "lesson status = done", ["SCORM RTE"]),
        (ValueCall("LMSSetValue", "cmi.core.score.raw", "101"), "score = 101", ["SCORM RTE"]),
        (ValueCall("LMSSetValue", "cmi.core.session_time", "00:01:02.5"), "session time = 00:01:02.5", []),
        (ValueCall("LMSSetValue", "cmi.core.session_time", "PT1M"), "session time = PT1M", ["SCORM RTE"]),
        (
            ValueCall("LMSSetValue", "cmi.suspend_data", "x" * 4097),
            f"suspend data = {'x' * 77}…",
            ["SCORM RTE"],
        ),
        (ValueCall("LMSGetValue", "cmi.core.lesson_location", "p2"), "reads lesson location: p2", []),
        (ValueCall("LMSSetValue", "cmi.core.student_id", "x", 403), "cmi.core.student_id = x", []),
        (ValueCall("LMSSetValue", "cmi.core.student_id", "x", 404), "cmi.core.student_id = x", ["SCORM 404"]),
    ],
    ids=lambda value: value.element if isinstance(value, ValueCall) else None,
)
def test_scorm_calls_in_words(call: ValueCall, says: str, clauses: list[str]) -> None:
    assert call_says(call).en == says
    assert [breach.clause for breach in call_breaches(call, scorm12=True)] == clauses


def test_scorm_2004_calls() -> None:
    good = [
        ("cmi.score.scaled", "0.5"),
        ("cmi.progress_measure", "1"),
        ("cmi.session_time", "PT1H2.5S"),
        ("cmi.interactions.0.timestamp", "2026-03-01T08:00:00Z"),
        ("cmi.suspend_data", "x" * 64_000),
    ]
    bad = [
        ("cmi.score.scaled", "1.5"),
        ("cmi.completion_status", "passed"),
        ("cmi.session_time", "00:01:00"),
        ("cmi.interactions.0.type", "multiple"),
        ("cmi.interactions.0.timestamp", "08:00:00"),
    ]
    for element, value in good:
        assert call_breaches(ValueCall("SetValue", element, value), scorm12=False) == (), element
    for element, value in bad:
        assert call_breaches(ValueCall("SetValue", element, value), scorm12=False), element


def test_scorm_calls_arrive_in_the_list() -> None:
    with opened("scorm12") as desk:
        calls = [
            {"call": "LMSInitialize"},
            {"call": "LMSSetValue", "element": "cmi.core.lesson_status", "value": "done"},
        ]
        assert desk.client.post("/api/values", json=calls).status_code == 204
        entries = desk.client.get("/api/events").json()
        assert [(entry["kind"], len(entry["breaches"])) for entry in entries] == [("value", 0), ("value", 1)]
        assert (
            desk.client.get("/xapi/statements", headers={"X-Experience-API-Version": "1.0.3"}).status_code
            == 401
        )
