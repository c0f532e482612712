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
        "{hint}",
        "{hint}",
    ),
)


def hint(near: str) -> Text:
    """The cure: the nearest target there is."""
    if near:
        return Text(f"是不是想写“{near}”？", f"Did you mean “{near}”?")
    return Text(
        "检查路径与 # 后面的名称；链接到另一课写相对路径，例如 ../02-how/01-plan.md。",
        "Check the path and the name after #; a link to another lesson is a relative path, such as ../02-how/01-plan.md.",
    )
