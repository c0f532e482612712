"""The curricula of a programme's folder with their courses, read and checked as `lingjun check` does."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from courses.cache import Cache
from courses.curricula import CURRICULUM_FILE, Curriculum, KnownCourse, known_course, read_curriculum
from courses.naming import nearest
from courses.reader import COURSE_FILE, read_course
from courses.sources import read_source
from courses.wording import did_you_mean
from exporters.combined import at
from exporters.visits.reading import rules
from exporters.visits.reading.folder import Folder
from schemas.course import Course
from schemas.diagnostics import Place
from schemas.text import Text

_NONE = Text("无", "none")


class Syllabus(NamedTuple):
    """A curriculum and those of its courses that were read, in its order."""

    curriculum: Curriculum
    courses: tuple[Course, ...]


class Curricula:
    """Those of one folder. All are read, so that mistakes are told also where no class follows a curriculum yet."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._all = {f"{one.curriculum.institution}/{one.curriculum.id}": one for one in self._read()}

    def named(self, written: str, institution: str, place: Place) -> Syllabus | None:
        """The curriculum that a class of the institution names: `institution/curriculum`, or its identifier alone where the
        institution has it or only one other. None where none is named; told where there is no such curriculum."""
        if not written:
            return None
        alike = [one for one in self._all.values() if one.curriculum.id == written]
        found = self._all.get(written) or self._all.get(f"{institution}/{written}")
        if found is None and len(alike) == 1:
            return alike[0]
        if found is None:
            names = [one.curriculum.id for one in self._all.values()]
            hint = did_you_mean(nearest(written, [*names, *self._all]))
            known = ", ".join(list(self._all)[:20]) or _NONE
            self._folder.found.append(rules.CURRICULUM.at(place, id=written, known=known, hint=hint))
        return found

    def _read(self) -> Iterator[Syllabus]:
        """`curricula/NAME.md`, and `curricula/NAME/curriculum.md`."""
        folder = self._folder
        files = [*folder.root.glob("curricula/*.md"), *folder.root.glob(f"curricula/*/{CURRICULUM_FILE}")]
        for file in sorted(files):
            name = file.relative_to(folder.root).as_posix()
            source = read_source(folder.root, name, folder.found.append)
            if source is None:
                continue
            folder.texts[name] = source.text
            reading = read_curriculum(source, self._lookup)
            folder.found += reading.diagnostics
            curriculum = reading.curriculum
            folder.identified("curriculum", f"{curriculum.institution}/{curriculum.id}", "", Place(name))
            chosen = (self._courses.get(choice.name) for choice in curriculum.courses)
            yield Syllabus(curriculum, tuple(course for course in chosen if course))

    def _lookup(self, institution: str, course: str) -> KnownCourse | None:
        found = self._courses.get(f"{institution}/{course}")
        return known_course(found) if found else None

    @cached_property
    def _courses(self) -> dict[str, Course]:
        """`courses/NAME/`, and those beside a curriculum; by institution and identifier."""
        folder = self._folder
        files = [
            *folder.root.glob(f"courses/*/{COURSE_FILE}"),
            *folder.root.glob(f"curricula/*/*/{COURSE_FILE}"),
        ]
        found = {}
        for file in sorted(files):
            course = self._course(file.parent)
            if course:
                place = Place(file.relative_to(folder.root).as_posix())
                name = folder.identified("course", f"{course.institution}/{course.id}", "", place)
                found[name] = course
        return found

    def _course(self, path: Path) -> Course | None:
        """The course with its errors; `lingjun check` tells of what else could be better."""
        folder, inside = self._folder, path.relative_to(self._folder.root)
        reading = read_course(path, cache=Cache.on_disk(path))
        folder.found += (at(inside, one) for one in reading.errors)
        folder.texts |= {(inside / file).as_posix(): text for file, text in reading.texts.items()}
        return reading.course
