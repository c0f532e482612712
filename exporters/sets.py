"""Packages handed over together: what is in the set, for people (`index.html`) and for programs (`set.json`)."""

import hashlib
from pathlib import Path

import msgspec

from courses.curricula import Curriculum
from schemas.text import Text

SET = "set.json"
BULK = "packages.json"  # the list of packages that were asked for together


def file_in_set(course: str, name: str) -> str:
    """Where a package lies in the set. By institution: `a-b/c` and `a/b-c` have packages of the same name."""
    return f"packages/{course.partition('/')[0]}/{name}"


class Listed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A course of the set. `course` is `institution/id`, `number` its version (0: none was published), `file` where it
    lies, `size` in bytes."""

    course: str
    title: Text
    number: int = 0
    hours: float = 0.0
    format: str = ""
    preset: str = ""
    file: str
    size: int = 0
    sha256: str = ""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A course that was asked for and isn't there."""

    course: str
    title: Text
    reason: Text


class PackageSet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`set.json`. `curriculum` where the set is one; the packages in its order."""

    title: Text
    packages: tuple[Listed, ...]
    curriculum: Curriculum | None = None
    left_out: tuple[LeftOut, ...] = ()


def encode_set(found: PackageSet) -> bytes:
    """As indented JSON."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def sha256_of(path: Path) -> str:
    """A package's SHA-256, as a list names it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
