"""A lesson with every question type, from the skip link to 完成本课, without a pointer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages.conftest import question

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on `selector`; what has the focus must be in view and not under the bar."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect();
                if (at === document.body || at.closest('.bar, .skip, dialog')) return true;
                const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
                return box.bottom > bar && box.top < innerHeight && box.width > 0;
            }"""
        ), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"no way to {selector}")


def test_a_whole_lesson(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/kinds.html", width=360, height=740)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    answer_boxes(page)
    for name, keys in (("blanks", ["北京", "Tab", "上海"]), ("number", ["400"]), ("essay", ["写一点"])):
        tab_to(page, f'[data-question="{name}"] :is(input, textarea)')
        for key in keys:
            if key == "Tab":
                page.keyboard.press(key)
            else:
                page.keyboard.insert_text(key)
        press_submit(page, name)
    for _ in range(3):
        tab_to(page, '[data-question="pairs"] select')
        page.keyboard.press("ArrowDown")
    press_submit(page, "pairs")
    tab_to(page, '[data-question="order"] .move[aria-label^="下移"]')
    item = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == item
    expect(page.locator("[role=status].visually-hidden")).to_contain_text("现在是第 2 项，共 4 项")
    press_submit(page, "order")
    tab_to(page, '[data-question="scale"] input')
    page.keyboard.press(" ")
    press_submit(page, "scale")
    tab_to(page, ".finish button")
    page.keyboard.press("Enter")
    expect(page.locator(".finish-done")).to_have_text("本课已完成")


def answer_boxes(page: Page) -> None:
    """Radio buttons and check boxes: two tries for the first question, by arrow keys."""
    tab_to(page, '[data-question="one"] input')
    page.keyboard.press("ArrowDown")
    press_submit(page, "one")
    expect(question(page, "one").locator(".tries")).to_have_text("还可再试 1 次")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    press_submit(page, "one")
    for name in ("several", "judge"):
        tab_to(page, f'[data-question="{name}"] input')
        page.keyboard.press(" ")
        press_submit(page, name)


def press_submit(page: Page, name: str) -> None:
    """Tab to a question's button and press it; the outcome shows."""
    tab_to(page, f'[data-question="{name}"] button[type=submit]', most=12)
    page.keyboard.press("Enter")
    expect(question(page, name).locator(".outcome-text")).to_be_visible()


def test_drawer_and_settings_give_the_focus_back(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/kinds.html")
    tab_to(page, ".tool-contents")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [aria-current=page]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".tool-contents")).to_be_focused()
    tab_to(page, ".settings .tool")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.size") == "2"
    page.keyboard.press("Escape")
    expect(page.locator(".settings .tool")).to_be_focused()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.size") == "2"
