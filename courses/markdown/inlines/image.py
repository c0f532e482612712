"""Pictures, as CommonMark has them, to a bounded depth."""

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import image as commonmark_image

# An alternative text may hold a picture; markdown-it recurses once a level without any bound of its own.
_DEEPEST = 4


def image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """CommonMark 6.4; deeper nesting stays text."""
    if silent:  # looking ahead is bounded by markdown-it itself
        return commonmark_image(state, silent)
    depth: int = state.env.get("pictures", 0)
    if depth >= _DEEPEST or not state.src.startswith("![", state.pos):
        return False
    state.env["pictures"] = depth + 1
    try:
        return commonmark_image(state, silent)
    finally:
        state.env["pictures"] = depth
