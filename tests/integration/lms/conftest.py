from pathlib import Path

import pytest

from courses.reader import read_course
from schemas.course import Course
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
