"""A curriculum as a set: its courses' own packages in one archive, with an index for people and one for programs."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporters.archive import Archive
from exporters.export import export, make_folder, make_plan
from exporters.outline import INDEX
from exporters.pages.curriculum import curriculum_page
from exporters.programmes import Programme, contents_of
from exporters.sets import SET, PackageSet, encode_set, file_in_set, sha256_of
from schemas.package import Format, Structure


class ExportedSet(NamedTuple):
    """A set on disk: where, its size in bytes, and what is in it."""

    path: Path
    size: int
    contents: PackageSet


def export_set(
    programme: Programme,
    *,
    package_format: Format | None = None,
    structure: Structure | None = None,
    lms: str = "generic",
    folder: Path,
    generator: str = "lingjun",
) -> ExportedSet:
    """Write `<institution>-curriculum-<id>-set-<format>.zip`: each course's own package, with an index for people
    and one for programs. Raises what `export` raises."""
    plan = make_plan(lms, package_format, structure)
    programme.require_courses()
    make_folder(folder)
    path = folder / f"{programme.name}-set-{plan.format.value}.zip"
    with tempfile.TemporaryDirectory(prefix="set-", dir=folder) as temporary:
        made = [
            export(
                course,
                package_format=plan.format,
                structure=structure,
                lms=lms,
                folder=Path(temporary, course.institution),
                generator=generator,
            )
            for course in programme.courses
        ]
        files = [file_in_set(one.receipt.course, one.path.name) for one in made]
        contents = contents_of(programme, files)
        listed = (
            msgspec.structs.replace(
                one,
                format=plan.format.value,
                preset=lms,
                size=package.size,
                sha256=sha256_of(package.path),
            )
            for one, package in zip(contents.packages, made, strict=True)
        )
        contents = msgspec.structs.replace(contents, packages=tuple(listed))
        write_set(path, contents, zip(files, (package.path for package in made), strict=True))
    return ExportedSet(path, path.stat().st_size, contents)


def write_set(path: Path, contents: PackageSet, files: Iterable[tuple[str, bytes | Path]]) -> None:
    """Write the archive of `files`, by their paths in it, behind its two indexes."""
    with Archive(path, plain=True) as archive:
        archive.add(INDEX, curriculum_page(contents))
        archive.add(SET, encode_set(contents))
        for file, content in files:
            archive.add(file, content)
