"""What a reader sees: line length, reflow, targets, themes, diagrams, print, and pages without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, until

pytestmark = pytest.mark.browser
PAGES = ["index.html", "prose.html", "kinds.html"]


@pytest.mark.parametrize("name", PAGES)
def test_reflows_at_320_pixels(open_page: OpenPage, pages: str, name: str) -> None:
    page = open_page(f"{pages}/{name}", width=320, height=640)
    page.wait_for_selector(".bar .tool")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_large_enough(open_page: OpenPage, pages: str, name: str) -> None:
    page = open_page(f"{pages}/{name}", width=360, height=740)
    page.wait_for_selector(".bar .tool")
    # WCAG 2.5.8 excepts links in a line of text; a box's label is part of its target.
    small = page.evaluate("""() => Array.from(document.querySelectorAll('button, select, input, summary, a'))
        .filter((one) => one.offsetParent && !(one.matches('a') && one.closest('p, dd, li:not(.lessons li), sup')))
        .filter((one) => !one.disabled && !one.closest('li.task'))
        .map((one) => ({ box: (one.closest('label') ?? one).getBoundingClientRect(), html: one.outerHTML.slice(0, 90) }))
        .filter(({ box }) => box.width < 24 || box.height < 24).map(({ html }) => html)""")
    assert small == []


def test_a_line_holds_36_to_40_han_characters(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/plain.html")
    width = page.evaluate("""() => { const one = document.querySelector('.body p'), style = getComputedStyle(one);
        return one.getBoundingClientRect().width / parseFloat(style.fontSize); }""")
    assert 36 <= width <= 40


def test_theme_follows_the_system_until_chosen(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/plain.html", dark=True)
    assert ground(page) == "rgb(16, 24, 27)"
    page.get_by_role("button", name="阅读设置").click()
    page.get_by_role("radio", name="浅色").check()
    assert ground(page) == "rgb(250, 248, 243)"
    page.reload()
    assert ground(page) == "rgb(250, 248, 243)"


@pytest.mark.parametrize("dark", [False, True])
def test_an_unchosen_radio_is_hollow(open_page: OpenPage, pages: str, *, dark: bool) -> None:
    page = open_page(f"{pages}/kinds.html", dark=dark)
    radios = page.locator('[data-question="one"] input[type=radio]')
    radios.nth(0).check()
    style = """one => { const { appearance, backgroundColor, borderTopWidth } = getComputedStyle(one);
        return [appearance, backgroundColor, parseFloat(borderTopWidth) / one.offsetWidth]; }"""
    chosen, hollow = radios.nth(0).evaluate(style), radios.nth(1).evaluate(style)
    assert hollow[:2] == ["none", "rgba(0, 0, 0, 0)"]
    assert hollow[2] < 0.15
    assert chosen[2] > 0.3


def ground(page: Page) -> str:
    """The colour of the paper."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_diagrams_are_drawn_under_the_strict_policy(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/prose.html")
    chart = page.locator(".diagram").first
    expect(chart.locator("svg")).to_have_attribute("role", "img")
    expect(chart.locator("svg")).to_contain_text("诊断与选场景")
    # Styled: a node is filled with the page's own colour, not with the black of a lost style sheet.
    fill = "getComputedStyle(document.querySelector('.diagram .node rect')).fill"
    assert page.evaluate(fill) == "rgb(226, 238, 236)"
    # Measured with its own font: every label fits the box that was drawn for it.
    assert page.evaluate("""() => Array.from(document.querySelectorAll('.diagram .node')).every((node) => {
        const label = node.querySelector('.nodeLabel'), shape = node.querySelector('.label-container');
        return !label || label.getBoundingClientRect().width <= shape.getBoundingClientRect().width; })""")
    chart.locator("summary").click()
    expect(chart.locator("pre")).to_contain_text("flowchart LR")
    page.get_by_role("button", name="阅读设置").click()
    page.get_by_role("radio", name="深色").check()
    until(page, f"{fill} === 'rgb(24, 50, 58)'")


def test_a_diagram_that_cannot_be_drawn_shows_its_text(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/plain.html")
    page.route(
        "**/prose.html",
        lambda route: route.fulfill(body=broken(route.fetch().text()), content_type="text/html"),
    )
    page.goto(f"{pages}/prose.html")
    first = page.locator(".diagram").first
    expect(first).to_contain_text("图示未能绘制")
    expect(first.locator("pre")).to_be_visible()
    expect(page.locator(".diagram").nth(1).locator("svg")).to_be_visible()


def broken(html: str) -> str:
    """The page with a mistake in its first diagram."""
    return html.replace("A[经营问题]", "A[[[经营问题")


@pytest.mark.parametrize("name", PAGES)
def test_readable_without_scripts(chromium: Browser, pages: str, name: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{pages}/{name}")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".no-script")).to_contain_text("JavaScript")
        expect(page.get_by_role("button", name="提交答案")).to_have_count(0)
        if name == "kinds.html":
            expect(page.locator(".question")).to_have_count(9)
            expect(page.locator(".turn .next")).to_be_visible()
        for hint in page.locator(".explanation, .option-feedback, .model").all():
            expect(hint).to_be_hidden()


def test_print_leaves_the_controls_out(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/kinds.html", dark=True)
    page.wait_for_selector(".bar .tool")
    page.emulate_media(media="print")
    for control in (".bar", ".turn", ".finish", ".question .actions >> nth=0"):
        expect(page.locator(control)).to_be_hidden()
    assert ground(page) == "rgb(255, 255, 255)"
