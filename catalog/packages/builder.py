"""Makes one package from source archives, confined: `python -m catalog.packages.builder FOLDER BOUNDS`."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from catalog.intake import inside
from catalog.settings import LimitsSettings
from courses.curricula import Curriculum
from schemas.text import Text

if TYPE_CHECKING:
    from schemas.course import Course


_UNREADABLE = Text("课程无法读取", "it can't be read")


class BuildRequest(msgspec.Struct, frozen=True):
    """Which package to make of the source archives in the folder, of the versions with these `numbers`: a course's or,
    where there is one, a curriculum's."""

    format: str
    preset: str
    generator: str
    limits: LimitsSettings
    numbers: tuple[int, ...]
    curriculum: Curriculum | None


class Built(msgspec.Struct, frozen=True, tag=True):
    """A package, in the folder under `name`; its size in bytes, its receipt as JSON."""

    name: str
    size: int
    sha256: str
    receipt: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The course can't be such a package."""

    reason: Text


def source_name(position: int) -> str:
    """The source archive of the course at that position, beside the request."""
    return f"source-{position}.zip"


def build(folder: Path, encoded: bytes) -> bytes:
    """The encoded Built or Refused."""
    from schemas.errors import InputError, UsageError  # noqa: PLC0415 (only now are the limits in force)

    request = msgspec.msgpack.decode(encoded, type=BuildRequest)
    try:
        return msgspec.msgpack.encode(_build(folder, request))
    except (InputError, UsageError) as error:
        return msgspec.msgpack.encode(Refused(error.message))


def _build(folder: Path, request: BuildRequest) -> Built | Refused:
    from exporters.combined import export_curriculum  # noqa: PLC0415
    from exporters.export import export  # noqa: PLC0415
    from exporters.programmes import Programme  # noqa: PLC0415
    from exporters.receipt import encode_receipt  # noqa: PLC0415
    from schemas.package import Format  # noqa: PLC0415

    courses = tuple(_read(folder, position, request) for position in range(len(request.numbers)))
    package_format, target = Format(request.format), folder / "package"
    if request.curriculum is None:
        made = export(
            courses[0],
            package_format=package_format,
            lms=request.preset,
            folder=target,
            generator=request.generator,
        )
    else:
        made = export_curriculum(
            Programme(request.curriculum, courses, request.numbers),
            package_format=package_format,
            lms=request.preset,
            folder=target,
            generator=request.generator,
        )
    with made.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    name = made.path.relative_to(folder).as_posix()
    return Built(name, made.size, digest, encode_receipt(made.receipt).decode())


def _read(folder: Path, position: int, request: BuildRequest) -> "Course":
    from catalog.intake.unpack import unpack  # noqa: PLC0415
    from courses.reader import read_course  # noqa: PLC0415
    from schemas.errors import InputError  # noqa: PLC0415

    course = folder / f"course-{position}"
    course.mkdir()
    unpack(folder / source_name(position), course, request.limits)
    reading = read_course(course)
    if reading.course is None or reading.errors:
        raise InputError(reading.errors[0].message if reading.errors else _UNREADABLE)
    return reading.course


if __name__ == "__main__":
    inside.run(build)
