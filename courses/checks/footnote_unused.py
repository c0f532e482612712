"""A footnote that nothing refers to."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="footnote-unused",
    severity=Severity.WARNING,
    message=Text(
        "脚注“[^{label}]”没有被引用，不会显示。",
        "Nothing refers to the footnote “[^{label}]”, so it isn't shown.",
    ),
    cure=Text(
        "在正文中写“[^{label}]”，或删去它。",
        "Write “[^{label}]” in the text, or remove it.",
    ),
)
