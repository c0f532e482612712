"""An answer that can't be read."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="bad-answer",
    severity=Severity.ERROR,
    message=Text(
        "答案“{found}”看不懂：{reason}。",
        "The answer “{found}” can't be read: {reason}.",
    ),
    cure=Text(
        "改写为类似“{example}”的形式。",
        "Write something like “{example}”.",
    ),
)
