"""A module that requires one which doesn't exist."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-prerequisite",
    severity=Severity.ERROR,
    message=Text(
        "先修模块“{name}”不存在。",
        "The module “{name}” that this one requires doesn't exist.",
    ),
    cure=Text(
        "改成本课程里某个模块的标识：{known}。",
        "Write the identifier of a module of this course: {known}.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each requirement of each module."""
    known = {module.id: None for module in manuscript.course.modules}
    for module in manuscript.course.modules:
        for name in module.prerequisites:
            if name not in known:
                yield RULE.at(module.place, name=name, known=", ".join(list(known)[:20]))
