"""A line break between two Chinese characters is no space."""

from markdown_it.token import Token

from courses.markdown.characters import breaks_without_space
from courses.markdown.page import Page

_VISIBLE = frozenset({"text", "code_inline"})


def line_breaks(page: Page) -> None:
    """Decide what each soft break stands for: its `content` is a line break, or nothing."""
    for token in page.tokens:
        if token.type == "inline" and token.children and "\n" in token.content:
            _decide(token.children)


def _decide(children: list[Token]) -> None:
    before, waiting = "", None
    for token in children:
        if token.type == "softbreak":
            token.content, waiting = "\n", token
        elif token.type == "text" and not token.content:
            continue  # what is left of a mark of emphasis
        elif token.type in _VISIBLE and token.content:
            if waiting is not None and before and breaks_without_space(before, token.content[0]):
                waiting.content = ""
            waiting, before = None, token.content[-1]
        elif token.nesting == 0:
            waiting, before = None, ""
