"""Markdown tables."""

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A GFM table; what would end a cell is escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in lines)


def cell(text: str) -> str:
    """A cell's text on one line."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """`text` as code."""
    return f"`{text}`"
