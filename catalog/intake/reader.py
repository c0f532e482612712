"""Reads a stranger's course folder, confined: `python -m catalog.intake.reader FOLDER BOUNDS`."""

from pathlib import Path

from catalog.intake import inside
from catalog.intake.reading import bounded, encode

COURSE = "course"  # the folder to read, beside the request


def read(folder: Path, _request: bytes) -> bytes:
    """The encoded SourceReading of the course in `folder`."""
    from courses.reader import read_course  # noqa: PLC0415 (only now are the limits in force)

    reading = read_course(folder / COURSE)
    return encode(bounded(reading.course, reading.diagnostics))


if __name__ == "__main__":
    inside.run(read)
