"""What is stated of packages: of one, and of all in an index."""

from datetime import datetime

import msgspec


class PackageStatement(msgspec.Struct, frozen=True, kw_only=True):
    """What the signature beside a package states. `course` is `institution/id`, a curriculum's
    `institution/curriculum.id`; `size` in bytes."""

    course: str
    number: int
    format: str
    preset: str
    name: str
    size: int
    sha256: str


class IndexedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package of a version."""

    format: str
    preset: str
    name: str
    size: int
    sha256: str


class IndexedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version that is handed out; `superseded`: a later one is published."""

    number: int
    superseded: bool
    packages: tuple[IndexedPackage, ...]


class IndexedCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course with its versions, the newest last. `course` is `institution/id`, a curriculum's
    `institution/curriculum.id`."""

    course: str
    versions: tuple[IndexedVersion, ...]

    @property
    def latest(self) -> int:
        """The number of its newest version."""
        return max(version.number for version in self.versions)


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Packages that were handed out together; those of versions that were published then."""

    issued: datetime
    expires: datetime
    courses: tuple[IndexedCourse, ...]


class Index(Selection, frozen=True, kw_only=True):
    """Everything that the catalogue hands out. `sequence` grows with each issue: an index with a smaller one than was
    seen before is an old one, whatever it says."""

    sequence: int
