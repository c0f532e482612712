"""A question without a right answer."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="no-right-answer",
    severity=Severity.ERROR,
    message=Text(
        "这道题没有正确答案。",
        "This question has no right answer.",
    ),
    cure=Text(
        "{advice}",
        "{advice}",
    ),
)
