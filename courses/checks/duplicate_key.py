"""A key written twice in the same place."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="duplicate-key",
    severity=Severity.ERROR,
    message=Text(
        "“{key}”写了两次（第一次在第 {line} 行）。",
        "“{key}” is written twice (first on line {line}).",
    ),
    cure=Text(
        "只保留一处。",
        "Keep only one of them.",
    ),
)
