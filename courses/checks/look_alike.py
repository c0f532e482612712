"""Characters of a Chinese input method that look like Markdown's own."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="look-alike",
    severity=Severity.WARNING,
    message=Text(
        "“{found}”用的是中文输入法的全角符号，不会被当作 Markdown。",
        "“{found}” uses full-width characters, so it isn't read as Markdown.",
    ),
    cure=Text(
        "改写为：{repaired}",
        "Write: {repaired}",
    ),
)
