"""The session's rules: what completes, what passes, what is locked, what a new version of the course changes."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identifiers import state_key
from tests.support.bridge import Bridge
from tests.support.course_data import Data, course, launch, lesson, module, question

YES = {"type": "true-false", "value": True}
NO = {"type": "true-false", "value": False}
Q1, Q2 = question("q1"), question("q2", attempts=2)
COURSE = course(module("m1", lesson("l1", Q1), lesson("l2", Q2)))


def _finish_both(engine: Bridge, first: Data, second: Data) -> Data:
    for number, (asked, response) in enumerate(((Q1, first), (Q2, second)), 1):
        engine("act", "visit", f"l{number}")
        engine("act", "answer", asked, response, 1000)
        done = engine("act", "completeLesson", f"l{number}")
    return done["saved"]  # type: ignore[no-any-return]


def test_opening_and_closing_completes_nothing(engine: Bridge) -> None:
    saved = engine("open", COURSE, None, launch())["saved"]
    assert (saved["completion"], saved["success"], saved["score"], saved["progress"]) == (
        "not attempted",
        "unknown",
        None,
        0,
    )
    for each in ("l1", "l2"):
        saved = engine("act", "visit", each)["saved"]
    assert (saved["completion"], saved["success"], saved["score"], saved["progress"]) == (
        "incomplete",
        "unknown",
        None,
        0,
    )


def test_a_lesson_is_completed_by_answering_and_saying_so(engine: Bridge) -> None:
    engine("open", COURSE, None, launch())
    engine("act", "visit", "l1")
    assert engine("look", "lesson", "l1")["missing"] == ["q1"]
    assert engine("act", "completeLesson", "l1")["result"] is False
    assert engine("act", "answer", Q1, NO, 10)["saved"]["progress"] == 0
    assert engine("act", "completeLesson", "l1")["result"] is True
    assert engine("look", "lesson", "l1")["completion"] == "completed"
    assert engine("look", "overall")["completion"] == "incomplete"


@pytest.mark.parametrize(
    ("first", "second", "success", "raw"),
    [(YES, YES, "passed", 2), (YES, NO, "failed", 1), (NO, NO, "failed", 0)],
)
def test_score_decides_once_the_lessons_are_done(
    engine: Bridge, first: Data, second: Data, success: str, raw: int
) -> None:
    engine("open", COURSE, None, launch())
    saved = _finish_both(engine, first, second)
    assert (saved["completion"], saved["success"], saved["score"]) == (
        "completed",
        success,
        {"raw": raw, "max": 2},
    )
    assert saved["progress"] == 1


def test_answering_everything_right_is_not_enough_without_the_lessons(engine: Bridge) -> None:
    engine("open", COURSE, None, launch())
    engine("act", "answer", Q1, YES, 10)
    saved = engine("act", "answer", Q2, YES, 10)["saved"]
    assert (saved["completion"], saved["success"]) == ("incomplete", "unknown")


def test_tries_are_counted_and_a_right_answer_locks(engine: Bridge) -> None:
    engine("open", COURSE, None, launch())
    assert engine("act", "answer", Q1, NO, 10)["result"]["locked"] is True
    assert engine("act", "answer", Q1, YES, 10)["result"]["correct"] is False  # locked: nothing changes
    status = engine("act", "answer", Q2, NO, 10)["result"]
    assert (status["tries"], status["left"], status["locked"], status["correct"]) == (1, 1, False, False)
    status = engine("act", "answer", Q2, YES, 10)["result"]
    assert (status["tries"], status["left"], status["locked"], status["correct"]) == (2, 0, True, True)


def test_a_failed_course_may_be_taken_again_as_often_as_it_says(engine: Bridge) -> None:
    engine("open", COURSE, None, launch())
    _finish_both(engine, NO, NO)
    overall = engine("look", "overall")
    assert (overall["retakable"], overall["retakesLeft"]) == (True, 1)
    saved = engine("act", "retake")["saved"]
    assert (saved["completion"], saved["success"], saved["score"]) == ("completed", "unknown", None)
    assert engine("look", "question", "q1")["answered"] is False
    saved = _finish_both(engine, YES, NO)
    assert saved["success"] == "failed"
    overall = engine("look", "overall")
    assert (overall["retakable"], overall["retakesLeft"]) == (False, 0)
    engine("act", "retake")
    assert engine("look", "question", "q1")["answered"] is True


def test_a_pass_is_for_ever(engine: Bridge) -> None:
    """Not even questions that a new version adds, unanswered, take it back or lower the score on record."""
    engine("open", COURSE, None, launch())
    state = _finish_both(engine, YES, YES)["state"]
    more = course(module("m1", lesson("l1", Q1), lesson("l2", Q2), lesson("l3", question("q3", points=8))))
    saved = engine("open", more, None, launch(state))["saved"]
    assert (saved["completion"], saved["success"], saved["progress"]) == ("completed", "passed", 1)
    assert saved["score"] == {"raw": 10, "max": 10}
    engine("act", "visit", "l3")
    saved = engine("act", "answer", question("q3", points=8), NO, 10)["saved"]
    assert (saved["success"], saved["score"]) == ("passed", {"raw": 10, "max": 10})
    assert engine("look", "overall")["retakable"] is False


def test_without_a_score_to_reach_the_lessons_decide(engine: Bridge) -> None:
    engine("open", {**COURSE, "pass": {"score": None, "lessons": 0.5, "attempts": 0}}, None, launch())
    engine("act", "answer", Q1, NO, 10)
    saved = engine("act", "completeLesson", "l1")["saved"]
    assert (saved["completion"], saved["success"], saved["progress"]) == ("completed", "passed", 0.5)


def test_linear_order_opens_one_lesson_after_the_other(engine: Bridge) -> None:
    engine("open", {**COURSE, "sequence": "linear"}, None, launch())
    assert engine("look", "lesson", "l2") == {
        "completion": "not attempted", "open": False, "because": ["l1"], "missing": ["q2"],
    }  # fmt: skip
    assert engine("act", "answer", Q2, YES, 10)["answered"] == 0
    assert engine("act", "completeLesson", "l2")["result"] is False
    engine("act", "visit", "l2")
    assert engine("look", "lesson", "l2")["completion"] == "not attempted"
    engine("act", "answer", Q1, YES, 10)
    engine("act", "completeLesson", "l1")
    assert engine("look", "lesson", "l2")["open"] is True


def test_module_prerequisites_open_a_module(engine: Bridge) -> None:
    modules = (module("m1", lesson("l1"), lesson("l2")), module("m2", lesson("l3"), prerequisites=["m1"]))
    engine("open", course(*modules), None, launch())
    assert engine("look", "lesson", "l3")["because"] == ["l1", "l2"]
    assert engine("look", "lesson", "l2")["open"] is True
    engine("act", "completeLesson", "l1")
    engine("act", "completeLesson", "l2")
    assert engine("look", "lesson", "l3")["open"] is True


def test_one_lesson_judges_itself_where_it_is_a_sco(engine: Bridge) -> None:
    single = {**COURSE, "structure": "lessons", "sequence": "linear"}
    engine("open", single, "l2", launch())
    saved = engine("act", "visit", "l2")["saved"]
    assert (saved["completion"], saved["progress"]) == ("incomplete", 0)
    saved = engine("act", "answer", Q2, YES, 10)["saved"]
    assert (saved["completion"], saved["progress"], saved["score"]) == (
        "incomplete",
        0.5,
        {"raw": 1, "max": 1},
    )
    saved = engine("act", "completeLesson", "l2")["saved"]
    assert (saved["completion"], saved["success"], saved["progress"]) == ("completed", "passed", 1)
    assert engine("look", "lesson", "l1")["open"] is True


def test_a_sco_without_questions_is_passed_when_completed(engine: Bridge) -> None:
    """SCORM 2004's sequencing opens the next lesson by this one's success."""
    engine("open", course(module("m", lesson("l")), structure="lessons"), "l", launch())
    saved = engine("act", "completeLesson", "l")["saved"]
    assert (saved["completion"], saved["success"], saved["score"]) == ("completed", "passed", None)


def test_objectives_follow_the_questions_that_assess_them(engine: Bridge) -> None:
    asked = [question("q1", objectives=["o1"]), question("q2", objectives=["o1", "o2"])]
    told = course(
        module("m", lesson("l", *asked)), objectives=[{"id": "o1", "text": "一"}, {"id": "o2", "text": "二"}]
    )
    engine("open", told, None, launch())
    saved = engine("act", "answer", asked[1], YES, 10)["saved"]
    assert saved["objectives"] == [
        {"id": "o1", "score": 0.5, "success": "unknown", "completion": "incomplete"},
        {"id": "o2", "score": 1, "success": "passed", "completion": "completed"},
    ]
    saved = engine("act", "answer", asked[0], NO, 10)["saved"]
    assert saved["objectives"][0] == {
        "id": "o1",
        "score": 0.5,
        "success": "failed",
        "completion": "completed",
    }


@pytest.mark.parametrize("mode", ["browse", "review"])
def test_browse_and_review_record_nothing(engine: Bridge, mode: str) -> None:
    assert engine("open", {**COURSE, "sequence": "linear"}, None, launch(mode=mode))["saved"] is None
    assert engine("look", "lesson", "l2")["open"] is True
    assert engine("act", "visit", "l2")["saved"] is None
    status = engine("act", "answer", Q2, YES, 10)
    assert (status["saved"], status["result"]["locked"]) == (None, True)
    assert engine("look", "question", "q2")["answered"] is (mode == "browse")


def test_a_state_that_the_lms_cut_off_loses_no_score(engine: Bridge) -> None:
    engine("open", COURSE, None, launch())
    state = _finish_both(engine, YES, YES)["state"]
    prior = {"completed": True, "passed": True, "share": 1}
    for cut in range(len(state)):
        saved = engine("open", COURSE, None, launch(state[:cut], resumed=True, prior=prior))["saved"]
        assert (saved["completion"], saved["success"], saved["score"]) == (
            "completed",
            "passed",
            {"raw": 2, "max": 2},
        )


def test_a_foreign_state_starts_afresh(engine: Bridge) -> None:
    for state in ("null", '{"page":3}', "1!x", "页"):
        assert engine("open", COURSE, None, launch(state))["saved"]["completion"] == "not attempted"


@pytest.mark.parametrize(
    ("location", "page"),
    [
        ("l2.html#%E8%8A%82", "l2.html#%E8%8A%82"),
        ("gone.html", "l1.html"),
        ("", "l1.html"),
        ("l2.html#%E8%8", "l2.html"),
    ],
)
def test_start_page(engine: Bridge, location: str, page: str) -> None:
    engine("open", COURSE, None, launch(location=location))
    assert engine("look", "startPage") == page


def test_a_lost_location_is_found_in_the_state(engine: Bridge) -> None:
    engine("open", COURSE, None, launch())
    state = engine("act", "visit", "l2", "节 1")["saved"]["state"]
    engine("open", COURSE, None, launch(state))
    assert engine("look", "startPage") == "l2.html"


def _some_course(chance: random.Random, lessons: list[str], asked: dict[str, list[str]]) -> Data:
    kept = [name for name in lessons if chance.random() < 0.7]
    chance.shuffle(kept)
    new = [f"new{number}" for number in range(chance.randrange(3))]
    return course(
        module("m", *(lesson(name, *(question(q) for q in asked.get(name, []))) for name in [*kept, *new])),
        stateLimit=64_000,
    )


@given(st.randoms(use_true_random=False))
def test_progress_outlives_every_change_of_the_course(engine: Bridge, chance: random.Random) -> None:
    """Lessons and questions are added, removed and reordered, and come back: what was done stays done."""
    names = [f"l{number}" for number in range(8)]
    asked = {name: [f"{name}-q{number}" for number in range(chance.randrange(4))] for name in names}
    whole = course(
        module("m", *(lesson(name, *map(question, asked[name])) for name in names)), stateLimit=64_000
    )
    engine("open", whole, None, launch())
    answers, done, state = {}, set(), ""
    for name in chance.sample(names, 5):
        for each in asked[name]:
            response = chance.choice([YES, NO])
            answers[each] = response
            state = engine("act", "answer", question(each), response, 10)["saved"]["state"]
        if chance.random() < 0.7:
            done.add(name)
            state = engine("act", "completeLesson", name)["saved"]["state"]
    for _ in range(3):
        changed: Any = _some_course(chance, names, asked)
        state = engine("open", changed, None, launch(state))["saved"]["state"]
    engine("open", whole, None, launch(state))
    for name in names:
        assert (engine("look", "lesson", name)["completion"] == "completed") is (name in done)
        for each in asked[name]:
            status = engine("look", "question", each)
            assert (status["response"], status["correct"]) == (
                (answers[each], answers[each] == YES) if each in answers else (None, None)
            )


def test_keys_are_what_the_schemas_make_them() -> None:
    assert lesson("诊断")["key"] == state_key("诊断")
