from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from courses.reader import read_course
from exporters.export import export
from schemas.course import Course
from schemas.package import Format, Structure
from tests.support.courses_by_hand import whole_course

SAMPLES = Path(__file__).parents[3] / "courses" / "samples"


@pytest.fixture(scope="session")
def courses(tmp_path_factory: pytest.TempPathFactory) -> list[Course]:
    """The course made by hand, with its trying names, and every sample course."""
    found = [whole_course(tmp_path_factory.mktemp("whole") / "course")]
    for folder in sorted(SAMPLES.iterdir()):
        reading = read_course(folder)
        assert not reading.errors, reading.errors
        assert reading.course
        found.append(reading.course)
    return found


Pack = Callable[[Course, Format, Structure], Path]


@pytest.fixture(scope="session")
def pack(courses: list[Course], tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A course's package, made once for all tests."""
    folder = tmp_path_factory.mktemp("packages")

    @cache
    def made(number: int, package_format: Format, structure: Structure) -> Path:
        return export(
            courses[number], package_format=package_format, structure=structure, folder=folder / structure
        ).path

    return lambda course, package_format, structure: made(courses.index(course), package_format, structure)
