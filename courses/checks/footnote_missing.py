"""A reference to a footnote that isn't there."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="footnote-missing",
    severity=Severity.WARNING,
    message=Text(
        "没有脚注“[^{label}]”。",
        "There is no footnote “[^{label}]”.",
    ),
    cure=Text(
        "补上一行“[^{label}]: …”，或删去这处引用。",
        "Add a line “[^{label}]: …” or remove the reference.",
    ),
)
