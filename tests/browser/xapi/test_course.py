"""A course from launch to satisfied: every question type, right and wrong, and what each statement says."""

from datetime import datetime
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from catalog.trial.xapi.store import Statement
from tests.browser.pages.conftest import answer_all, question, submit
from tests.browser.xapi.classroom import CMI5, Learner, only, session_of
from tests.browser.xapi.conftest import Enrol

pytestmark = pytest.mark.browser
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
# question -> (type, correct responses, right response, wrong one), read off tests/fixtures/pages/gallery
FILL_IN = "{case_matters=false}{order_matters=true}"
RESPONSES = {
    "one": ("choice", ["c"], "c", "b"),
    "several": ("choice", ["a[,]b"], "a[,]b", "a[,]c"),
    "judge": ("true-false", ["false"], "false", "true"),
    "blanks": (
        "fill-in",
        [f"{FILL_IN}北京[,]上海", f"{FILL_IN}北京市[,]上海市"],
        "北京[,]上海",
        "西安[,]上海",
    ),
    "number": ("numeric", ["399[:]401"], "400", "40"),
    "pairs": ("matching", ["a[.]1[,]b[.]2[,]c[.]3"], "a[.]1[,]b[.]2[,]c[.]3", "a[.]1[,]b[.]1[,]c[.]1"),
    "order": ("sequencing", ["a[,]b[,]c[,]d"], "a[,]b[,]c[,]d", None),
    "essay": ("long-fill-in", None, "准时交付率由 82% 提高到 95%。", "准时交付率由 82% 提高到 95%。"),
    "scale": ("likert", None, "d", "d"),
}
LISTS = {
    "choice": ["choices"],
    "sequencing": ["choices"],
    "matching": ["source", "target"],
    "likert": ["scale"],
}


def finish(page: Page) -> None:
    """Complete the lesson."""
    page.get_by_role("button", name="完成本课").click()
    expect(page.locator(".finish-done")).to_be_visible()


def last_answer(statements: list[Statement], name: str) -> Statement:
    """The last statement about a question."""
    return [s for s in statements if s["object"]["id"].endswith(f"/questions/{name}")][-1]


def check_ids_and_order(learner: Learner) -> None:
    """What must hold of all statements together."""
    statements = learner.trial.statements()
    ids = [UUID(s["id"]) for s in statements]
    assert len(set(ids)) == len(ids)
    assert {found.version for found in ids} == {4}
    stamps = [datetime.fromisoformat(s["timestamp"]) for s in statements]
    assert all(s["timestamp"].endswith("Z") and len(s["timestamp"]) == 24 for s in statements)
    assert stamps == sorted(stamps)


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("kind", ["cmi5", "xapi"])
def test_every_question_type(enrol: Enrol, kind: str, *, right: bool) -> None:
    learner = enrol(kind, "lessons" if kind == "cmi5" else "single")
    page = learner.open(":kinds" if kind == "cmi5" else "gallery")
    if kind == "xapi":
        page.locator('.lessons a[data-lesson="kinds"]').click()
    answer_all(page, right=right)
    learner.trial.until_told("answered scale")
    statements = learner.trial.statements()
    for name, (interaction, patterns, good, bad) in RESPONSES.items():
        told = last_answer(statements, name)
        definition, result = told["object"]["definition"], told["result"]
        assert definition["interactionType"] == interaction, name
        assert definition.get("correctResponsesPattern") == patterns, name
        assert set(definition["description"]) == set(definition["name"]) == {"zh-CN"}
        for component in LISTS.get(interaction, []):
            assert all(set(each["description"]) == {"zh-CN"} for each in definition[component])
        expected = good if right else bad
        if expected is not None:
            assert result["response"] == expected, name
        scored = interaction not in ("long-fill-in", "likert")
        assert result.get("success") is (right if scored else None)
        points = 2 if name == "one" else 1
        won = points if right else 0
        score = {"scaled": int(right), "raw": won, "min": 0, "max": points}
        assert result.get("score") == (score if scored else None)
        assert result["duration"].startswith("PT")
    tries = [s for s in statements if s["object"]["id"].endswith(("/questions/one", "/questions/blanks"))]
    assert len(tries) == (2 if right else 4)
    learner.close(page)
    learner.trial.until_told("terminated")
    check_ids_and_order(learner)


