"""A link that leads nowhere."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="empty-link",
    severity=Severity.WARNING,
    message=Text(
        "链接“{text}”没有地址。",
        "The link “{text}” has no address.",
    ),
    cure=Text(
        "在圆括号里写上地址。",
        "Write the address in the parentheses.",
    ),
)
