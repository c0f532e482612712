"""Words that several messages share."""

from schemas.text import Text

_NEAR = Text("是不是想写“{near}”？", "Did you mean “{near}”? ")


def did_you_mean(near: str, otherwise: Text | None = None) -> Text:
    """The question after the nearest valid word; without one, `otherwise` (or nothing)."""
    return _NEAR.format(near=near) if near else otherwise or Text()
