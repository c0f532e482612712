"""A learning objective that no scored question assesses."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.questions import is_scored
from schemas.text import Text

RULE = Rule(
    code="objective-not-assessed",
    severity=Severity.WARNING,
    message=Text(
        "没有一道计分的题考查学习目标“{id}”。",
        "No scored question assesses the objective “{id}”.",
    ),
    cure=Text(
        '在一道题上写 objectives="{id}"，或为它新出一题。',
        'Write objectives="{id}" on a question, or add one for it.',
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each objective of the course, once all of it could be read."""
    if manuscript.unread_modules:
        return
    course = manuscript.course
    assessed = {
        objective
        for lesson in course.lessons
        for question in lesson.questions
        if is_scored(question)
        for objective in question.objectives
    }
    for number, objective in enumerate(course.objectives):
        if objective.id not in assessed | manuscript.unbuilt_objectives:
            yield RULE.at(manuscript.written.at("objectives", number, "id"), id=objective.id)
