"""Every page of every sample course: axe finds nothing, every diagram is drawn, nothing leaves the machine."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from courses.reader import read_course
from tests.browser.conftest import OpenPage, Serve
from tests.browser.pages.conftest import Check
from tests.support.gallery import write_site

pytestmark = pytest.mark.browser
SAMPLES = sorted(Path("courses/samples").resolve().glob("*/course.md"))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_sample(
    open_page: OpenPage, serve: Serve, accessible: Check, tmp_path: Path, sample: Path, width: int
) -> None:
    course = read_course(sample.parent).course
    assert course is not None
    write_site(course, tmp_path / "site")
    with serve(tmp_path / "site") as address:
        page = open_page(f"{address}/index.html", width=width, dark=width == 360)
        accessible(page)
        for lesson in course.lessons:
            page.goto(f"{address}/{lesson.page}")
            page.wait_for_selector(".bar .tool")
            if page.locator(".locked").count():
                continue
            expect(page.locator(".question")).to_have_count(len(lesson.questions))
            for diagram in page.locator(".diagram").all():
                expect(diagram.locator("svg")).to_be_visible()
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), lesson.id
