"""Punctuation of a Chinese input method where YAML needs ASCII."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-full-width",
    severity=Severity.ERROR,
    message=Text(
        "这里用了全角的“{mark}”。",
        "There is a full-width “{mark}” here.",
    ),
    cure=Text(
        "切换到英文输入法，改成半角的“{plain}”。",
        "Switch to English input and write “{plain}”.",
    ),
)
