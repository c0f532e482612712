"""The catalogue's pages in a browser: axe finds nothing, nothing is cut off, no other host is asked, no script needed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from catalog.demonstration import place
from tests.browser.conftest import OpenPage
from tests.support.axe import violations
from tests.support.serve_process import serving

ADDRESSES = (
    "/",
    "/?q=数字化&theme=digital-empowerment",
    "/?q=量子&lang=en",
    "/courses/sample/digital-roadmap?lms=moodle",
    "/courses/sample/supply-chain-entry-en?lang=en",
    "/curricula?kind=camp",
    "/curricula/tsinghua/sample-specialized-innovative?lang=en&lms=moodle",
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration, served."""
    settings = place.settings_of(tmp_path_factory.mktemp("demo") / "catalogue", 8800)
    place.prepare(settings, 40)
    with serving(settings.data, LINGJUN_QUEUE_WORKERS="0") as server:
        yield server.address.rstrip("/")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(catalogue: str, open_page: OpenPage, width: int, dark: bool) -> None:
    for address in ADDRESSES:
        page = open_page(f"{catalogue}{address}", width=width, dark=dark)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_everything_works_without_scripts(catalogue: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(catalogue)
    page.get_by_role("searchbox").fill("路线图")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="数字化赋能").first.click()
    assert "q=" in page.url
    assert "theme=digital-empowerment" in page.url
    page.get_by_role("link", name="数字化转型诊断与路线图", exact=True).click()
    page.get_by_role("link", name="Moodle").click()
    assert page.get_by_role("heading", name="导入步骤").is_visible()
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", name="How to import").is_visible()
    context.close()


def test_the_keyboard_reaches_the_content_first(catalogue: str, open_page: OpenPage) -> None:
    page = open_page(catalogue)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
