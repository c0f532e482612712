"""A curriculum as a set: the very packages that the catalogue hands out of its courses, with their signatures."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.database.models import Package
from catalog.packages.subjects import Subject
from catalog.packages.trust import SIGNATURE_SUFFIX
from catalog.services.facts import read_facts
from catalog.storage import Kind, Storage
from courses.curricula import Curriculum
from exporters.collected import write_set
from exporters.sets import Listed, PackageSet, file_in_set


def make_set(
    subject: Subject, curriculum: Curriculum, members: Sequence[Package], storage: Storage, folder: Path
) -> Path:
    """Write the set into `folder`; `members` are the courses' packages, in the order of `subject.versions`."""
    listed = tuple(_listed(subject, curriculum, members))
    contents = PackageSet(title=curriculum.title, curriculum=curriculum, packages=listed)
    path = folder / "set.zip"
    write_set(path, contents, _files(listed, members, storage, folder))
    return path


def _listed(subject: Subject, curriculum: Curriculum, members: Sequence[Package]) -> Iterator[Listed]:
    for choice, version, package in zip(curriculum.courses, subject.versions, members, strict=True):
        facts = read_facts(version.facts)
        yield Listed(
            course=choice.name,
            title=facts.title,
            number=version.number or 0,
            hours=choice.hours or facts.hours,
            format=package.format,
            preset=package.preset,
            file=file_in_set(choice.name, package.name),
            size=package.size,
            sha256=package.sha256,
        )


def _files(
    listed: Sequence[Listed], members: Sequence[Package], storage: Storage, folder: Path
) -> Iterator[tuple[str, bytes | Path]]:
    for line, package in zip(listed, members, strict=True):
        blob = folder / package.sha256
        with blob.open("wb") as file:
            file.writelines(storage.verified(Kind.PACKAGE, package.sha256))
        yield line.file, blob
        blob.unlink()
        if package.signature is not None:
            yield line.file + SIGNATURE_SUFFIX, package.signature
