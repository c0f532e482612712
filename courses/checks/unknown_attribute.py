"""An attribute that has no meaning where it stands."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-attribute",
    severity=Severity.WARNING,
    message=Text(
        "这里不能用属性“{name}”，已忽略。",
        "The attribute “{name}” has no meaning here and is ignored.",
    ),
    cure=Text(
        "这里可用的属性有：{known}",
        "The attributes that work here are: {known}",
    ),
)
