"""Blocks nested so deeply that the parser passes over what is in them."""

from courses.markdown.page import Page
from courses.markdown.parser import DEEPEST

_HOLDS_BLOCKS = frozenset(
    {"blockquote_open", "list_item_open", "dd_open", "directive_open", "footnote_reference_open"}
)


def depth(page: Page) -> None:
    """Tell the first block whose content is lost, and the first container that stays text."""
    if "too deep" in page.env:
        page.tell("nesting-too-deep", page.place(page.env["too deep"]))
    for token in page.tokens:
        if token.level >= DEEPEST - 1 and token.map and token.type in _HOLDS_BLOCKS:
            page.tell("nesting-too-deep", page.place(token.map[0]))
            return
