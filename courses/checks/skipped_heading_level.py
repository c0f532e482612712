"""A heading more than one level below the one before."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="skipped-heading-level",
    severity=Severity.WARNING,
    message=Text(
        "标题越级：这里应为“{expected}”，却写成了“{found}”。",
        "The heading skips a level: “{expected}” comes next, not “{found}”.",
    ),
    cure=Text(
        "把“{found}”改为“{expected}”。",
        "Change “{found}” to “{expected}”.",
    ),
)
