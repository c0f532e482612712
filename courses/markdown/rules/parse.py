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
    row: list[str] = []
    in_cell = False
    for token in page.tokens:
        if token.type == "tr_open":
            row = []
        elif token.type in ("th_open", "td_open"):
            in_cell = True
        elif token.type == "inline":
            token.children = []
            if in_cell:  # where the cell stands in its line depends on those before it
                token.meta["row"] = (row, len(row))
                row.append(token.content)
                in_cell = False
            page.env["blanks"] = token.meta.get("question") == "fill-in"
            markdown.inline.parse(token.content, markdown, page.env, token.children)


def join(page: Page) -> None:
    """Runs of text become one token each."""
    commonmark_join(StateCore(page.source, parser(), page.env, page.tokens))