def test_a_unit_is_passed(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    trial = learner.trial
    page = learner.open(":kinds")
    assert "endpoint" not in page.url
    answer_all(page, right=True)
    finish(page)
    trial.until_told("completed", "passed")
    learner.leave(page)
    trial.until_told("terminated")
    assert trial.unit_verbs() == ["initialized", "completed", "passed", "terminated"]
    statements = trial.statements()
    passed, completed = only(statements, "passed"), only(statements, "completed")
    assert passed["result"]["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
    assert passed["context"]["extensions"][MASTERY] == 0.6
    assert MASTERY not in completed["context"]["extensions"]
    for each in (passed, completed):
        assert [c["id"] for c in each["context"]["contextActivities"]["category"]] == [CMI5, MOVE_ON]
    for each in (only(statements, "initialized"), only(statements, "terminated")):
        assert [c["id"] for c in each["context"]["contextActivities"]["category"]] == [CMI5]
    told = [
        s["result"]["extensions"][PROGRESS] for s in statements if s["verb"]["id"].endswith("/progressed")
    ]
    assert told == sorted(told)
    assert told
    assert all(isinstance(share, int) and 0 < share < 100 for share in told)
    assert len({session_of(s) for s in statements}) == 1
    check_ids_and_order(learner)
    assert [unit["satisfied"] for key, unit in trial.run.progress().items() if key.endswith(":kinds")] == [
        True
    ]


def test_a_course_of_units_is_satisfied(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    trial = learner.trial
    for unit in ("prose", "plain", "kinds", "last"):
        page = learner.open(f":{unit}")
        if unit == "kinds":
            answer_all(page, right=True)
        if unit == "last":
            question(page, "final").locator("input[value=true]").check()
            submit(page, "final")
        finish(page)
        learner.leave(page)
    assert trial.run.lms is not None
    trial.until(lambda: len(trial.run.lms.registration.satisfied) == 4 if trial.run.lms else False)
    assert trial.unit_verbs() == [
        *("initialized", "completed", "terminated") * 2,
        *("initialized", "completed", "passed", "terminated") * 2,
    ]
    satisfied = [s for s in trial.run.store.statements.values() if s["verb"]["id"].endswith("/satisfied")]
    assert len(satisfied) == 4  # three modules and the course


@pytest.mark.parametrize("kind", ["cmi5", "xapi"])
def test_a_whole_course(enrol: Enrol, kind: str) -> None:
    learner = enrol(kind, "single")
    trial = learner.trial
    page = learner.open()
    page.locator(".home").click()  # the page itself: nothing is loaded anew
    for lesson in ("prose", "plain", "kinds", "last"):
        page.locator(f'a[data-lesson="{lesson}"]').first.click()
        page.locator(f'main[data-lesson="{lesson}"]').wait_for()
        if lesson == "kinds":
            answer_all(page, right=True)
        if lesson == "last":
            question(page, "final").locator("input[value=true]").check()
            submit(page, "final")
        finish(page)
        page.locator(".home").click()
        page.locator("main[data-index]").wait_for()
    trial.until_told("completed", "passed")
    learner.close(page)
    trial.until_told("terminated")
    assert trial.unit_verbs() == ["initialized", "completed", "passed", "terminated"]
    assert [v for v in trial.verbs() if v.startswith("experienced")] == ["experienced lesson"] * 4
    lessons = [s for s in trial.statements() if s["verb"]["id"].endswith("/experienced")]
    assert [s["object"]["id"].rsplit(":", 1)[-1] for s in lessons] == ["prose", "plain", "kinds", "last"]
    assert all(s["result"]["completion"] and s["result"]["duration"].startswith("PT") for s in lessons)
    assert only(trial.statements(), "passed")["result"]["score"]["scaled"] == 1
    check_ids_and_order(learner)
    if trial.run.lms is not None:
        assert trial.run.lms.registration.course.id in trial.run.lms.registration.satisfied
