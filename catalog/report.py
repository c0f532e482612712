"""How diagnostics are shown: place, message, the line with an underline, the cure. On a terminal in colour."""

import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from schemas.diagnostics import Diagnostic, Place, Severity
from schemas.text import Language, Text

_SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}
_CURE = Text("改法：", "cure: ")
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}
_BOLD, _FAINT, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_TAB = "    "
_WIDTH = 100  # cells of a source line that are shown; a Chinese paragraph is often one long line
_BEFORE = 40  # cells kept before what is underlined


def print_diagnostics(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    *,
    prefix: str,
    language: Language,
    stream: TextIO,
) -> None:
    """Print each diagnostic. `texts` holds the Markdown files by path, `prefix` leads from the current folder to
    the course folder."""
    colour = in_colour(stream)
    lines: dict[str, list[str]] = {}
    for diagnostic in diagnostics:
        file = diagnostic.place.file
        if file not in lines:
            lines[file] = texts.get(file, "").split("\n")
        print(
            format_diagnostic(diagnostic, lines[file], prefix=prefix, language=language, colour=colour),
            file=stream,
        )


def in_colour(stream: TextIO) -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def format_diagnostic(
    diagnostic: Diagnostic, lines: Sequence[str], *, prefix: str, language: Language, colour: bool
) -> str:
    """One diagnostic as text of a few lines, with an empty line at its end."""
    place = diagnostic.place
    tone = _COLOURS[diagnostic.severity] if colour else ""
    bold, faint, plain = (_BOLD, _FAINT, _PLAIN) if colour else ("", "", "")
    severity = _SEVERITIES[diagnostic.severity].say(language)
    where = f"{prefix}{place.file}:{place.line}:{place.column}"
    message = printable(diagnostic.message.say(language))
    shown = [
        f"{bold}{printable(where)}{plain} {tone}{severity}[{diagnostic.code}]{plain} {bold}{message}{plain}"
    ]
    if 1 <= place.line <= len(lines) and lines[place.line - 1].strip():
        line, underline = excerpt(lines[place.line - 1], place)
        number = str(place.line)
        gutter = " " * len(number)
        shown.append(f"  {faint}{number} |{plain} {line}")
        shown.append(f"  {faint}{gutter} |{plain} {tone}{underline}{plain}")
    shown.append(f"  {faint}={plain} {_CURE.say(language)}{printable(diagnostic.cure.say(language))}")
    return "\n".join([*shown, ""])


def excerpt(line: str, place: Place) -> tuple[str, str]:
    """The part of `line` around `place` that fits, and the underline for it, both in terminal cells."""
    start = min(place.column - 1, len(line))
    end = min(start + place.length, len(line)) if place.length else len(line.rstrip())
    first = start
    while first > 0 and width(line[first - 1 : start]) <= _BEFORE:
        first -= 1
    if width(line) <= _WIDTH:
        first = 0
    last = first
    used = 0
    while last < len(line) and used + width(line[last]) <= _WIDTH:
        used += width(line[last])
        last += 1
    before = "…" if first else ""
    after = "…" if last < len(line) else ""
    marked = line[start : max(min(end, last), start)]
    underline = " " * width(before + line[first:start]) + "^" * max(width(marked), 1)
    return before + _shown(line[first:last]) + after, underline


def width(text: str) -> int:
    """How many terminal cells `text` takes: Chinese characters and emoji two, combining marks none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


def printable(text: str) -> str:
    """`text` without control characters and direction overrides, which could rewrite the terminal."""
    if text.isprintable():
        return text
    return "".join(" " if c in "\n\t" else "�" if unicodedata.category(c) in _UNSAFE else c for c in text)


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _cells(character: str) -> int:
    if character == "\t":
        return len(_TAB)
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return 0
    if category in _UNSAFE:
        return 1  # shown as U+FFFD
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown(line: str) -> str:
    """A source line as it is printed: tabs as blanks."""
    return printable(line.replace("\t", _TAB))


_COUNTED = {
    Severity.ERROR: (Text("{n} 个错误", "{n} errors"), Text("1 个错误", "1 error")),
    Severity.WARNING: (Text("{n} 个警告", "{n} warnings"), Text("1 个警告", "1 warning")),
    Severity.NOTE: (Text("{n} 条提示", "{n} notes"), Text("1 条提示", "1 note")),
}
_NOTHING = Text("没有发现问题", "no problems found")


def count(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many there are of each severity."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return counts


def summary(counts: Mapping[Severity, int], language: Language) -> str:
    """“2 个错误，1 个警告”, or that nothing was found."""
    parts = [_COUNTED[severity][n == 1].format(n=n).say(language) for severity, n in counts.items() if n]
    return Text("，", ", ").say(language).join(parts) or _NOTHING.say(language)
