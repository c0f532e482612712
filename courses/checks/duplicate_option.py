"""Two options with the same words or the same identifier."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="duplicate-option",
    severity=Severity.ERROR,
    message=Text(
        "选项“{text}”重复。",
        "The option “{text}” stands twice.",
    ),
    cure=Text(
        "改写或删去其中一个。",
        "Change one of them or remove it.",
    ),
)
