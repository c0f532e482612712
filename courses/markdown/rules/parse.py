"""The parser's own steps, between which ours stand."""

from markdown_it.rules_core import StateCore
from markdown_it.rules_core import text_join as commonmark_join

from courses.markdown.page import Page
from courses.markdown.parser import parser


def blocks(page: Page) -> None:
    """Paragraphs, lists, containers: tokens whose text isn't read yet."""
    markdown = parser()
    markdown.block.parse(page.source, markdown, page.env, page.tokens)


def inlines(page: Page) -> None:
    """The text of each block: emphasis, links, pictures."""
    markdown = parser()
    for token in page.tokens:
        if token.type == "inline":
            token.children = []
            markdown.inline.parse(token.content, markdown, page.env, token.children)


def join(page: Page) -> None:
    """Runs of text become one token each."""
    commonmark_join(StateCore(page.source, parser(), page.env, page.tokens))
