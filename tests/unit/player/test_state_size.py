"""The promised worst case is the real one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.state_size import worst_state_characters
from schemas.course import Course, Lesson, Module
from schemas.diagnostics import Place
from schemas.identifiers import state_key
from schemas.questions import LongFillIn, Question, TrueFalse
from schemas.text import Text
from tests.support.bridge import Bridge

HERE = Place("course.md")


def _course(attempts: list[list[int | None]]) -> Course:
    lessons = tuple(
        Lesson(
            id=f"l{number}", key=state_key(f"l{number}"), page=f"l{number}.html", title="课", place=HERE, html="", text="",
            questions=tuple(_question(f"q{number}-{each}", most) for each, most in enumerate(questions)),
        )
        for number, questions in enumerate(attempts)
    )  # fmt: skip
    module = Module(id="m", title="模块", place=HERE, lessons=lessons)
    return Course(
        id="c",
        institution="i",
        title=Text("课程"),
        language="zh-CN",
        edition="2022-2023",
        modules=(module,),
        root=Path(),
    )


def _question(name: str, attempts: int | None) -> Question:
    if attempts is None:
        return LongFillIn(id=name, key=state_key(name), place=HERE, prompt="", text="")
    return TrueFalse(
        id=name, key=state_key(name), place=HERE, prompt="", text="", attempts=attempts, answer=True
    )


@given(st.lists(st.lists(st.none() | st.integers(0, 50_000), max_size=8), min_size=1, max_size=8))
def test_the_worst_case_is_reached_and_never_passed(engine: Bridge, attempts: list[list[int | None]]) -> None:
    course = _course(attempts)
    questions = [question for lesson in course.lessons for question in lesson.questions]
    most = {q.key: q.attempts or 36**4 - 1 for q in questions if isinstance(q, TrueFalse)}
    answers = {
        q.key: {"outcome": "wrong" if q.key in most else "neutral", "tries": most.get(q.key, 9_999), "response": None,
                "part": False}
        for q in questions
    }  # fmt: skip
    progress = {
        "runs": 10**9, "answers": 10**9, "latch": "passed", "best": 1, "last": "aaaa", "entered": [],
        "completed": [lesson.key for lesson in course.lessons], "questions": answers,
    }  # fmt: skip
    size = len(engine("encode", progress, None, 10**6)["text"])
    assert size == worst_state_characters(course)


def test_one_sco_a_lesson_counts_the_largest_lesson() -> None:
    course = _course([[1], [1, 20, None], []])
    assert worst_state_characters(course, "lessons") == 27 + 4 + 5 + 5 + 4 + 4


@pytest.mark.parametrize(("lessons", "questions"), [(200, 300)])
def test_the_course_of_the_brief_leaves_room_for_responses(lessons: int, questions: int) -> None:
    attempts: list[list[int | None]] = [
        [14] * (questions // lessons + (n < questions % lessons)) for n in range(lessons)
    ]
    assert worst_state_characters(_course(attempts)) == 27 + 4 * lessons + 5 * questions
