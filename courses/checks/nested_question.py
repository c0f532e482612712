"""A question inside a question."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="nested-question",
    severity=Severity.ERROR,
    message=Text(
        "题目里面又有一道题。",
        "This question stands inside another.",
    ),
    cure=Text(
        "先用“:::”结束上一道题。",
        "End the question before it with “:::” first.",
    ),
)
