"""A key that front matter doesn't have."""

from collections.abc import Sequence

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
        "{hint}",
        "{hint}",
    ),
)


def hint(near: str, known: Sequence[str]) -> Text:
    """The cure: the nearest key that exists, or all of them."""
    if near:
        return Text(f"是不是想写“{near}”？", f"Did you mean “{near}”?")
    every = ", ".join(known)
    return Text(
        f"这里可以写：{every}。不需要的请删掉。", f"Keys that exist here: {every}. Delete what isn't needed."
    )
