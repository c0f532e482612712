"""A value of the wrong kind: a number where words are needed."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="wrong-type",
    severity=Severity.ERROR,
    message=Text(
        "“{key}”的内容“{found}”类型不对。",
        "“{key}” has a value of the wrong kind: “{found}”.",
    ),
    cure=Text(
        "这里应填：{expected}。",
        "Write {expected}.",
    ),
)
