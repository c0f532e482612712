"""Answering: outcome, feedback, another try, explanation, completing the lesson, result and retake."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages.conftest import answer_all, answer_order, answer_pairs, question, submit

pytestmark = pytest.mark.browser
SCORED = ["one", "several", "judge", "blanks", "number", "pairs", "order"]


def test_right_answers(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    answer_all(page, right=True)
    for name in SCORED:
        expect(question(page, name).locator(".outcome")).to_contain_text("回答正确")
        expect(question(page, name).locator("button[type=submit]")).to_be_hidden()
    expect(question(page, "one").locator(".outcome")).to_contain_text("得 2 分")
    expect(question(page, "essay").locator(".model")).to_contain_text("准时交付率")
    expect(question(page, "scale").locator(".outcome")).to_contain_text("已记录")


def test_wrong_answers_tell_the_right_one(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    answer_all(page, right=False)
    for name in SCORED:
        expect(question(page, name).locator(".outcome-text")).to_have_text("回答错误")
    right = question(page, "one").locator('[data-option="c"] label')
    expect(right).to_contain_text("正确选项")
    expect(question(page, "blanks").locator(".solution")).to_contain_text("第 1 空：北京 或 北京市")
    expect(question(page, "number").locator(".solution")).to_contain_text("399 至 401")
    expect(question(page, "pairs").locator(".mark-wrong")).to_have_count(2)
    expect(question(page, "order").locator(".solution li").first).to_have_text("诊断现状")


def test_a_second_try(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    one = question(page, "one")
    expect(one.locator(".tries")).to_have_text("可作答 2 次")
    expect(submit(page, "one")).to_contain_text("请先选择一个选项")
    one.locator("input[value=a]").check()
    expect(submit(page, "one")).to_contain_text("回答错误")
    expect(one.locator('[data-option="a"] .option-feedback')).to_be_visible()
    expect(one.locator('[data-option="b"] .option-feedback')).to_be_hidden()
    expect(one.locator(".explanation")).to_be_hidden()
    expect(one).not_to_contain_text("正确选项")
    expect(one.locator(".tries")).to_have_text("还可再试 1 次")
    expect(submit(page, "one")).to_contain_text("答案没有变化")
    one.locator("input[value=c]").check()
    expect(one.locator(".outcome")).to_be_hidden()
    expect(submit(page, "one")).to_contain_text("回答正确")
    expect(one.locator(".explanation")).to_contain_text("看现状、目标和期限")
    expect(one.locator(".explanation")).not_to_contain_text("解析：")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("several", "至少一个选项"),
        ("judge", "选择一个选项"),
        ("blanks", "第 1 空"),
        ("number", "填写一个数字"),
        ("essay", "写下你的回答"),
        ("pairs", "每一项"),
        ("scale", "选择一个选项"),
    ],
)
def test_nothing_answered_is_no_try(open_page: OpenPage, single: str, name: str, words: str) -> None:
    page = open_page(f"{single}/kinds.html")
    expect(submit(page, name)).to_contain_text(words)
    expect(question(page, name).locator("button[type=submit]")).to_be_visible()
    assert question(page, name).locator(":focus").count() == 1


def test_an_order_that_nobody_moved_is_confirmed_first(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    order = question(page, "order")
    tries = order.locator(".tries").inner_text()
    expect(submit(page, "order")).to_contain_text("顺序还没有调整。若确定，请再次提交。")
    expect(page.get_by_role("status").filter(has_text="顺序还没有调整")).to_have_count(1)
    expect(order.locator("button[type=submit]")).to_be_focused()
    expect(order.locator(".tries")).to_have_text(tries)
    expect(submit(page, "order").locator(".outcome-text")).to_have_text("回答错误")


def test_a_moved_order_is_judged_at_once(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    answer_order(page, right=True)
    expect(question(page, "order").locator(".outcome")).to_contain_text("回答正确")


def test_completing_a_lesson(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    finish = page.get_by_role("button", name="完成本课")
    expect(finish).to_have_attribute("aria-disabled", "true")
    missing = page.locator(".finish-hint a")
    expect(missing).to_have_text([f"第 {number} 题" for number in (1, 2, 3, 4, 5, 7, 8)])
    finish.click(force=True)
    assert focused(page) == "question-one"
    answer_all(page, right=True)
    expect(page.locator(".finish-hint")).to_contain_text("学完后")
    finish.click()
    expect(page.locator(".finish-done")).to_have_text("本课已完成")
    expect(page.locator(".finish-ways a").first).to_have_text("下一课：最后一课")


def test_fail_then_retake_then_pass(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    answer_all(page, right=False)
    complete(page)
    finish_the_others(page, "false")
    page.locator(".finish").get_by_role("link", name="成绩与答案").click()
    expect(page.locator(".verdict")).to_have_text("未通过")
    expect(page.locator(".score")).to_contain_text("合格线 60%")
    page.get_by_role("button", name="重新作答").click()
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".verdict")).to_have_text("未通过")
    page.get_by_role("button", name="重新作答").click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".verdict")).to_have_text("学习中")
    page.locator('.lessons a[data-lesson="kinds"]').click()
    answer_all(page, right=True)
    page.locator(".turn .next").click()
    question(page, "final").locator("input[value=true]").check()
    submit(page, "final")
    page.locator(".home").click()
    expect(page.locator(".verdict")).to_have_text("已通过")
    expect(page.locator(".score strong")).to_have_text("100%")
    expect(page.get_by_role("button", name="重新作答")).to_have_count(0)


def test_the_review_leads_to_every_answer(open_page: OpenPage, single: str) -> None:
    page = open_page(f"{single}/kinds.html")
    question(page, "judge").locator("input[value=false]").check()
    submit(page, "judge")
    page.locator(".home").click()
    page.locator(".review-lesson summary").first.click()
    rows = page.locator(".review-lesson").first.locator("li")
    expect(rows.nth(2)).to_contain_text("回答正确")
    expect(rows.nth(0)).to_contain_text("未作答")
    rows.nth(2).locator("a").click()
    page.wait_for_selector("#question-judge")
    assert focused(page) == "question-judge"
    expect(question(page, "judge").locator(".explanation")).to_be_visible()


def test_answers_come_back(open_page: OpenPage, pages: str) -> None:
    page = open_page(f"{pages}/kinds.html")
    answer_pairs(page, right=True)
    answer_order(page, right=True)
    question(page, "blanks").locator("input").nth(0).fill("北京")
    question(page, "blanks").locator("input").nth(1).fill("上海市")
    submit(page, "blanks")
    page.reload()
    chosen = question(page, "pairs").locator("select").first.locator("option:checked")
    expect(chosen).to_have_text("联网率")
    expect(question(page, "order").locator(".outcome")).to_contain_text("回答正确")
    expect(question(page, "blanks").locator("input").nth(1)).to_have_value("上海市")


def focused(page: Page) -> str:
    """The identifier of the element with the focus."""
    return str(page.evaluate("document.activeElement.id"))


def complete(page: Page) -> None:
    """Complete the lesson on the page."""
    page.get_by_role("button", name="完成本课").click()
    expect(page.locator(".finish-done")).to_be_visible()


def finish_the_others(page: Page, final: str) -> None:
    """The last lesson's one question, then the two lessons without questions."""
    page.locator(".turn .next").click()
    question(page, "final").locator(f"input[value={final}]").check()
    submit(page, "final")
    complete(page)
    for name in ("prose", "plain"):
        page.locator(".home").click()
        page.locator(f'.lessons a[data-lesson="{name}"]').click()
        complete(page)
