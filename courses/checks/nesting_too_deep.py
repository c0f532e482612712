"""Blocks inside blocks beyond what can be read."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="nesting-too-deep",
    severity=Severity.ERROR,
    message=Text(
        "这里嵌套太深，里面的内容读不到。",
        "This is nested too deep to be read.",
    ),
    cure=Text(
        "减少引用、列表或容器的层数。",
        "Use fewer levels of quotes, lists or containers.",
    ),
)
