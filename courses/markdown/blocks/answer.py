"""`= …`: an answer, inside a question only, directly under the prompt or after a blank line."""

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_SIGNS = "=＝"
_LOOK_AHEAD = True


def answer(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803 - markdown-it's signature
    """One answer a line. A model answer (`long-fill-in`) goes on to the next blank line."""
    question: tuple[str, int, int] | None = state.env.get("question")
    if question is None:
        return False
    kind, level, indent = question
    start, stop = state.bMarks[startLine] + state.tShift[startLine], state.eMarks[startLine]
    if start >= stop or state.src[start] not in _SIGNS or not _has_space(state.src[start:stop]):
        return False
    # At the question's own level; or under a list or table that would otherwise take the line for its own.
    inside = state.parentType == "table" or state.sCount[startLine] < state.blkIndent
    lazy = silent and inside and 0 <= state.sCount[startLine] - indent < 4
    if not lazy and (state.level != level or state.is_code_block(startLine)):
        return False
    if silent:
        return True
    line = startLine + 1
    if kind == "long-fill-in":
        while line < endLine and not state.isEmpty(line) and not _opens(state, line, endLine):
            line += 1
    token = state.push("answer", "", 0)
    token.map, token.markup = [startLine, line], state.src[start]
    token.content = state.src[start + 1 : stop].strip()
    if kind == "long-fill-in":
        _push_paragraph(state, token, "\n".join([token.content, *_lines(state, startLine + 1, line)]))
    state.line = line
    return True


def _push_paragraph(state: StateBlock, answer_token: Token, content: str) -> None:
    state.push("paragraph_open", "p", 1).map = answer_token.map
    inline = state.push("inline", "", 0)
    inline.map, inline.children, inline.content = answer_token.map, [], content.strip()
    state.push("paragraph_close", "p", -1)


def _has_space(line: str) -> bool:
    """`= x`, `＝x` or a lone `=`; `==` and `=x` are text."""
    return line[0] == "＝" or not line[1:].strip() or line[1] in " \t　"


def _opens(state: StateBlock, line: int, end_line: int) -> bool:
    return any(
        rule(state, line, end_line, _LOOK_AHEAD) for rule in state.md.block.ruler.getRules("paragraph")
    )


def _lines(state: StateBlock, start: int, end: int) -> list[str]:
    return [state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]] for n in range(start, end)]
