"""A question that asks nothing."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="question-without-prompt",
    severity=Severity.ERROR,
    message=Text(
        "这道题没有题干。",
        "This question has no prompt.",
    ),
    cure=Text(
        "在答案之前写上题干。",
        "Write the prompt before the answer.",
    ),
)
