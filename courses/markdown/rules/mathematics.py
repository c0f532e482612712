"""`$…$` and `$$…$$` become MathML."""

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.page import Page
from schemas.text import Text

_FORMULA = Text("公式", "Formula")
_SHOWN = 60


def mathematics(page: Page) -> None:
    """Replace each formula's token."""
    if "$" not in page.source:
        return
    for index, token in enumerate(page.tokens):
        if token.type == "math_block":
            page.tokens[index] = _block(page, token)
        elif token.type == "inline" and token.children and "$" in token.content:
            for position, child in enumerate(token.children):
                if child.type in ("math_inline", "math_inline_double"):
                    token.children[position] = _inline(page, token, child)


def _block(page: Page, token: Token) -> Token:
    source = token.content.strip()
    html = _convert(source, display=True)
    if html is None:
        line = token.map[0] if token.map else 0
        page.tell("math-not-converted", page.place(line), source=" ".join(source.split())[:_SHOWN])
        html = _fallback(source)
    label = escapeHtml(page.say(_FORMULA))
    slot = page.slots.block(f'<div class="math" role="group" tabindex="0" aria-label="{label}">{html}</div>')
    slot.meta["words"] = source
    return slot


def _inline(page: Page, inline: Token, token: Token) -> Token:
    source = token.content.strip()
    html = _convert(source, display=token.type == "math_inline_double")
    if html is None:
        length = len(token.content) + 2 * len(token.markup)
        place = page.place_in(inline, token.meta.get("at", 0), length)
        page.tell("math-not-converted", place, source=" ".join(source.split())[:_SHOWN])
        html = _fallback(source)
    slot = page.slots.inline(html)
    slot.meta["words"] = source
    return slot


def _convert(source: str, *, display: bool) -> str | None:
    from courses.markdown.mathml import to_mathml  # noqa: PLC0415 - the converter only for lessons with formulas

    return to_mathml(source, display=display)


def _fallback(source: str) -> str:
    return f'<code class="math-source">{escapeHtml(source)}</code>'
