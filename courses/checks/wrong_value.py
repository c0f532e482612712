"""A value of the right kind that isn't allowed."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="wrong-value",
    severity=Severity.ERROR,
    message=Text(
        "“{key}”的内容“{found}”不可用。",
        "“{key}” can't have the value “{found}”.",
    ),
    cure=Text(
        "{hint}这里应填：{expected}。",
        "{hint}Write {expected}.",
    ),
)
