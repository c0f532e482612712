"""Cursors and tokens of the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.services.highlight import excerpt, highlight
from catalog.services.pages import decode_cursor, encode_cursor
from catalog.services.tokens import index_tokens, query_terms
from schemas.errors import UsageError


@given(st.text(max_size=10), st.lists(st.integers(0, 2**62 - 1), max_size=4))
def test_a_cursor_comes_back(kind: str, place: list[int]) -> None:
    assert decode_cursor(encode_cursor(kind, *place), kind, len(place)) == tuple(place)


@given(st.text(max_size=60))
def test_any_text_is_a_cursor_or_told(text: str) -> None:
    try:
        decode_cursor(text, "search", 2)
    except UsageError:
        return
    pytest.fail("a cursor that nobody gave")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("数字化转型", ["数字", "字化", "化转", "转型", "型"]),
        ("5G+工业互联网", ["5g", "工业", "业互", "互联", "联网", "网"]),
        ("ＡＢＣ ﬁn", ["abc", "fin"]),
        ("ｶﾞｽ", ["ガス", "ス"]),
        ("专精特新“小巨人”", ["专精", "精特", "特新", "新", "小巨", "巨人", "人"]),
        ("…—— ", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert index_tokens(text) == tokens


def test_a_query_is_bounded() -> None:
    assert len(query_terms(" ".join(f"word{n}" for n in range(1000)))) == 16
    assert query_terms("x" * 100_000)[0].tokens == ("x" * 64,)


def test_marks() -> None:
    assert [tuple(piece) for piece in highlight("数字化的 Digital 化", "digi 数字化")] == [
        ("数字化", True),
        ("的 ", False),
        ("Digi", True),
        ("tal 化", False),
    ]
    shown = excerpt("甲" * 300 + "现金流" + "乙" * 300, "现金流", 60)
    assert ("现金流", True) in [tuple(piece) for piece in shown]
    assert sum(len(piece.text) for piece in shown) <= 62
