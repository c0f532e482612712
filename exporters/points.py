"""Points, weights and the score to reach, as manifests tell them."""

from collections.abc import Iterable

from schemas.course import Course
from schemas.questions import Question, is_scored


def points(questions: Iterable[Question]) -> float:
    """Points to be won."""
    return sum(question.points for question in questions if is_scored(question))


def mastery(course: Course) -> float | None:
    """The share of points (0 to 1) that passes the course; None where no score is asked for or none can be won."""
    if course.passing.score is None or not any(points(lesson.questions) for lesson in course.lessons):
        return None
    return course.passing.score


def number(value: float) -> str:
    """A decimal with at most four places and no exponent, rounded down so that an LMS never asks for more than the
    course does: `0.8`, `80`, `0.6666`.
    """
    return f"{int(value * 10_000 + 1e-6) / 10_000:.4f}".rstrip("0").rstrip(".")
