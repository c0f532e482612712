"""Blocks nested so deeply that the parser passes over what is in them."""

from courses.checks.nesting_too_deep import RULE
from courses.markdown.blocks.directive import DEEPEST as DEEPEST_DIRECTIVE
from courses.markdown.page import Page
from courses.markdown.parser import DEEPEST

_HOLDS_BLOCKS = frozenset(
    {"blockquote_open", "list_item_open", "dd_open", "directive_open", "footnote_reference_open"}
)


def depth(page: Page) -> None:
    """Tell the first block whose content is lost."""
    directives = 0
    for token in page.tokens:
        if token.type == "directive_open":
            directives += 1
            too_deep = directives > DEEPEST_DIRECTIVE
        elif token.type == "directive_close":
            directives -= 1
            continue
        else:
            too_deep = False
        if token.map and (too_deep or (token.level >= DEEPEST - 1 and token.type in _HOLDS_BLOCKS)):
            page.tell(RULE, page.place(token.map[0]))
            return
