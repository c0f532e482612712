"""From a parser's text back to the column in the author's line."""

from collections.abc import Sequence


def column_in_line(line: str, piece: str, before: Sequence[str] = ()) -> int:
    """The column, from 0, at which `piece` stands in `line`.

    A piece of a paragraph is the line's end, after the markers of lists and quotes; one of a heading or a table
    cell stands inside, after the texts `before` it. An unknown piece counts as the line's first word.
    """
    first = len(line) - len(line.lstrip())
    if not piece:
        return first
    if not before:
        trimmed = piece.rstrip()
        if line.rstrip().endswith(trimmed):
            return len(line.rstrip()) - len(trimmed)
    start = first
    for text in before:
        found = line.find(text, start)
        start = found + len(text) if found >= 0 else start
    found = line.find(piece, start)
    return found if found >= 0 else first
