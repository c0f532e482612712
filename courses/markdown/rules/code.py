"""Code blocks, highlighted; and Mermaid diagrams, which are drawn in the learner's browser."""

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token

from courses.markdown.page import Page
from schemas.text import Text

_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "文本"})
# Lexers are regular expressions of many authors: beyond this length code stays plain.
_LONGEST = 20_000
_CODE = Text("代码", "Code")


def code(page: Page) -> None:
    """Replace each code block's token."""
    for index, token in enumerate(page.tokens):
        if token.type == "code_block":
            page.tokens[index] = _block(page, token, "", escapeHtml(token.content))
        elif token.type == "fence":
            info = unescapeAll(token.info).strip()
            language = info.split(maxsplit=1)[0].lower() if info else ""
            page.tokens[index] = (
                _diagram(page, token) if language == "mermaid" else _code(page, token, language)
            )


def _diagram(page: Page, token: Token) -> Token:
    page.diagrams = True
    source = escapeHtml(token.content)
    slot = page.slots.block(f'<pre class="mermaid" data-diagram>{source}</pre>')
    slot.meta["words"] = ""
    return slot


def _code(page: Page, token: Token, language: str) -> Token:
    language = language.partition("{")[0]
    if language in _PLAIN or len(token.content) > _LONGEST:
        return _block(page, token, language, escapeHtml(token.content))
    from courses.markdown.highlight import highlight  # noqa: PLC0415 - Pygments only for lessons with code

    highlighted = highlight(token.content, language)
    if highlighted is None:
        line = token.map[0] if token.map else 0
        column = max(page.lines[line].find(token.markup), 0) + len(token.markup)
        page.tell(
            "unknown-code-language", page.place(line, column, len(token.info.rstrip())), language=language
        )
        highlighted, language = escapeHtml(token.content), ""
    return _block(page, token, language, highlighted)


def _block(page: Page, token: Token, language: str, html: str) -> Token:
    label = escapeHtml(f"{page.say(_CODE)} {language}".strip())
    kind = f' class="language-{escapeHtml(language)}"' if language else ""
    content = (
        f'<pre class="code" tabindex="0" role="group" aria-label="{label}"><code{kind}>{html}</code></pre>\n'
    )
    return Token("own_html", "", 0, content=content, map=token.map, block=True, meta={"words": token.content})
