"""Finds the front matter between its two `---` lines."""

import re

import msgspec

from courses.checks import rule
from courses.sources import Source
from courses.tree import Report
from schemas.diagnostics import Place

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# Dashes of a Chinese input method, or too many or too few hyphens.
_LOOKALIKE = re.compile(r"(?:[-－—–―─]{2,}|- - -)[ \t]*\n(?=\s*[A-Za-z_]+\s*[:：])")
_KEY_LINE = re.compile(r"\s*[A-Za-z_]+\s*[:：]")


class Parts(msgspec.Struct, frozen=True):
    """A file split in two. `yaml` is None without front matter; it always begins on line 2.
    `body_line` is the line on which `body` begins.
    """

    yaml: str | None
    body: str
    body_line: int


def split(source: Source, report: Report, *, required: bool) -> Parts:
    """The front matter (which `course.md` must have) and the Markdown of a file."""
    text = source.text
    opened = _OPEN.match(text)
    if not opened:
        _report_unopened(source, report, required=required)
        return Parts(None, text, 1)
    closed = _CLOSE.search(text, opened.end())
    if closed:
        body_start = min(closed.end() + 1, len(text))
        return Parts(
            text[opened.end() : closed.start()], text[body_start:], text.count("\n", 0, body_start) + 1
        )
    # A thematic break opens a Markdown file just as legally; front matter has a key next.
    if not _KEY_LINE.match(text, opened.end()):
        return Parts(None, text, 1)
    report(rule("front-matter-unclosed").at(Place(source.file, 1, 1, 3)))
    blank = re.compile(r"^[ \t]*$|^#", re.MULTILINE).search(text, opened.end())
    end = blank.start() if blank else len(text)
    return Parts(text[opened.end() : end], text[end:], text.count("\n", 0, end) + 1)


def _report_unopened(source: Source, report: Report, *, required: bool) -> None:
    """Tell about a first line that was meant to be `---`, or about front matter that isn't there."""
    body = source.text.lstrip()
    line = source.text.count("\n", 0, len(source.text) - len(body)) + 1
    if _LOOKALIKE.match(body) or (required and _OPEN.match(body)):
        mark = body[: body.index("\n")].rstrip()
        place = Place(source.file, line, 1, len(mark))
        if mark.isascii():
            report(rule("front-matter-fence").at(place))
        else:
            report(rule("front-matter-full-width").at(place, mark=mark, plain="---"))
    elif required:
        report(rule("front-matter-missing").at(Place(source.file)))
