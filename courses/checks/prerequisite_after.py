"""In a course taken in order, a module that requires a later one."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="prerequisite-after",
    severity=Severity.ERROR,
    message=Text(
        "课程按顺序学习（sequence: linear），但本模块要求先学排在后面的“{name}”，学员会卡住。",
        "The course is taken in order (sequence: linear), but this module requires “{name}”, which comes "
        "later: learners would be stuck.",
    ),
    cure=Text(
        "调整模块顺序，或去掉这个先修要求。",
        "Change the order of the modules, or remove the requirement.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Only linear courses: with free choice the learner takes the later module first."""
    course = manuscript.course
    if course.sequence != "linear":
        return
    order = {module.id: position for position, module in enumerate(course.modules)}
    for position, module in enumerate(course.modules):
        for name in module.prerequisites:
            if order.get(name, -1) > position:
                yield RULE.at(module.place, name=name)
