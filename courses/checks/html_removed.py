"""HTML that the learner's pages won't carry."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="html-removed",
    severity=Severity.WARNING,
    message=Text(
        "课程包中不保留以下内容，已去掉：{what}。",
        "Removed, since a package doesn't carry it: {what}.",
    ),
    cure=Text(
        "{advice}",
        "{advice}",
    ),
)
