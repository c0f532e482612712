"""Characters of a Chinese input method that look like Markdown's own."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="look-alike",
    severity=Severity.WARNING,
    message=Text(
        "“{found}”用了中文输入法的全角符号，不是 Markdown 的半角符号。",
        "“{found}” has full-width characters where Markdown has plain ones.",
    ),
    cure=Text(
        "改写为“{repaired}”。",
        "Write “{repaired}”.",
    ),
)
