"""What was read from a course folder, as one process tells it to another and as it is kept."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from schemas.course import Course
from schemas.diagnostics import Diagnostic, Severity

MOST_DIAGNOSTICS = 1_000


class SourceReading(msgspec.Struct, frozen=True):
    """The course (None when there is nothing sensible to show; its `root` is `.`: it lies in an archive) and its
    diagnostics in the order of files and lines. Of very many the errors are kept; `left_out` is how many are not."""

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    left_out: int = 0

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops a submission."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)


def bounded(course: Course | None, diagnostics: Sequence[Diagnostic]) -> SourceReading:
    """A reading that tells at most MOST_DIAGNOSTICS, the gravest first in line."""
    kept = set(
        sorted(range(len(diagnostics)), key=lambda i: (_GRAVITY[diagnostics[i].severity], i))[
            :MOST_DIAGNOSTICS
        ]
    )
    told = tuple(found for i, found in enumerate(diagnostics) if i in kept)
    placed = msgspec.structs.replace(course, root=Path()) if course else None
    return SourceReading(placed, told, len(diagnostics) - len(told))


_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def encode(reading: SourceReading) -> bytes:
    """As bytes: the same reading gives the same."""
    return msgspec.msgpack.encode(reading, enc_hook=_path_out)


def decode(encoded: bytes) -> SourceReading:
    """Back from bytes. Raises msgspec.DecodeError for what isn't a reading."""
    return msgspec.msgpack.decode(encoded, type=SourceReading, dec_hook=_path_in)


def _path_out(value: object) -> str:
    if isinstance(value, Path):
        return value.as_posix()
    raise NotImplementedError(value)


def _path_in(kind: type, value: object) -> Path:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)
