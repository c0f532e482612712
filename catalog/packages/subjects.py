"""What a package is made of: a version of a course, or a curriculum's with the versions that it consists of."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from catalog.database.models import CurriculumVersion, Package, Version
from catalog.domain.states import HANDED_OUT
from catalog.packages.claims import PackageKey, Shape
from catalog.packages.statements import PackageStatement
from catalog.services import curricula
from catalog.services.curriculum_courses import is_whole, pinned_versions
from catalog.services.shelves import COURSES, CURRICULA
from courses.curricula import Curriculum
from exporters.programmes import listed_as


class Subject(NamedTuple):
    """A version to make packages of. `slug` is its course's, or its curriculum's as packages name it; `versions` are
    those of the courses that go in, in their order, with their courses."""

    version: Version | CurriculumVersion
    institution: str
    slug: str
    number: int
    versions: Sequence[Version]
    curriculum: Curriculum | None = None

    @property
    def name(self) -> str:
        """`institution/id`."""
        return f"{self.institution}/{self.slug}"


def is_handed_out(key: PackageKey) -> ColumnElement[bool]:
    """Whether packages of the version are handed out: its state allows it, and nothing that it consists of was
    withdrawn."""
    if key.shape is Shape.COURSE:
        return exists().where(Version.id == key.version_id, Version.state.in_(HANDED_OUT))
    return exists().where(
        CurriculumVersion.id == key.version_id, CurriculumVersion.state.in_(HANDED_OUT), is_whole()
    )


def find_subject(session: Session, key: PackageKey) -> Subject | None:
    """What the package is of; None where that isn't handed out."""
    if not session.scalar(select(is_handed_out(key))):
        return None
    return _subject(session, key.version_id, key.shape)


def withdrawn_from(session: Session, key: PackageKey) -> Version | None:
    """What was withdrawn of all that a curriculum consists of, when that alone keeps its packages back."""
    kept = exists().where(CurriculumVersion.id == key.version_id, CurriculumVersion.state.in_(HANDED_OUT))
    if key.shape is Shape.COURSE or not session.scalar(select(kept)):
        return None
    versions = pinned_versions(session, key.version_id)
    return next((version for version in versions if version.state not in HANDED_OUT), None)


def subject_of(session: Session, package: Package) -> Subject:
    """What a package that is there was made of."""
    shape = Shape(package.shape)
    owner = package.version_id if shape is Shape.COURSE else package.curriculum_version_id
    assert owner is not None  # noqa: S101 (a constraint of the table)
    return _subject(session, owner, shape)


def key_of(package: Package) -> PackageKey:
    """Under which key a package is found."""
    owner = package.version_id if package.version_id is not None else package.curriculum_version_id
    return PackageKey(owner or 0, package.format, package.preset, Shape(package.shape))


def statement(package: Package, subject: Subject) -> PackageStatement:
    """What the catalogue's signature states of a package."""
    return PackageStatement(
        course=subject.name,
        number=subject.number,
        format=package.format,
        preset=package.preset,
        name=package.name,
        size=package.size,
        sha256=package.sha256,
    )


def file_name(key: PackageKey, subject: Subject) -> str:
    """Under which name a package is handed out: ASCII, unlike any other package of the catalogue."""
    lms = "" if key.preset == "generic" else f"-{key.preset}"
    collected = "-set" if key.shape is Shape.SET else ""
    return f"{subject.institution}-{subject.slug}-v{subject.number}{collected}-{key.format}{lms}.zip"


def _subject(session: Session, version_id: int, shape: Shape) -> Subject:
    if shape is Shape.COURSE:
        version = session.scalars(COURSES.rows().where(Version.id == version_id)).one()
        course = version.course
        return Subject(version, course.institution.slug, course.slug, version.number or 0, (version,))
    found = session.scalars(CURRICULA.rows().where(CurriculumVersion.id == version_id)).one()
    curriculum = found.curriculum
    return Subject(
        found,
        curriculum.institution.slug,
        listed_as(curriculum.slug),
        found.number or 0,
        pinned_versions(session, found.id),
        curricula.document(found),
    )
