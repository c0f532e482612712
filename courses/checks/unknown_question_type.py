"""A question whose type nobody knows."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-question-type",
    severity=Severity.ERROR,
    message=Text(
        "没有题型“{name}”。",
        "There is no question type “{name}”.",
    ),
    cure=Text(
        "改用“{nearest}”；可用的题型有：{known}",
        "Use “{nearest}”; the types are: {known}",
    ),
)
