"""How much of an LMS's `suspend_data` a course can need.

The format is that of exporters/player/src/session/codec.ts: change both together (tests/unit/player holds them to it).
"""

from typing import Final

from schemas.course import Course, Lesson
from schemas.package import Structure
from schemas.questions import Question, is_scored

_FRAME: Final = 27  # version, counters, last lesson, separators and check, each at its longest
_KEY: Final = 4
_INLINE_TRIES: Final = 14  # more need a number of their own
_BASE: Final = 36
_MOST_DIGITS: Final = 4


def worst_state_characters(course: Course, structure: Structure = "single") -> int:
    """The characters that a learner's facts can take: 27, four for each lesson, five for each question.

    Facts are which lessons are done, which answers were right or wrong, and how many tries were used. They always fit
    or the export is refused; the responses themselves are kept in whatever room an LMS's limit leaves. Questions with 15
    tries or more add the digits of that number (base 36) and two, questions without a limit six. With a SCO for each
    lesson, the largest of them counts.
    """
    if structure == "lessons":
        return max(_characters((lesson,)) for lesson in course.lessons)
    return _characters(course.lessons)


def _characters(lessons: tuple[Lesson, ...]) -> int:
    questions = sum(_question(question) for lesson in lessons for question in lesson.questions)
    return _FRAME + _KEY * len(lessons) + questions


def _question(question: Question) -> int:
    if not is_scored(question) or 1 <= question.attempts <= _INLINE_TRIES:
        return _KEY + 1
    digits = _MOST_DIGITS if question.attempts < 1 else min(_MOST_DIGITS, _base36(question.attempts))
    return _KEY + 1 + digits + 2


def _base36(value: int) -> int:
    digits = 1
    while value >= _BASE:
        value //= _BASE
        digits += 1
    return digits
