"""A link to a lesson or a heading that doesn't exist."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="broken-link",
    severity=Severity.ERROR,
    message=Text(
        "链接“{target}”没有对应的课或小标题。",
        "The link “{target}” leads to no lesson or heading.",
    ),
    cure=Text(
        "{hint}链接到另一课写相对路径，例如 ../02-how/01-plan.md；# 后面写小标题的标识。",
        "{hint}A link to another lesson is a relative path, such as ../02-how/01-plan.md; after # stands "
        "a heading's identifier.",
    ),
)
