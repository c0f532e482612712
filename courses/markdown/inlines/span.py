"""`[文字]{.mark}`: words with attributes."""

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline

from courses.markdown.attributes import are_attributes, leading_braces, parse
from courses.markdown.inlines.state import LessonState

_LONGEST = 300


def span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Brackets directly followed by attributes in braces."""
    start, maximum = state.pos, state.posMax
    if state.src[start] != "[" or not isinstance(state, LessonState) or state.last_span < start:
        return False
    end = parseLinkLabel(state, start)
    if end <= start + 1 or end + 1 >= maximum:
        return False
    braces = leading_braces(state.src[end + 1 : min(maximum, end + _LONGEST)])
    if braces is None or not are_attributes(parse(braces), braces.source):
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "span", 1)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    # The braces stay in the text: the rule for attributes reads them there, as after any other element.
    state.pos, state.posMax = end + 1, maximum
    return True
