"""A course that needs a score but has nothing to score."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.questions import is_scored
from schemas.text import Text

RULE = Rule(
    code="pass-without-questions",
    severity=Severity.ERROR,
    message=Text(
        "pass.score 要求成绩，但课程里没有计分的题，谁也无法通过。",
        "pass.score asks for a score, but no question is scored, so nobody could pass.",
    ),
    cure=Text(
        "加一道计分的题，或删掉 pass 里的 score。",
        "Add a scored question, or delete score from pass.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A score of 0 is reached without any question; one that can't be read or built yet is told by itself."""
    course = manuscript.course
    if manuscript.unread_modules or manuscript.unbuilt:
        return
    if course.passing.score and not any(is_scored(q) for lesson in course.lessons for q in lesson.questions):
        yield RULE.at(manuscript.written.at("pass", "score"))
