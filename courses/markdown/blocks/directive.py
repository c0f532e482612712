"""`::: NAME title {attributes}` … `:::`: one rule for every container and for questions."""

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from courses.markdown.attributes import Braces, trailing_braces

_OPENING = re.compile(r"(:{3,})[ \t]*([^\s:{][^\s{]*)(.*)", re.DOTALL)
_CLOSING = re.compile(r"(:{3,})[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)", re.DOTALL)
# Each opening looks ahead for its end; bounding the depth keeps that linear, whatever is left unclosed.
DEEPEST = 12


class Directive(NamedTuple):
    """What an opening line says. Offsets are columns of the source line, from 0."""

    name: str
    title: str
    braces: Braces | None
    column: int
    name_column: int
    colons: int
    closed: bool


def directive(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803 - markdown-it's signature
    """A container, closed by as many colons as it was opened with, or by its parent's end."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    if not state.src.startswith(":::", start):
        return False
    match = _OPENING.match(state.src, start, state.eMarks[startLine])
    if match is None or state.is_code_block(startLine):
        return False
    if state.env.get("directives", 0) >= DEEPEST:
        state.env.setdefault("too deep", startLine)
        return False
    if silent:
        return True
    end, closed = _find_end(state, startLine, endLine, len(match[1]))
    _push(state, match, (startLine, end), closed=closed)
    return True


def _push(state: StateBlock, match: re.Match[str], lines: tuple[int, int], *, closed: bool) -> None:
    start, end = lines
    token = state.push("directive_open", "div", 1)
    token.map = [start, end]
    token.markup = match[1]
    token.meta["directive"] = opening = _read(state.src, match, closed=closed)
    if opening.name != "question" and opening.title:
        _push_title(state, opening.title, start)
    old_parent, old_maximum = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end
    outer = state.env.get("question")
    state.env["directives"] = state.env.get("directives", 0) + 1
    state.env["question"] = (
        (opening.title, state.level, state.blkIndent) if opening.name == "question" else None
    )
    state.md.block.tokenize(state, start + 1, end)
    state.env["directives"] -= 1
    state.env["question"] = outer
    state.parentType, state.lineMax = old_parent, old_maximum
    state.line = end + closed
    token = state.push("directive_close", "div", -1)
    token.markup = match[1]


def _push_title(state: StateBlock, title: str, line: int) -> None:
    state.push("directive_title_open", "p", 1).map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = title, [line, line + 1], []
    state.push("directive_title_close", "p", -1)


def _read(source: str, match: re.Match[str], *, closed: bool) -> Directive:
    line_start = source.rfind("\n", 0, match.start()) + 1
    rest, shift = match[3], match.start(3) - line_start
    braces = trailing_braces(rest)
    title = rest if braces is None else rest[: braces.offset]
    if braces is not None:
        braces = braces._replace(offset=braces.offset + shift)
    return Directive(
        name=match[2],
        title=title.strip(),
        braces=braces,
        column=match.start() - line_start,
        name_column=match.start(2) - line_start,
        colons=len(match[1]),
        closed=closed,
    )


def _find_end(state: StateBlock, start_line: int, end_line: int, colons: int) -> tuple[int, bool]:
    """The line that closes a directive, and whether it is a closing line (else: the parent's end)."""
    source, open_directives, fence = state.src, [colons], ""
    for line in range(start_line + 1, end_line):
        start, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if start >= stop:
            continue
        if state.sCount[line] < state.blkIndent:
            return line, False
        if fence or source[start] in "`~":
            fence = _fence_after(fence, source[start:stop])
        elif source.startswith(":::", start):
            if closing := _CLOSING.match(source, start, stop):
                _close(open_directives, len(closing[1]))
                if not open_directives:
                    return line, True
            elif opening := _OPENING.match(source, start, stop):
                open_directives.append(len(opening[1]))
    return end_line, False


def _fence_after(fence: str, line: str) -> str:
    """The code fence that is open after `line`, if one was before it or begins with it: colons in code are code."""
    if fence:
        text = line.rstrip()
        closes = len(text) >= len(fence) and text == fence[0] * len(text)
        return "" if closes else fence
    match = _FENCE.match(line)
    return match[1] if match and not (line[0] == "`" and "`" in match[2]) else ""


def _close(open_directives: list[int], colons: int) -> None:
    """A closing line ends the innermost directive opened with as many colons; where there is none, the innermost."""
    if colons in open_directives:
        while open_directives.pop() != colons:
            pass
    else:
        open_directives.pop()
