"""The plain words of rendered text, for search and for interaction descriptions."""

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

_WORDS = frozenset({"text", "code_inline", "math_inline", "math_inline_double", "softbreak"})


def inline_text(children: Iterable[Token]) -> str:
    """The words of inline tokens; pictures by their alternative text."""
    parts: list[str] = []
    for token in children:
        if token.type in _WORDS:
            parts.append(token.content)
        elif token.type == "hardbreak":
            parts.append("\n")
        elif "words" in token.meta:
            parts.append(token.meta["words"])
        elif token.children:
            parts.append(inline_text(token.children))
    return "".join(parts)


def plain_text(tokens: Sequence[Token]) -> str:
    """The words of block tokens, a line a block."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            lines.append(inline_text(token.children or ()))
        elif token.type in ("fence", "code_block", "math_block"):
            lines.append(token.content)
        elif "words" in token.meta:
            lines.append(token.meta["words"])
    return "\n".join(stripped for line in lines if (stripped := line.strip()))
