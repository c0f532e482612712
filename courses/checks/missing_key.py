"""A required key that isn't there."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-key",
    severity=Severity.ERROR,
    message=Text(
        "缺少“{key}”。",
        "“{key}” is missing.",
    ),
    cure=Text(
        "加上一行“{key}: …”，写明：{expected}。",
        "Add a line “{key}: …” with {expected}.",
    ),
)
