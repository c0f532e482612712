"""HTML that the learner's pages won't carry."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="html-removed",
    severity=Severity.WARNING,
    message=Text(
        "课程包中不保留{what}，已去掉。",
        "A package doesn't carry {what}: it is removed.",
    ),
    cure=Text(
        "{advice}",
        "{advice}",
    ),
)
