"""Markdown from elsewhere is read as CommonMark says: as markdown-it-py, which passes its examples, reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from courses.markdown.parser import parser

STOCK = MarkdownIt("commonmark", {"xhtmlOut": False, "maxNesting": 24})
# The signs of CommonMark, without those that our extensions give a meaning to.
PIECES = st.sampled_from(
    [
        *"ab *_`[]()!<>#+-.1&\\\"'\n\t",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "**",
        "```\n",
        "---\n",
        "](",
        "![",
        "<b>",
        "&amp;",
        "[a]: b\n",
    ]
)
LINE_BREAK = "\n"


def ours(source: str) -> str:
    return str(parser().render(source, {}))


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_commonmark(source: str) -> None:
    # What a line break inside a paragraph stands for is decided later, by a rule of its own.
    assert ours(source).replace(LINE_BREAK, "") == STOCK.render(source).replace(LINE_BREAK, "")


@pytest.mark.parametrize(
    "source",
    [
        "foo*bar*baz _x_y **a**b",
        'a*"foo"*, *foo bar *, **"x"**y',
        "***strong emph***  __a__b",
        '*(*foo*)* _(bar)_. **foo"bar"foo**',
        "foo******bar*********baz",
        "*foo __bar *baz bim__ bam*",
        "> - a\n>   b\n\n1. x\n   - y",
        "Setext\n===\n\n# ATX #\n\n---",
        "[link](<a b> 'title') ![img][r] <https://e.com>\n\n[r]: /x \"t\"",
        "<div>\n*raw*\n</div>\n\n<!-- c -->",
        "~~~\n::: \n~~~",
        "text : and ::: inside",
    ],
)
def test_texts_from_elsewhere(source: str) -> None:
    assert ours(source).replace(LINE_BREAK, "") == STOCK.render(source).replace(LINE_BREAK, "")
