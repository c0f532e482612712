"""The gallery as a site in each structure, and axe."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from exporters.pages import Structure
from tests.browser.conftest import Serve
from tests.support.axe import violations
from tests.support.gallery import gallery, write_site

Check = Callable[[Page], None]


def _site(serve: Serve, folder: Path, structure: Structure) -> Iterator[str]:
    write_site(
        gallery(), folder, runtime="local" if structure == "pages" else "scorm2004", structure=structure
    )
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def pages(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Plain web pages."""
    yield from _site(serve, tmp_path_factory.mktemp("site") / "pages", "pages")


@pytest.fixture(scope="session")
def single(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One SCO for the course."""
    yield from _site(serve, tmp_path_factory.mktemp("site") / "single", "single")


@pytest.fixture(scope="session")
def lessons(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One SCO a lesson."""
    yield from _site(serve, tmp_path_factory.mktemp("site") / "lessons", "lessons")


@pytest.fixture(scope="session")
def accessible() -> Check:
    """Fails with what axe finds on a page: WCAG 2.2 A and AA, and best practices."""

    def check(page: Page) -> None:
        assert violations(page) == []

    return check


def question(page: Page, identifier: str) -> Locator:
    """One question's section."""
    return page.locator(f'.question[data-question="{identifier}"]')


def submit(page: Page, identifier: str) -> Locator:
    """Press a question's button; its outcome."""
    question(page, identifier).locator("button[type=submit]").click()
    return question(page, identifier).locator(".outcome")


def answer_all(page: Page, *, right: bool) -> None:
    """Answer every question of the lesson `kinds` until it is final."""
    for option in ["c"] if right else ["a", "b"]:
        question(page, "one").locator(f"input[value={option}]").check()
        submit(page, "one")
    for option in "ab" if right else "ac":
        question(page, "several").locator(f"input[value={option}]").check()
    submit(page, "several")
    question(page, "judge").locator(f"input[value={'false' if right else 'true'}]").check()
    submit(page, "judge")
    for capital in ["北京"] if right else ["南京", "西安"]:
        question(page, "blanks").locator("input").nth(0).fill(capital)
        question(page, "blanks").locator("input").nth(1).fill("上海")
        submit(page, "blanks")
    question(page, "number").locator("input").fill("400" if right else "40")
    submit(page, "number")
    answer_pairs(page, right=right)
    answer_order(page, right=right)
    question(page, "essay").locator("textarea").fill("准时交付率由 82% 提高到 95%。")
    submit(page, "essay")
    question(page, "scale").locator("input").nth(3).check()
    submit(page, "scale")


def answer_pairs(page: Page, *, right: bool) -> None:
    """Match each source with its target, or all with the first target."""
    menus = question(page, "pairs").locator("select")
    for row, words in enumerate(["联网率", "订单对接", "主数据清单"]):
        menus.nth(row).select_option(label=words if right else "联网率")
    submit(page, "pairs")


def answer_order(page: Page, *, right: bool) -> None:
    """Move the items into the right order with the buttons, or leave them in the wrong one."""
    rows = question(page, "order").locator(".sequence li")
    for place, words in enumerate(["诊断现状", "选择场景", "测算投入", "分阶段实施"] if right else []):
        while words not in rows.nth(place).inner_text():
            rows.filter(has_text=words).locator("button").first.click()
    submit(page, "order")
    if not right:
        submit(page, "order")  # an order that nobody moved is confirmed
