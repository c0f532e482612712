"""The course tests/fixtures/pages/gallery, read by the real reader and written out as a site."""

import shutil
from functools import cache
from pathlib import Path

from courses.reader import read_course
from exporters.pages import Runtime, Structure, course_data, index_page, lesson_page, player_files
from schemas.course import Course

FOLDER = Path(__file__).parents[1] / "fixtures" / "pages" / "gallery"


@cache
def gallery() -> Course:
    """The course, which must have no error."""
    reading = read_course(FOLDER)
    assert reading.course is not None, reading.diagnostics
    assert reading.errors == ()
    return reading.course


def write_site(
    course: Course, target: Path, *, runtime: Runtime = "local", structure: Structure = "pages"
) -> None:
    """Every file that the pages of `course` need, into `target`."""
    target.mkdir(parents=True)
    if structure != "lessons":
        (target / "index.html").write_bytes(index_page(course, runtime=runtime))
    (target / "course.js").write_bytes(course_data(course, structure=structure, state_limit=64_000))
    for lesson in course.lessons:
        page = lesson_page(course, lesson, runtime=runtime, structure=structure)
        (target / lesson.page).write_bytes(page)
    carried = [(name, path) for name, path in player_files(course, runtime)]
    carried += [(asset.path, course.root / asset.source) for asset in course.assets]
    for name, path in carried:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target / name)
