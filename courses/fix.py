"""`check --fix`: writes derived identifiers into the files, and touches nothing else.

An identifier that is derived from words changes with them, and with it every learner's record.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from courses.reader import Reading
from courses.sources import MAX_FILE, read_source

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BRACES = re.compile(r"\{(?=[^{}]*\}[ \t]*$)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


def write_identifiers(reading: Reading) -> dict[str, int]:
    """Write every identifier that is missing. Returns how many by file (relative to the course folder).

    A file that has changed since it was read is left alone; each file is replaced in one step. Raises OSError.
    """
    written: dict[str, int] = {}
    by_file: dict[str, dict[int, str]] = {}
    taken = _taken(reading)
    for file, line, identifier in _missing(reading):
        unique, number = identifier, 1
        while unique in taken:
            number += 1
            unique = f"{identifier}-{number}"
        taken.add(unique)
        by_file.setdefault(file, {})[line] = unique
    for file, wanted in by_file.items():
        if _still_as_read(reading, file):
            _rewrite(reading.root / file, wanted)
            written[file] = len(wanted)
    return written


def _missing(reading: Reading) -> Iterator[tuple[str, int, str]]:
    """File, line and derived identifier of each heading and question that has none of its own."""
    told = {found.place for found in reading.diagnostics if found.code == "missing-identifier"}
    for heading in reading.unnamed:
        yield heading.place.file, heading.place.line, heading.id
    for lesson in reading.course.lessons if reading.course else ():
        for question in lesson.questions:
            if question.place in told:
                yield question.place.file, question.place.line, question.id


def _taken(reading: Reading) -> set[str]:
    """Identifiers that authors wrote themselves."""
    if reading.course is None:
        return set()
    missing = {(file, line) for file, line, _ in _missing(reading)}
    course = reading.course
    named = [(module.id, module.place) for module in course.modules]
    named += [(lesson.id, lesson.place) for lesson in course.lessons]
    named += [(question.id, question.place) for lesson in course.lessons for question in lesson.questions]
    return {identifier for identifier, place in named if (place.file, place.line) not in missing}


def _still_as_read(reading: Reading, file: str) -> bool:
    problems: list[object] = []
    source = read_source(reading.root, file, problems.append, limit=MAX_FILE)
    return source is not None and not problems and source.text == reading.texts.get(file)


def _rewrite(path: Path, wanted: dict[int, str]) -> None:
    """Add identifiers to lines (from 1) of a file; byte-order mark and line ends stay as they are."""
    target = path.resolve()
    text = target.read_bytes().decode("utf-8")
    lines = [match[0] for match in _LINES.finditer(text)]
    for line, identifier in wanted.items():
        index = _last_line_of_heading(lines, line - 1)
        body = lines[index].rstrip("\r\n")
        lines[index] = _with_identifier(body, identifier) + lines[index][len(body) :]
    _replace(target, "".join(lines).encode())


def _last_line_of_heading(lines: list[str], index: int) -> int:
    """Where attributes go: a heading underlined with `===` may have several lines of text."""
    if lines[index].lstrip("\ufeff ").startswith(("#", ":::")):
        return index
    following: Iterable[int] = range(index + 1, len(lines))
    return next((n - 1 for n in following if _UNDERLINE.match(lines[n].rstrip("\r\n"))), index)


def _with_identifier(line: str, identifier: str) -> str:
    braces = _BRACES.search(line)
    if braces:
        inside = line[braces.end() :]
        return f"{line[: braces.end()]}#{identifier}{'' if inside.startswith('}') else ' '}{inside}"
    kept = _CLOSING_HASHES.sub("", line) if line.startswith("#") else line
    return f"{kept.rstrip()} {{#{identifier}}}{line[len(kept) :].rstrip()}"


def _replace(target: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, temporary)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
