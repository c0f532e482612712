"""A question with fewer than two entries to choose from, order or match."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="too-few-options",
    severity=Severity.ERROR,
    message=Text(
        "这道题只有 {count} 项，至少要有两项。",
        "Too few entries: this question needs at least two, and has {count}.",
    ),
    cure=Text(
        "{advice}",
        "{advice}",
    ),
)
