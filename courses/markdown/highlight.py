"""Code as coloured spans, classes only: a content-security policy allows no inline style."""

from functools import lru_cache
from itertools import groupby

from markdown_it.common.utils import escapeHtml
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound


def highlight(code: str, language: str) -> str | None:
    """`code` with a span for each token that has a class in Pygments' short names, or None for an unknown language."""
    lexer = _lexer(language)
    if lexer is None:
        return None
    parts = []
    for kind, run in groupby(lexer.get_tokens(code), key=lambda token: _class(token[0])):
        text = escapeHtml("".join(value for _, value in run))
        parts.append(f'<span class="{kind}">{text}</span>' if kind and text.strip() else text)
    return "".join(parts)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def _class(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
