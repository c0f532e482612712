"""axe finds nothing: every page, both themes, phone and desk, and every state that a page can be in."""

from typing import NamedTuple

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.pages.conftest import Check, answer_all

pytestmark = pytest.mark.browser


class Screen(NamedTuple):
    """A phone or a desk, by day or by night."""

    width: int
    height: int
    dark: bool


SCREENS = [
    Screen(width, height, dark) for width, height in ((360, 740), (1280, 800)) for dark in (False, True)
]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("name", ["index.html", "prose.html", "plain.html", "kinds.html", "last.html"])
def test_every_page(open_page: OpenPage, pages: str, accessible: Check, name: str, screen: Screen) -> None:
    page = open_page(f"{pages}/{name}", **screen._asdict())
    page.wait_for_selector(".bar .tool")
    if name == "prose.html":
        page.wait_for_selector(".diagram-picture svg >> nth=1")
    accessible(page)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("right", [True, False])
def test_answered_questions_and_results(
    open_page: OpenPage, single: str, accessible: Check, screen: Screen, *, right: bool
) -> None:
    page = open_page(f"{single}/kinds.html", **screen._asdict())
    answer_all(page, right=right)
    accessible(page)
    page.get_by_role("button", name="完成本课").click()
    accessible(page)
    page.locator(".home").click()
    page.locator(".review-lesson summary").first.click()
    accessible(page)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_drawer_and_settings(open_page: OpenPage, pages: str, accessible: Check, screen: Screen) -> None:
    page = open_page(f"{pages}/kinds.html", **screen._asdict())
    page.get_by_role("button", name="目录").click()
    accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="阅读设置").click()
    accessible(page)


def test_the_check_finds_what_is_wrong(open_page: OpenPage, pages: str, accessible: Check) -> None:
    page = open_page(f"{pages}/plain.html")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    with pytest.raises(AssertionError, match="label"):
        accessible(page)


def test_lesson_as_its_own_sco(open_page: OpenPage, lessons: str, accessible: Check) -> None:
    page = open_page(f"{lessons}/prose.html")
    page.wait_for_selector(".bar .tool")
    accessible(page)
