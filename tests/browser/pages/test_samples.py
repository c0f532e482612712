"""Every page of every sample course, light and dark, on a phone and a desk: axe finds nothing, every diagram is drawn."""

from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from courses.reader import read_course
from schemas.course import Course, Sequence
from tests.browser.conftest import OpenPage, Serve
from tests.support.axe import violations
from tests.support.gallery import write_site

pytestmark = pytest.mark.browser
SAMPLES = sorted(Path("courses/samples").resolve().glob("*/course.md"))
DIAGRAMS = ".diagram-picture svg"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_sample(open_page: OpenPage, serve: Serve, tmp_path: Path, sample: Path) -> None:
    course = read_course(sample.parent).course
    assert course is not None
    sites = {"written": course, "open": _without_locks(course)}
    for name, site in sites.items():
        write_site(site, tmp_path / name)
    with serve(tmp_path) as address:
        page = open_page(f"{address}/written/index.html")
        _judge(page)
        for lesson in course.lessons:
            _turn_to(page, f"{address}/written/{lesson.page}")
            if page.locator(".locked").count():
                _judge(page)
                _turn_to(page, f"{address}/open/{lesson.page}")
            expect(page.locator(".question")).to_have_count(len(lesson.questions))
            for diagram in page.locator(".diagram").all():
                expect(diagram.locator("svg")).to_be_visible()
            _judge(page)


def _without_locks(course: Course) -> Course:
    modules = tuple(msgspec.structs.replace(module, prerequisites=()) for module in course.modules)
    return msgspec.structs.replace(course, sequence=Sequence.FREE, modules=modules)


def _turn_to(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".bar .tool")


def _judge(page: Page) -> None:
    """Day and night differ in colours alone, so the look by night is at those alone."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        _light(page, dark=False)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
        _light(page, dark=True)
        assert violations(page, "color-contrast", "link-in-text-block") == []


def _light(page: Page, *, dark: bool) -> None:
    """Diagrams are drawn anew for it."""
    if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is dark:
        return
    before = [diagram.get_attribute("id") for diagram in page.locator(DIAGRAMS).all()]
    page.emulate_media(color_scheme="dark" if dark else "light")
    for identifier in before:
        expect(page.locator(f"[id='{identifier}']")).to_have_count(0)
    expect(page.locator(DIAGRAMS)).to_have_count(len(before))
