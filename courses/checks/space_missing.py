"""A mark without the space that makes it one: `#小结`, `1.甲`."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="space-missing",
    severity=Severity.WARNING,
    message=Text(
        "“{found}”后面缺一个空格，这一行会被当作普通文字。",
        "There is no space after “{found}”, so the line stays ordinary text.",
    ),
    cure=Text(
        "改写为“{repaired}”。",
        "Write “{repaired}”.",
    ),
)
