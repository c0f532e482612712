"""Sessions after one another: resume, fail and retry, review and browse, reload, a token used twice."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from catalog.trial.cmi5.session import LaunchMode
from tests.browser.pages.conftest import answer_all, question, submit
from tests.browser.xapi.classroom import Learner, only
from tests.browser.xapi.conftest import Enrol
from tests.browser.xapi.test_course import MASTERY, check_ids_and_order, finish

pytestmark = pytest.mark.browser


def answer_final(page: Page, value: str) -> None:
    """Answer the one question of the lesson `last`."""
    question(page, "final").locator(f"input[value={value}]").check()
    submit(page, "final")


def retake(page: Page) -> None:
    """Ask for another attempt and confirm it."""
    page.get_by_role("button", name="重新作答").click()
    page.get_by_role("button", name="确定，重新作答").click()


def test_leave_and_resume(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":kinds")
    question(page, "judge").locator("input[value=false]").check()
    submit(page, "judge")
    learner.leave(page)
    page = learner.open(":kinds")
    expect(question(page, "judge").locator(".outcome")).to_contain_text("回答正确")
    learner.leave(page)
    first, second = learner.trial.verbs(0), learner.trial.verbs(1)
    assert first == ["initialized", "answered judge", "progressed", "suspended", "terminated"]
    assert second == ["initialized", "resumed", "suspended", "terminated"]
    check_ids_and_order(learner)


@pytest.mark.parametrize("kind", ["cmi5", "xapi"])
def test_fail_retry_pass(enrol: Enrol, kind: str) -> None:
    learner = enrol(kind, "lessons" if kind == "cmi5" else "single")
    page = open_last(learner, kind)
    answer_final(page, "false")
    if kind == "cmi5":
        finish(page)
    learner.close(page)
    learner.trial.until_told("terminated")
    if kind == "xapi":
        return
    assert learner.trial.unit_verbs(0) == ["initialized", "completed", "failed", "terminated"]
    failed = only(learner.trial.statements(), "failed")
    assert failed["result"]["score"] == {"scaled": 0, "raw": 0, "min": 0, "max": 100}
    assert failed["result"]["success"] is False
    page = learner.open(":last")
    retake(page)
    answer_final(page, "true")
    learner.trial.until_told("passed")
    learner.leave(page)
    assert learner.trial.unit_verbs(1) == ["initialized", "passed", "terminated"]
    page = learner.open(":last")
    learner.leave(page)
    assert learner.trial.unit_verbs(2) == ["initialized", "terminated"]
    check_ids_and_order(learner)


def open_last(learner: Learner, kind: str) -> Page:
    """The lesson `last`; in one unit for the course it opens after those before it."""
    if kind == "cmi5":
        return learner.open(":last")
    page = learner.open()
    page.locator('.lessons a[data-lesson="kinds"]').click()
    answer_all(page, right=False)
    finish(page)
    page.locator('a[data-lesson="last"]').first.click()
    return page


def test_fail_retry_pass_in_one_session(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    answer_final(page, "false")
    finish(page)
    retake(page)
    answer_final(page, "true")
    learner.trial.until_told("passed")
    learner.leave(page)
    assert learner.trial.unit_verbs() == ["initialized", "completed", "passed", "terminated"]


def test_a_failure_is_told_once(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    answer_final(page, "false")
    finish(page)
    learner.leave(page)
    page = learner.open(":last")
    learner.leave(page)
    assert learner.trial.unit_verbs() == [
        "initialized",
        "completed",
        "failed",
        "terminated",
        "initialized",
        "terminated",
    ]


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_nothing_else_is_recorded(enrol: Enrol, mode: LaunchMode) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    answer_final(page, "false")
    learner.leave(page)
    before = learner.trial.state("state")
    page = learner.open(":last", mode)
    expect(page.locator(".notice[data-notice=mode]")).to_be_visible()
    if mode == "Browse":
        page.get_by_role("button", name="完成本课").click()
    learner.leave(page)
    assert learner.trial.verbs(1) == ["initialized", "terminated"]
    assert learner.trial.state("state") == before


def reload(page: Page) -> None:
    """As with the keyboard; the browser itself gets no key from Playwright."""
    page.keyboard.press("F5")
    page.reload()
    page.locator("header.bar .tools").wait_for()


def test_reload_goes_on(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    reload(page)
    answer_final(page, "true")
    finish(page)
    reload(page)
    expect(question(page, "final").locator(".outcome")).to_contain_text("回答正确")
    learner.leave(page)
    assert learner.trial.unit_verbs() == ["initialized", "completed", "passed", "terminated"]
    assert learner.trial.verbs().count("answered final") == 1
    check_ids_and_order(learner)


def test_reload_goes_on_inside_a_course(enrol: Enrol) -> None:
    """The address of a lesson's page holds nothing of the launch any more."""
    learner = enrol("cmi5", "single")
    page = learner.open()
    page.locator('.lessons a[data-lesson="kinds"]').click()
    question(page, "judge").locator("input[value=false]").check()
    submit(page, "judge")
    assert page.url.endswith("/kinds.html")
    reload(page)
    expect(question(page, "judge").locator(".outcome")).to_contain_text("回答正确")
    learner.leave(page)
    assert learner.trial.unit_verbs() == ["initialized", "terminated"]


