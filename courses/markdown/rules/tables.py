"""Tables: captions, header cells, and a frame that scrolls on a narrow screen."""

import re

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.page import Page
from courses.markdown.words import inline_text
from schemas.text import Text

# `表：…`, `表 1：…`, `表1-2: …`, `Table: …`, `Table 3: …`
_CAPTION = re.compile(
    r"(?:表|Table)[ \t]*(?P<number>[\d一二三四五六七八九十]*(?:[-.－—][\d]+)?)[ \t]*[：:][ \t]*",
    re.IGNORECASE,
)
_TABLE = Text("表格", "Table")


def tables(page: Page) -> None:
    """Frame each table; the paragraph before it may be its caption."""
    if not any(token.type == "table_open" for token in page.tokens):
        return
    done: list[Token] = []
    number, framed = 0, False
    for index, token in enumerate(page.tokens):
        if token.type == "table_open" and "answers" not in token.meta:
            number += 1
            framed = True
            caption = _take_caption(done, token)
            words = inline_text(caption.children or ()) if caption else ""
            done.append(_frame(page, words, number))
            done.append(token)
            if caption:
                done += [
                    Token("caption_open", "caption", 1),
                    caption,
                    Token("caption_close", "caption", -1, block=True),
                ]
        elif token.type == "table_close" and framed:
            framed = False
            done += [token, Token("own_html", "", 0, content="</div>\n")]
        else:
            if token.type in ("th_open", "td_open"):
                _align(page.tokens, index)
            done.append(token)
    page.tokens[:] = done


def _take_caption(done: list[Token], table: Token) -> Token | None:
    """The caption's text, its paragraph taken away; the word `表：` alone goes, `表 1：` stays."""
    if len(done) < 3 or done[-1].type != "paragraph_close" or done[-1].level != table.level:
        return None
    inline = done[-2]
    match = _CAPTION.match(inline.content)
    if match is None or "\n" in inline.content:
        return None
    if not match["number"] and inline.children and inline.children[0].type == "text":
        first = inline.children[0]
        first.content = first.content[len(match[0]) :]
    del done[-3:]
    return inline


def _frame(page: Page, caption: str, number: int) -> Token:
    # Two regions with one name can't be told apart in a screen reader's list: the number does it.
    label = caption.strip() or f"{page.say(_TABLE)} {number}"
    html = f'<div class="table" role="region" tabindex="0" aria-label="{escapeHtml(label)}">\n'
    return Token("own_html", "", 0, content=html)


def _name_formula(header: Token) -> None:
    """A header cell that holds only a formula is named by its source: not every reader takes MathML for words."""
    children = header.children or []
    if children and all(child.type == "slot" for child in children):
        name = escapeHtml(inline_text(children))
        opening = Token("own_html", "", 0, content=f'<span role="math" aria-label="{name}">')
        header.children = [opening, *children, Token("own_html", "", 0, content="</span>")]


def _align(tokens: list[Token], index: int) -> None:
    cell = tokens[index]
    style = str(cell.attrs.pop("style", ""))
    if style:
        cell.attrs["class"] = style.removeprefix("text-align:")
    if cell.type == "th_open":
        inline = tokens[index + 1]
        if inline.content:
            cell.attrs["scope"] = "col"
            _name_formula(inline)
        else:  # an empty header would be announced as one
            cell.tag = tokens[index + 2].tag = "td"
