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
