"""The author's own HTML: what teaching text needs stays, the rest is taken out and told."""

from markdown_it.token import Token

from courses.markdown.author_html import Filter
from courses.markdown.page import Page


def raw_html(page: Page) -> None:
    """Filter each piece of HTML. The sanitiser does it again, over everything."""
    if "<" not in page.source:
        return
    filtered = Filter(page)
    for token in page.tokens:
        if token.type == "html_block":
            token.meta["words"] = filtered.block(token)
        elif token.type == "inline" and token.children and "<" in token.content:
            _inline(filtered, token)


def _inline(filtered: Filter, inline: Token) -> None:
    for child in inline.children or ():
        if child.type == "html_inline":
            filtered.inline(inline, child)
