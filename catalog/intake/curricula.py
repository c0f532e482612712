"""Reads a stranger's curriculum, confined: `python -m catalog.intake.curricula FOLDER BOUNDS`."""

from pathlib import Path

import msgspec

from catalog.intake import inside
from courses.curricula import CURRICULUM_FILE, CurriculumReading
from schemas.diagnostics import Diagnostic


class ReadCurriculum(msgspec.Struct, frozen=True):
    """What was read from a curriculum's file, of which `text` is the text (line ends unified); what it says by itself is
    checked, its courses aren't. `reading` is None for a file that isn't text."""

    text: str
    reading: CurriculumReading | None
    diagnostics: tuple[Diagnostic, ...]


def read(folder: Path, _request: bytes) -> bytes:
    """The encoded ReadCurriculum of the file in `folder`."""
    from courses.curricula import read_curriculum  # noqa: PLC0415 (only now are the limits in force)
    from courses.sources import read_source  # noqa: PLC0415

    told: list[Diagnostic] = []
    source = read_source(folder, CURRICULUM_FILE, told.append)
    if source is None:
        return msgspec.msgpack.encode(ReadCurriculum("", None, tuple(told)))
    reading = read_curriculum(source)
    reading = msgspec.structs.replace(reading, diagnostics=(*told, *reading.diagnostics))
    return msgspec.msgpack.encode(ReadCurriculum(source.text, reading, reading.diagnostics))


def decode(encoded: bytes) -> ReadCurriculum:
    """Back from bytes."""
    return msgspec.msgpack.decode(encoded, type=ReadCurriculum)


if __name__ == "__main__":
    inside.run(read)
