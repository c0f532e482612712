"""An option without words or picture."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="empty-option",
    severity=Severity.ERROR,
    message=Text(
        "这一项是空的。",
        "This entry is empty.",
    ),
    cure=Text(
        "写上内容，或删去它。",
        "Write something in it or remove it.",
    ),
)
