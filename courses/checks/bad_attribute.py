"""An attribute whose value can't be used, or braces that can't be read."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="bad-attribute",
    severity=Severity.ERROR,
    message=Text(
        "“{found}”写得不对：{reason}。",
        "“{found}” is not right: {reason}.",
    ),
    cure=Text(
        "改写为类似“{example}”的形式。",
        "Write something like “{example}”.",
    ),
)
