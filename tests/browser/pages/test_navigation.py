"""From page to page, in each structure."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, until
from tests.browser.pages.conftest import question, submit

pytestmark = pytest.mark.browser


def test_one_sco_never_unloads_its_document(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/index.html")
    page.evaluate("globalThis.stayed = true")
    page.get_by_role("link", name="开始学习").click()
    expect(page).to_have_title("正文、表格与图 · 页面陈列室")
    assert page.url == f"{single}/prose.html"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.locator(".body a", has_text="下一课").click()
    expect(page.locator("h1")).to_have_text("只有正文的一课")
    page.go_back()
    expect(page.locator("h1")).to_have_text("正文、表格与图")
    page.get_by_role("button", name="目录").click()
    page.locator("dialog a", has_text="八种题型").click()
    expect(page.locator("h1")).to_have_text("八种题型")
    expect(page.locator("dialog")).to_be_hidden()
    question(page, "judge").locator("input[value=false]").check()
    expect(submit(page, "judge")).to_contain_text("回答正确")
    page.locator(".home").click()
    expect(page.locator("h1")).to_have_text("页面陈列室")
    expect(page.locator(".last-at")).to_contain_text("上次学到《八种题型》")
    assert page.evaluate("globalThis.stayed") is True


def test_a_page_that_does_not_come_is_told(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/index.html")
    page.route("**/prose.html", lambda route: route.fulfill(status=200, body="<p>login"))
    page.get_by_role("link", name="开始学习").click()
    expect(page.locator(".notice-warning")).to_contain_text("《正文、表格与图》没有打开")
    page.unroute("**/prose.html")
    page.get_by_role("link", name="开始学习").click()
    expect(page.locator("h1")).to_have_text("正文、表格与图")
    expect(page.locator(".notice-warning")).to_have_count(0)


def test_plain_pages_are_ordinary_links_and_resume(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/index.html")
    page.get_by_role("link", name="开始学习").click()
    expect(page.locator("h1")).to_have_text("正文、表格与图")
    page.locator(".turn .next").click()
    expect(page.locator("h1")).to_have_text("只有正文的一课")
    page.get_by_role("button", name="完成本课").click()
    page.goto(f"{pages}/index.html")
    expect(page.locator(".last-at")).to_contain_text("欢迎回来。上次学到《只有正文的一课》")
    expect(page.locator('.lessons a[data-lesson="plain"] .state')).to_have_text("已完成")
    expect(page.locator("#progress")).to_contain_text("已完成 1/4 课")
    expect(page.locator("#progress")).to_contain_text("进度保存在本浏览器")
    page.get_by_role("link", name="继续学习").click()
    expect(page.locator("h1")).to_have_text("八种题型")


def test_the_place_in_a_lesson_is_offered_again(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/prose.html")
    page.wait_for_selector(".diagram-picture svg >> nth=1")
    page.evaluate("document.getElementById('boxes').scrollIntoView()")
    until(page, "JSON.stringify(localStorage).includes('#boxes')")
    page.goto(f"{pages}/prose.html")
    page.get_by_role("link", name="回到上次的位置").click()
    assert page.evaluate("document.activeElement.id") == "boxes"


def test_a_locked_lesson_says_what_comes_first(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/last.html")
    expect(page.locator(".locked")).to_contain_text("本课尚未解锁")
    expect(page.locator("main")).not_to_contain_text("这是最后一题")
    page.locator(".locked a", has_text="八种题型").click()
    expect(page.locator("h1")).to_have_text("八种题型")


def test_a_lesson_launched_alone_leads_nowhere_else(open_page: OpenPage, lessons: str) -> None:
    page = open_page(f"{lessons}/prose.html")
    expect(page.locator(".notice")).to_contain_text("未连接学习平台")
    assert page.locator('a[href="index.html"], .turn').count() == 0
    expect(page.locator("details.intro")).to_have_count(2)
    page.locator(".body a", has_text="下一课").click()
    expect(page.locator(".notices")).to_contain_text("《只有正文的一课》请在学习平台的课程目录中打开")
    assert page.url == f"{lessons}/prose.html"
    page.get_by_role("button", name="目录").click()
    expect(page.locator("dialog a").first).to_have_text("列表")
    assert page.locator("dialog a[data-lesson]").count() == 0


def test_diagrams_are_drawn_one_after_another(open_page: OpenPage, single: str) -> None:
    """Whoever turns pages quickly has several on their way; styles of one never reach the page as the other's."""
    page = open_page(f"{single}/prose.html")
    page.wait_for_selector(".diagram-picture svg >> nth=1")
    source = "flowchart TD\n  A[诊断] --> B[规划]\n  style A fill:#f96"
    drawn = page.evaluate(
        "async (source) => (await Promise.all([1, 2, 3].map(() => lingjunDraw(source, false, 480)))).map((svg) => svg.id)",
        source,
    )
    assert len(set(drawn)) == 3
