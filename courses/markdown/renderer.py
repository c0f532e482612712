"""Tokens to HTML: markdown-it's renderer and the few tokens of our own."""

from collections.abc import Sequence

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


class LessonRenderer(RendererHTML):
    """Methods are named after token types, as in markdown-it."""

    def slot(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """A place that `Slots.fill` fills."""
        return tokens[idx].content

    def own_html(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """HTML that one of our rules wrote, every text in it escaped."""
        return tokens[idx].content

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """What the rule `line_breaks` decided; outside paragraphs a plain line break."""
        return tokens[idx].content

    def blank(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """A blank of a fill-in, numbered by its question."""
        token = tokens[idx]
        return f"<p>{token.content}</p>\n" if token.block else token.content

    def answer(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        """An answer line is never shown; a model answer's words are the paragraph after it."""
        return ""
