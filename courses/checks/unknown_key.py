"""A key that front matter doesn't have."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-key",
    severity=Severity.ERROR,
    message=Text(
        "没有“{key}”这一项。",
        "There is no key “{key}”.",
    ),
    cure=Text(
        "{hint}这里可以写：{known}。",
        "{hint}Keys that exist here: {known}.",
    ),
)