def test_a_token_used_twice(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.context.new_page()
    address = learner.trial.address(":last")
    page.goto(address)
    page.locator("header.bar .tools").wait_for()
    other = learner.context.new_page()
    other.goto(address)
    expect(other.locator(".notice[data-notice=trouble]")).to_contain_text("不会被记录")
    answer_final(other, "true")
    expect(question(other, "final").locator(".outcome")).to_contain_text("回答正确")
    learner.close(other)
    learner.leave(page)
    assert learner.trial.verbs() == ["initialized", "suspended", "terminated"]


def test_a_session_that_is_over_leads_back_to_the_lms(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    page.reload()  # by the browser's button: the page can't tell it from being left
    page.wait_for_url("**/trial/trial.html")
    assert learner.trial.verbs() == ["initialized", "suspended", "terminated"]


def test_back_to_a_session_that_is_over(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    learner.leave(page)
    page.go_back()
    page.wait_for_url("**/trial/trial.html")
    assert learner.trial.verbs() == ["initialized", "suspended", "terminated"]


def test_without_an_lms(enrol: Enrol) -> None:
    learner = enrol("cmi5", "single")
    page = learner.context.new_page()
    page.goto(f"http://localhost:{learner.trial.port}/package/index.html")
    expect(page.locator(".notice[data-notice=trouble]")).to_contain_text("未连接学习平台")
    assert page.locator(".tool-exit").count() == 0


def test_the_lms_decides_the_mark(enrol: Enrol) -> None:
    """An LMS may ask for more than the course does (cmi5 10.2.4)."""
    learner = enrol("cmi5", "lessons")
    lms = learner.trial.run.lms
    assert lms is not None
    progress = next(each for key, each in lms.registration.units.items() if key.endswith(":kinds"))
    progress.unit = replace(progress.unit, mastery_score=0.95)
    page = learner.open(":kinds")
    answer_all(page, right=True)
    finish(page)
    learner.trial.until_told("passed")
    learner.leave(page)
    passed = only(learner.trial.statements(), "passed")
    assert passed["context"]["extensions"][MASTERY] == 0.95

    other = enrol("cmi5", "lessons")
    assert other.trial.run.lms is not None
    progress = next(
        each for key, each in other.trial.run.lms.registration.units.items() if key.endswith(":last")
    )
    progress.unit = replace(progress.unit, mastery_score=0.0)
    page = other.open(":last")
    answer_final(page, "false")
    finish(page)
    other.trial.until_told("passed")
    other.leave(page)


def test_words_in_the_learners_language(enrol: Enrol) -> None:
    learner = enrol("cmi5", "single", language="en")
    page = learner.open()
    expect(page.locator(".tool-exit")).to_have_text("Leave the course")
