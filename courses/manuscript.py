"""A course together with where each of its statements was written: what the course checks look at."""

from collections.abc import Mapping

import msgspec

from schemas.course import Course
from schemas.diagnostics import Place
from schemas.edition import Edition

KeyPath = tuple[str | int, ...]


class Written(msgspec.Struct, frozen=True):
    """Where the front matter of `course.md` says what. Paths are like `("visits", 0, "theme")`."""

    file: str
    keys: Mapping[KeyPath, Place]
    values: Mapping[KeyPath, Place]

    def at(self, *path: str | int) -> Place:
        """The place of the value at `path`, or of the nearest thing around it that was written."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.values:
                return self.values[path[:end]]
        return Place(self.file)

    def key(self, *path: str | int) -> Place:
        """The place of the key at `path`, or of the nearest value around it."""
        return self.keys.get(path) or self.at(*path)


class Manuscript(msgspec.Struct, frozen=True):
    """`edition` is None when the course names one that is unknown. `files` are all files of the course folder other
    than Markdown (none for a single file outside a course folder), `mentioned` those that the text names.
    `unbuilt` tells that the course is without scored questions that were written with mistakes, and
    `unbuilt_objectives` are those that they name; `unread_modules` are those of whose files some could not be read.
    None of them deserves a second diagnostic about what is missing.
    """

    course: Course
    written: Written
    edition: Edition | None
    files: tuple[str, ...] = ()
    mentioned: frozenset[str] = frozenset()
    unbuilt: bool = False
    unbuilt_objectives: frozenset[str] = frozenset()
    unread_modules: frozenset[str] = frozenset()
