from pathlib import Path

import pytest

from schemas.course import Course
from tests.support.courses_by_hand import whole_course


@pytest.fixture
def whole(tmp_path: Path) -> Course:
    return whole_course(tmp_path / "course")
