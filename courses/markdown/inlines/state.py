"""An inline state that knows where each token stands, and in which Chinese may be emphasised."""

from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from courses.markdown.characters import is_cjk, is_punctuation


class LessonState(StateInline):
    """`token.meta["at"]` is the offset in the inline text at which the token's rule stood."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.last_span = src.rfind("]{")  # so that a `[` that can't open a span costs nothing

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """As markdown-it's, and notes the position."""
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - the base class's
        """CommonMark 6.2's flanking rules, except that beside a Chinese character punctuation is no boundary.

        Chinese puts no spaces around its punctuation, so `**注意：**请` and `**“专精特新”**企业` would otherwise stay
        literal asterisks. Text without Chinese is read exactly as CommonMark says.
        """
        source = self.src
        marker = source[start]
        end = start
        while end < self.posMax and source[end] == marker:
            end += 1
        before = source[start - 1] if start > 0 else " "
        after = source[end] if end < self.posMax else " "
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        cjk_before, cjk_after = is_cjk(before), is_cjk(after)
        punctuation_before, punctuation_after = is_punctuation(before), is_punctuation(after)
        free_before = space_before or punctuation_before or cjk_before
        free_after = space_after or punctuation_after or cjk_after
        left = not space_after and (not punctuation_after or cjk_after or free_before)
        right = not space_before and (not punctuation_before or cjk_before or free_after)
        return Scanned(
            left and (canSplitWord or not right or punctuation_before),
            right and (canSplitWord or not left or punctuation_after),
            end - start,
        )


class LessonInline(ParserInline):
    """The inline parser over `LessonState`."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """As markdown-it's, with our state; words without any sign of Markdown are taken as they are."""
        if self.terminator_re.search(src) is None:
            if src:
                tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = LessonState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
