"""The Markdown parser: CommonMark, GFM tables and strikethrough, and the rules of our own, in order."""

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from courses.markdown.blocks.answer import answer
from courses.markdown.blocks.directive import directive
from courses.markdown.inlines.blank import blank
from courses.markdown.inlines.image import image
from courses.markdown.inlines.span import span
from courses.markdown.inlines.state import LessonInline
from courses.markdown.renderer import LessonRenderer

# Blocks deeper than this are lost by markdown-it; the rule `depth` tells the author. A list takes two levels.
# The time for hostile brackets grows with it.
DEEPEST = 24
_INTERRUPTS = {"alt": ["paragraph", "reference", "blockquote", "list"]}


class LessonMarkdown(MarkdownIt):
    """markdown-it with our inline parser. Addresses are judged by the rules for links, which report."""

    def __init__(self) -> None:
        super().__init__(
            "commonmark", {"maxNesting": DEEPEST, "xhtmlOut": False}, renderer_cls=LessonRenderer
        )
        self.inline = LessonInline()
        self.configure("commonmark", {"maxNesting": DEEPEST, "xhtmlOut": False})

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the base class's
        """Every address is a link here; none is lost in silence."""
        return True


@cache
def parser() -> LessonMarkdown:
    """The parser, built once."""
    markdown = LessonMarkdown()
    markdown.enable(["table", "strikethrough"])
    block, inline = markdown.block.ruler, markdown.inline.ruler
    block.before("fence", "directive", directive, {"alt": _INTERRUPTS["alt"]})
    block.before("fence", "answer", answer, {"alt": _INTERRUPTS["alt"]})
    block.before("fence", "math_block", math_block_dollar(allow_labels=False, allow_blank_lines=False))
    block.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    markdown.use(deflist_plugin)
    inline.at("image", image)
    inline.before("emphasis", "blank", blank)
    inline.before("link", "span", span)
    inline.after("image", "footnote_ref", footnote_ref)
    inline.before(
        "escape", "math_inline", math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)
    )
    return markdown
