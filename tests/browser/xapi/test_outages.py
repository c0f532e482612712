"""The store is away or slow, tabs are closed at the worst moment: nothing is lost, nothing comes twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages.conftest import answer_all, question
from tests.browser.xapi.classroom import only
from tests.browser.xapi.conftest import Enrol
from tests.browser.xapi.test_course import RESPONSES, check_ids_and_order, finish
from tests.browser.xapi.test_sessions import answer_final

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("kind", "seconds"), [("cmi5", 10), ("xapi", 0)])
def test_away_for_ten_seconds_more_and_no_more(enrol: Enrol, kind: str, seconds: float) -> None:
    learner = enrol(kind, "lessons" if kind == "cmi5" else "single")
    trial = learner.trial
    page = learner.open(":kinds" if kind == "cmi5" else "")
    if kind == "xapi":
        page.locator('.lessons a[data-lesson="kinds"]').click()
    trial.until_told("initialized")
    trial.be_away(600)
    answer_all(page, right=True)
    expect(page.locator(".notice[data-notice=trouble]")).to_contain_text("正在重试")
    trial.be_away(seconds)
    trial.until_told("answered scale")
    expect(page.locator(".notice[data-notice=trouble]")).to_have_count(0)
    finish(page)
    learner.close(page)
    trial.until_told("terminated")
    answers = [v.removeprefix("answered ") for v in trial.verbs() if v.startswith("answered")]
    assert answers == list(RESPONSES)
    check_ids_and_order(learner)


def test_away_while_the_course_opens(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    address = learner.trial.address(":last")
    learner.trial.be_away(4)
    page = learner.context.new_page()
    page.goto(address)
    page.locator("header.bar .tools").wait_for()
    answer_final(page, "true")
    learner.leave(page)
    assert learner.trial.verbs() == ["initialized", "answered final", "progressed", "suspended", "terminated"]


def test_a_slow_store(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    learner.trial.be_slow(0.7)
    page = learner.open(":last")
    answer_final(page, "true")
    finish(page)
    learner.close(page)
    learner.trial.until_told("terminated")
    assert learner.trial.unit_verbs() == ["initialized", "completed", "passed", "terminated"]
    assert learner.trial.verbs().count("answered final") == 1


def test_a_link_clicked_before_the_session_is_open_waits(enrol: Enrol) -> None:
    """Followed at once it would unload the document, and the session would end before it began."""
    learner = enrol("cmi5", "single")
    address = learner.trial.address()
    learner.trial.be_slow(0.5)
    page = learner.context.new_page()
    page.goto(address)
    page.locator('.lessons a[data-lesson="kinds"]').click()
    page.locator('main[data-lesson="kinds"]').wait_for()
    learner.trial.be_slow(0)
    assert "terminated" not in learner.trial.verbs()
    learner.leave(page)
    learner.trial.until_told("initialized", "terminated")


def test_the_tab_is_closed_right_after_an_answer(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons")
    page = learner.open(":last")
    learner.trial.until_told("initialized")
    answer_final(page, "true")
    finish(page)
    learner.close(page)
    learner.trial.until_told("terminated")
    assert learner.trial.unit_verbs() == ["initialized", "completed", "passed", "terminated"]
    assert only(learner.trial.statements(), "answered final")["result"]["success"] is True
    page = learner.open(":last")  # what the browser still kept is known to have arrived
    learner.leave(page)
    assert learner.trial.verbs(1) == ["initialized", "resumed", "terminated"]
    check_ids_and_order(learner)


@pytest.mark.parametrize("kind", ["cmi5", "xapi"])
def test_away_until_after_the_tab_is_closed(enrol: Enrol, kind: str) -> None:
    learner = enrol(kind, "lessons" if kind == "cmi5" else "single")
    trial = learner.trial
    page = learner.open(":kinds" if kind == "cmi5" else "")
    if kind == "xapi":
        page.locator('.lessons a[data-lesson="kinds"]').click()
    trial.until_told("initialized")
    trial.be_away(600)
    answer_all(page, right=True)
    finish(page)
    learner.close(page)
    trial.until_heard("terminated")
    assert trial.verbs() == ["initialized"]
    trial.be_away(0)
    page = learner.open(":kinds" if kind == "cmi5" else "")
    trial.until_told("answered scale")
    learner.close(page)
    trial.until(lambda: trial.verbs().count("terminated") == (1 if kind == "cmi5" else 2))
    answers = [v.removeprefix("answered ") for v in trial.verbs() if v.startswith("answered")]
    assert answers == list(RESPONSES)
    if kind == "cmi5":
        assert trial.unit_verbs(0) == ["initialized"]
        assert trial.unit_verbs(1) == ["initialized", "completed", "passed", "terminated"]
    expected = len({s["id"] for s in trial.statements()})
    assert expected == len(trial.statements())


def test_two_launches_of_one_learner(enrol: Enrol) -> None:
    """The LMS ends the first session when another begins; what was done in the first is not lost."""
    learner = enrol("cmi5", "lessons", lenient=True)
    trial = learner.trial
    first = learner.open(":last")
    trial.until_told("initialized")
    second = learner.open(":kinds")
    answer_final(first, "true")
    expect(first.locator(".notice[data-notice=trouble]")).to_contain_text("不会被记录")
    learner.close(first)
    learner.close(second)
    again = learner.open(":last")
    trial.until_told("answered final")
    expect(question(again, "final").locator(".outcome")).to_contain_text("回答正确")
    learner.close(again)
