"""The public calendar of site visits in a real browser: from a folder, without scripts, on a phone, by night, in print."""

from pathlib import Path

import pytest

from exporters.visits.output.html.site import site
from tests.browser.conftest import OpenPage
from tests.browser.pages.conftest import Check
from tests.support import visits_by_hand as hand

pytestmark = pytest.mark.browser

PAGES = ("index.html", "classes/spring-2.html", "en/index.html", "en/hosts/chenguang-bearing.html")


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("calendar")
    for path, make in site(hand.schedule()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(make())
    return Path(folder).as_uri()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_it(
    open_page: OpenPage, calendar: str, accessible: Check, width: int, *, dark: bool
) -> None:
    for name in PAGES:
        page = open_page(f"{calendar}/{name}", width=width, dark=dark)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
        accessible(page)


def test_one_finds_the_way_by_links_alone(open_page: OpenPage, calendar: str) -> None:
    page = open_page(f"{calendar}/index.html")
    page.get_by_role("link", name="春季一班（示例）").first.click()
    page.get_by_role("heading", name="春季一班（示例）", level=1).wait_for()
    page.get_by_role("link", name="钱塘云联（示例）").click()
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Qiantang Cloud (sample)", level=1).wait_for()
    page.get_by_role("link", name="← Whole calendar").click()
    page.get_by_role("heading", name="Site visits (sample)").wait_for()


def test_paper_is_white_and_has_no_controls(open_page: OpenPage, calendar: str) -> None:
    page = open_page(f"{calendar}/index.html", dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.visit')).color") != "rgb(181, 211, 255)"
    assert not page.locator(".months").is_visible()
    assert page.locator(".visit").first.is_visible()
