"""The data that the player reads: `course.js` for the whole course, a JSON block in each lesson's page.

The shapes are those of exporters/player/src/course.ts.
"""

from functools import singledispatch
from typing import Literal

import msgspec

from exporters.iris import course_iri, lesson_iri, objective_iri
from schemas.course import Course, Lesson
from schemas.questions import (
    Choice,
    FillIn,
    Likert,
    Matching,
    Numeric,
    Option,
    Question,
    Sequencing,
    TrueFalse,
    is_scored,
)

Structure = Literal["lessons", "single", "pages"]  # one SCO a lesson, one SCO for all, plain web pages
_LABEL = 48  # characters of a question's prompt that the review of all answers shows


def course_data(course: Course, *, structure: Structure, state_limit: int, iris: bool = False) -> bytes:
    """`course.js`. `state_limit` is how many characters of saved state the package's format allows; `iris` adds what
    xAPI asks for: what it calls course, objectives and lessons by, and the languages that a launch may choose from."""
    rule = course.passing
    data = {
        "id": f"{course.institution}/{course.id}",
        **({"iri": course_iri(course), "languages": _offered(course)} if iris else {}),
        "title": course.name,
        "language": course.language,
        "interface": course.interface,
        "sample": course.sample,
        "structure": structure,
        "sequence": course.sequence.value,
        "pass": {"score": rule.score, "lessons": rule.lessons, "attempts": rule.attempts},
        "stateLimit": state_limit,
        "objectives": [
            {
                "id": objective.id,
                **({"iri": objective_iri(course, objective)} if iris else {}),
                "text": objective.text.say(course.interface),
            }
            for objective in course.objectives
        ],
        "modules": [
            {
                "id": module.id,
                "title": module.title,
                "prerequisites": module.prerequisites,
                "lessons": [
                    _lesson(lesson, lesson_iri(course, lesson) if iris else "") for lesson in module.lessons
                ],
            }
            for module in course.modules
        ],
    }
    return b"globalThis.lingjunCourse = " + safe_json(data) + b";\n"


def _offered(course: Course) -> list[str]:
    """The languages that the course is offered in: those that it has a title in."""
    return [name for name, title in (("zh", course.title.zh), ("en", course.title.en)) if title]


def _lesson(lesson: Lesson, iri: str) -> dict[str, object]:
    return {
        "id": lesson.id,
        **({"iri": iri} if iri else {}),
        "key": lesson.key,
        "title": lesson.title,
        "page": lesson.page,
        "minutes": lesson.minutes,
        "questions": [
            {
                "id": question.id,
                "key": question.key,
                "scored": is_scored(question),
                "points": _number(question.points),
                "attempts": question.attempts,
                "label": _label(question.text),
            }
            for question in lesson.questions
        ],
    }


def question_data(question: Question) -> dict[str, object]:
    """What the player must know of one question: identifiers, points and the right answer."""
    return {
        "id": question.id,
        "key": question.key,
        "type": question.__struct_config__.tag,
        "text": question.text,
        "points": _number(question.points),
        "attempts": question.attempts,
        "shuffle": question.shuffle,
        "scored": is_scored(question),
        "objectives": question.objectives,
        **_answer(question),
    }


@singledispatch
def _answer(_question: Question) -> dict[str, object]:
    """What only this type has; nothing for `long-fill-in`."""
    return {}


@_answer.register
def _(question: Choice) -> dict[str, object]:
    correct = [option.id for option in question.options if option.correct]
    return {"multiple": question.multiple, "options": _options(question.options), "correct": correct}


@_answer.register
def _(question: TrueFalse) -> dict[str, object]:
    return {"answer": question.answer}


@_answer.register
def _(question: FillIn) -> dict[str, object]:
    return {"blanks": question.blanks}


@_answer.register
def _(question: Numeric) -> dict[str, object]:
    return {"low": _number(question.low), "high": _number(question.high)}


@_answer.register
def _(question: Matching) -> dict[str, object]:
    return {"sources": _options(question.sources), "targets": _options(question.targets)}


@_answer.register
def _(question: Sequencing) -> dict[str, object]:
    return {"items": _options(question.items)}


@_answer.register
def _(question: Likert) -> dict[str, object]:
    return {"scale": _options(question.scale)}


def _options(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [{"id": option.id, "text": option.text} for option in options]


def _label(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LABEL else words[: _LABEL - 1] + "…"


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def safe_json(data: object) -> bytes:
    """JSON that may stand in a script element and in a script file: no `<`, no line separators of Unicode."""
    return (
        msgspec.json.encode(data)
        .replace(b"<", b"\\u003c")
        .replace("\u2028".encode(), b"\\u2028")
        .replace("\u2029".encode(), b"\\u2029")
    )
