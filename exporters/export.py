"""Course -> package: one archive in a folder, its receipt, and what the format couldn't hold."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from exporters.archive import Archive
from exporters.contents import RECEIPT, Entry, Plan, entries
from exporters.losses import Facts, losses, refuse_overflow
from exporters.presets import preset, require
from exporters.receipt import encode_receipt, make_receipt
from exporters.state_size import worst_state_characters
from schemas.course import Course
from schemas.diagnostics import Diagnostic
from schemas.errors import MachineError
from schemas.package import Format, Receipt, Structure
from schemas.system import system_reason
from schemas.text import Text

_NO_FOLDER = Text("无法建立输出目录 {folder}：{reason}", "The folder {folder} can't be made: {reason}")


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A package on disk: where, its size in bytes, its receipt, and what to tell the author."""

    path: Path
    size: int
    receipt: Receipt
    notes: tuple[Diagnostic, ...]


def export(
    course: Course,
    *,
    package_format: Format | None = None,
    structure: Structure | None = None,
    lms: str = "generic",
    folder: Path,
    generator: str = "lingjun",
    progress: Callable[[int], object] | None = None,
) -> Exported:
    """Write `<institution>-<id>-<format>.zip` into `folder`, which is made where it is missing.

    What isn't given is the LMS's choice. `progress` is called with bytes of content taken in. Raises UsageError where
    the LMS doesn't take the format, InputError where a file can't be read, MachineError where the package can't be
    written; then what was there before is unchanged.
    """
    plan = make_plan(lms, package_format, structure)
    path = folder / f"{course.institution}-{course.id}-{plan.format.value}.zip"
    worst = worst_state_characters(course, plan.structure)
    refuse_overflow(course, plan, worst)

    def receipt(files: int, content_bytes: int) -> Receipt:
        return make_receipt(
            course,
            plan,
            lms=lms,
            generator=generator,
            files=files,
            content_bytes=content_bytes,
            worst_state_characters=worst,
        )

    made = write_package(path, entries(course, plan), receipt, progress)
    return msgspec.structs.replace(made, notes=losses(Facts(course, plan, made.size)))


def write_package(
    path: Path,
    files: Iterable[Entry],
    receipt: Callable[[int, int], Receipt],
    progress: Callable[[int], object] | None,
) -> Exported:
    """The files in an archive at `path`, then the receipt, which is told how many they are and their bytes."""
    make_folder(path.parent)
    with Archive(path, progress) as archive:
        for name, content in files:
            archive.add(name, content)
        made = receipt(archive.files, archive.content_bytes)
        archive.add(RECEIPT, encode_receipt(made))
    return Exported(path=path, size=path.stat().st_size, receipt=made, notes=())


def make_folder(folder: Path) -> None:
    """The folder, made where it is missing. Raises MachineError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(_NO_FOLDER.format(folder=folder, reason=system_reason(error))) from error


def make_plan(lms: str, package_format: Format | None, structure: Structure | None) -> Plan:
    """The LMS's choice, where the caller has none. Raises UsageError for a format that doesn't work there."""
    chosen = preset(lms)
    wanted = package_format or chosen.formats[0]
    require(chosen, wanted)
    best = chosen.structure_for(wanted)
    if wanted in (Format.HTML, Format.XAPI):  # these have one structure
        return Plan(wanted, best)
    return Plan(wanted, structure or best, mastery_score=chosen.mastery_score)
