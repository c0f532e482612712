"""Makes one package from a source archive, confined: `python -m catalog.packages.builder FOLDER BOUNDS`."""

import hashlib
from pathlib import Path

import msgspec

from catalog.intake import inside
from catalog.settings import LimitsSettings
from schemas.text import Text

SOURCE = "source.zip"  # beside the request


class BuildRequest(msgspec.Struct, frozen=True):
    """Which package to make of the source archive in the folder."""

    format: str
    preset: str
    generator: str
    limits: LimitsSettings


class Built(msgspec.Struct, frozen=True, tag=True):
    """A package, in the folder under `name`; its size in bytes, its receipt as JSON."""

    name: str
    size: int
    sha256: str
    receipt: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The course can't be such a package."""

    reason: Text


def build(folder: Path, encoded: bytes) -> bytes:
    """The encoded Built or Refused."""
    from schemas.errors import InputError, UsageError  # noqa: PLC0415 (only now are the limits in force)

    request = msgspec.msgpack.decode(encoded, type=BuildRequest)
    try:
        return msgspec.msgpack.encode(_build(folder, request))
    except (InputError, UsageError) as error:
        return msgspec.msgpack.encode(Refused(error.message))


def _build(folder: Path, request: BuildRequest) -> Built | Refused:
    from catalog.intake.unpack import unpack  # noqa: PLC0415
    from courses.reader import read_course  # noqa: PLC0415
    from exporters.export import export  # noqa: PLC0415
    from exporters.receipt import encode_receipt  # noqa: PLC0415
    from schemas.package import Format  # noqa: PLC0415

    course = folder / "course"
    course.mkdir()
    unpack(folder / SOURCE, course, request.limits)
    reading = read_course(course)
    if reading.course is None or reading.errors:
        return Refused(
            reading.errors[0].message if reading.errors else Text("课程无法读取", "it can't be read")
        )
    made = export(
        reading.course,
        package_format=Format(request.format),
        lms=request.preset,
        folder=folder / "package",
        generator=request.generator,
    )
    with made.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    name = made.path.relative_to(folder).as_posix()
    return Built(name, made.size, digest, encode_receipt(made.receipt).decode())


if __name__ == "__main__":
    inside.run(build)
