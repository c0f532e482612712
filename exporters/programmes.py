"""A curriculum together with its courses: what both its package and its set are made of."""

from collections.abc import Sequence
from typing import NamedTuple

from courses.curricula import Curriculum
from exporters.sets import Listed, PackageSet
from schemas.course import Course
from schemas.errors import InputError
from schemas.text import Text

_NO_COURSE = Text(
    "培训方案没有列出课程，没有可导出的内容。", "The curriculum lists no course: there is nothing to export."
)


class Programme(NamedTuple):
    """A curriculum with its courses, in its order; `numbers` are their versions, where they have any."""

    curriculum: Curriculum
    courses: tuple[Course, ...]
    numbers: tuple[int, ...] = ()

    def require_courses(self) -> None:
        """Raise InputError where there is none."""
        if not self.courses:
            raise InputError(_NO_COURSE)

    @property
    def name(self) -> str:
        """What its files are called by."""
        return f"{self.curriculum.institution}-curriculum-{self.curriculum.id}"


def listed_as(curriculum: str) -> str:
    """The identifier of a curriculum where those of courses stand. No course has it, because slugs hold no dot."""
    return f"curriculum.{curriculum}"


def contents_of(programme: Programme, files: Sequence[str]) -> PackageSet:
    """What the curriculum's index says; `files` are where its courses are found."""
    hours = [choice.hours for choice in programme.curriculum.courses]
    numbers = programme.numbers or (0,) * len(programme.courses)
    return PackageSet(
        title=programme.curriculum.title,
        curriculum=programme.curriculum,
        packages=tuple(
            Listed(
                course=f"{course.institution}/{course.id}",
                title=course.title,
                number=number,
                hours=taught or course.hours,
                file=file,
            )
            for course, taught, number, file in zip(programme.courses, hours, numbers, files, strict=True)
        ),
    )
