"""One Markdown file as text: UTF-8, bounded, line ends unified, nothing in it that XML can't carry."""

import codecs
import hashlib
import re
from pathlib import Path

import msgspec

from courses.checks import rule
from courses.tree import Report
from courses.wording import likely_encoding
from schemas.diagnostics import Place
from schemas.system import system_reason

MAX_LESSON = 256 * 1024  # bytes of Markdown that one lesson may have (standards/hostile-input.md)
MAX_FILE = 8 * 1024 * 1024  # a single-file course holds many lessons

# What XML 1.0 can't carry (§2.2), and therefore no manifest; DEL is allowed there but never meant.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Source(msgspec.Struct, frozen=True):
    """A file's text: no byte-order mark, every line ended by a line feed. `digest` is the SHA-256 of its bytes."""

    file: str
    text: str
    digest: bytes


def read_source(root: Path, file: str, report: Report, *, limit: int = MAX_LESSON) -> Source | None:
    """The file at `root/file`, or None after a diagnostic that says why not and what to do."""
    try:
        with (root / file).open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        report(rule("file-unreadable").at(Place(file), reason=system_reason(error)))
        return None
    if len(raw) > limit:
        report(rule("file-too-large").at(Place(file), limit=limit // 1024))
        return None
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report(rule("not-utf8").at(Place(file, line), encoding=likely_encoding(raw)))
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control:
        place = place_at(text, control.start(), file=file, length=1)
        report(rule("control-character").at(place, code=f"U+{ord(control[0]):04X}"))
        text = CONTROL.sub("�", text)
    return Source(file, text, hashlib.sha256(raw).digest())


def place_at(text: str, offset: int, *, file: str, first_line: int = 1, length: int = 0) -> Place:
    """The place of a character of `text`, whose first line is line `first_line` of the file."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(file, first_line + text.count("\n", 0, offset), offset - line_start + 1, length)
