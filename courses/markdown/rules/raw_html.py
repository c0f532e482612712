"""The author's own HTML: what teaching text needs stays, the rest is taken out and told."""

from courses.markdown.author_html import Filter
from courses.markdown.page import Page


def raw_html(page: Page) -> None:
    """Filter each piece of HTML. The sanitiser does it again, over everything."""
    if "<" not in page.source:
        return
    author = Filter(page)
    for token in page.tokens:
        if token.type == "html_block":
            author.block(token)
        elif token.type == "inline" and token.children and "<" in token.content:
            for child in token.children:
                if child.type == "html_inline":
                    author.inline(token, child)
    author.link()
