"""Two places of one lesson with the same identifier."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="duplicate-anchor",
    severity=Severity.ERROR,
    message=Text(
        "本课中已有标识“{id}”。",
        "This lesson already has an identifier “{id}”.",
    ),
    cure=Text(
        "换一个，如“{free}”。",
        "Choose another, such as “{free}”.",
    ),
)
