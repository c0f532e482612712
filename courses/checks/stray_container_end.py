"""A closing line that closes nothing."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="stray-container-end",
    severity=Severity.WARNING,
    message=Text(
        "“{found}”没有与之对应的开头。",
        "“{found}” closes nothing.",
    ),
    cure=Text(
        "删去这一行，或补上开头，如“::: tip”；嵌套时外层的冒号要更多。",
        "Remove the line or add the opening, such as “::: tip”; the outer of two needs more colons.",
    ),
)
