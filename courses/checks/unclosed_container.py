"""A container or question that is never closed."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unclosed-container",
    severity=Severity.ERROR,
    message=Text(
        "“{opening}”没有结束。",
        "“{opening}” is never closed.",
    ),
    cure=Text(
        "在它的内容之后单独写一行“{closing}”。",
        "Write “{closing}” on a line of its own after its content.",
    ),
)
