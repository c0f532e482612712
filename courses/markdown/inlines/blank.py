"""`____`: a blank to fill in, in questions of that type only."""

from markdown_it.rules_inline import StateInline

_SHORTEST = 3


def blank(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Three or more underscores, which are no emphasis here."""
    start = end = state.pos
    if state.src[start] != "_" or not state.env.get("blanks"):
        return False
    while end < state.posMax and state.src[end] == "_":
        end += 1
    if end - start < _SHORTEST:
        return False
    if not silent:
        state.push("blank", "span", 0)
    state.pos = end
    return True
