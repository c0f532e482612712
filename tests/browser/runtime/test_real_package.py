"""Exported packages, played with the mouse in scorm-again: what the pages do is what the LMS records."""

import re
from typing import Any, cast

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.browser.pages.conftest import answer_all, question, submit
from tests.browser.pages.test_questions import complete, finish_the_others
from tests.browser.runtime.classroom import recorded
from tests.support.standards import violations
from tests.support.static_server import StaticServer

pytestmark = pytest.mark.browser


class Attempt:
    """The package open in an LMS's frame. `page` is that frame: it has all that the tests of pages ask of a page."""

    def __init__(
        self, context: BrowserContext, packages: StaticServer, version: str, sco: str = "", **ask: str
    ) -> None:
        more = "".join(f"&{name}={value}" for name, value in ask.items())
        folder = f"{packages.origin}/{version}-{'lessons' if sco else 'single'}"
        self.version = version
        self.tab = context.new_page()
        self.tab.goto(f"{folder}/again.html?version={version}&sco={sco or 'index.html'}{more}")
        self.frame = self._frame()
        self.frame.locator(".lessons a[data-lesson], main[data-lesson] .finish").first.wait_for()
        self.page = cast("Page", self.frame)

    def _frame(self) -> Frame:
        for _ in range(1200):
            if len(self.tab.frames) > 1:
                return self.tab.frames[1]
            self.tab.wait_for_timeout(50)
        raise AssertionError("the LMS opened no frame")

    def open(self, lesson: str) -> None:
        """Opens a lesson from the course's contents."""
        self.frame.locator(f'.lessons a[data-lesson="{lesson}"]').first.click()
        self.frame.locator(f'main[data-lesson="{lesson}"]').wait_for()

    def close(self) -> dict[str, Any]:
        """Closes the tab as a person does, and reads what the LMS recorded."""
        with self.tab.expect_event("close"):
            self.tab.close(run_before_unload=True)
        kept = recorded(self.tab.context)
        assert kept["errors"] == []
        assert list(violations(self.version, kept["sets"])) == []
        return kept


def outcome(version: str, kept: dict[str, Any]) -> tuple[Any, ...]:
    """Completion, success and raw score, in words of both versions."""
    cmi = kept["cmi"]
    if version == "1.2":
        status = cmi["core"]["lesson_status"]
        done = "completed" if status in {"completed", "passed", "failed"} else status
        success = status if status in {"passed", "failed"} else "unknown"
        return done, success, cmi["core"]["score"]["raw"]
    return cmi["completion_status"], cmi["success_status"], str(cmi["score"]["raw"])


@pytest.fixture(params=["1.2", "2004"])
def version(request: pytest.FixtureRequest) -> str:
    """Both versions of SCORM."""
    return str(request.param)


@pytest.fixture
def learner(context: BrowserContext, packages: StaticServer) -> BrowserContext:
    """A learner's browser, with a page open at the packages' origin for looking at what is stored."""
    context.pages[0].goto(f"{packages.origin}/1.2-single/course.js")
    return context


def test_fail_resume_retake_and_pass(learner: BrowserContext, packages: StaticServer, version: str) -> None:
    attempt = Attempt(learner, packages, version)
    attempt.open("kinds")
    answer_all(attempt.page, right=False)
    complete(attempt.page)
    finish_the_others(attempt.page, "false")
    kept = attempt.close()
    assert outcome(version, kept) == ("completed", "failed", "0")

    attempt = Attempt(learner, packages, version)
    expect(attempt.frame.locator(".verdict")).to_have_text("未通过")
    attempt.frame.get_by_role("button", name="重新作答").click()
    attempt.frame.get_by_role("button", name="确定").click()
    attempt.open("kinds")
    answer_all(attempt.page, right=True)
    attempt.frame.locator(".turn .next").click()
    question(attempt.page, "final").locator("input[value=true]").check()
    submit(attempt.page, "final")
    kept = attempt.close()
    assert outcome(version, kept) == ("completed", "passed", "100")
    journal = kept["cmi"]["interactions"]
    rows = list(journal.values()) if isinstance(journal, dict) else journal
    wrong = "wrong" if version == "1.2" else "incorrect"
    for name in ("one", "several", "judge", "blanks", "number", "pairs", "order", "final"):
        results = [row["result"] for row in rows if row["id"] == name]
        assert (results[0], results[-1]) == (wrong, "correct"), name


def test_a_tab_closed_right_after_an_answer(
    learner: BrowserContext, packages: StaticServer, version: str
) -> None:
    attempt = Attempt(learner, packages, version)
    attempt.open("kinds")
    question(attempt.page, "judge").locator("input[value=false]").check()
    submit(attempt.page, "judge")
    kept = attempt.close()
    assert outcome(version, kept) == ("incomplete", "unknown", "10")
    attempt = Attempt(learner, packages, version)
    attempt.open("kinds")
    expect(question(attempt.page, "judge").locator(".outcome")).to_contain_text("回答正确")


def test_an_lms_that_errors_for_a_while(
    learner: BrowserContext, packages: StaticServer, version: str
) -> None:
    attempt = Attempt(learner, packages, version, outage="Infinity")
    attempt.open("kinds")
    question(attempt.page, "judge").locator("input[value=false]").check()
    submit(attempt.page, "judge")
    told = attempt.frame.locator(".notices")
    expect(told).not_to_be_empty()
    attempt.tab.evaluate("outageEnds = 0")
    expect(told).to_be_empty()
    assert outcome(version, attempt.close()) == ("incomplete", "unknown", "10")


def test_review_shows_and_records_nothing(
    learner: BrowserContext, packages: StaticServer, version: str
) -> None:
    attempt = Attempt(learner, packages, version)
    attempt.open("kinds")
    question(attempt.page, "judge").locator("input[value=false]").check()
    submit(attempt.page, "judge")
    before = attempt.close()
    attempt = Attempt(learner, packages, version, mode="review")
    attempt.open("kinds")
    expect(question(attempt.page, "judge").locator(".outcome")).to_contain_text("回答正确")
    expect(question(attempt.page, "one").locator("button[type=submit]")).to_be_hidden()
    assert attempt.close()["sets"] == before["sets"]


def test_a_lesson_that_is_a_sco_judges_itself(
    learner: BrowserContext, packages: StaticServer, version: str
) -> None:
    attempt = Attempt(learner, packages, version, "kinds.html")
    answer_all(attempt.page, right=True)
    complete(attempt.page)
    assert outcome(version, attempt.close()) == ("completed", "passed", "100")


@pytest.mark.parametrize("valid", ["true", "false", "unknown"])
def test_a_link_to_another_sco_asks_the_lms_for_it(
    learner: BrowserContext, packages: StaticServer, valid: str
) -> None:
    """SCORM 2004 alone can ask (RTE 4.2, `adl.nav.request`), and only for an activity that may be chosen."""
    attempt = Attempt(learner, packages, "2004", "prose.html", choice=valid)
    attempt.frame.locator(".body a", has_text="下一课").click()
    if valid != "true":
        expect(attempt.frame.locator(".notices")).to_contain_text("请在学习平台的课程目录中打开")
        assert "adl.nav.request" not in attempt.close()["sets"]
        return
    kept = recorded(learner)  # the session ends by itself: the LMS opens the other
    assert kept["errors"] == []
    asked = re.fullmatch(r"\{target=(.+)\}choice", kept["sets"]["adl.nav.request"])
    manifest = attempt.tab.request.get(f"{packages.origin}/2004-lessons/imsmanifest.xml").text()
    assert asked
    assert re.search(rf'<item identifier="{asked[1]}" [^>]*identifierref="[^"]*plain"', manifest)
    assert kept["sets"]["cmi.exit"] == "suspend"


def test_a_sco_without_questions(learner: BrowserContext, packages: StaticServer, version: str) -> None:
    attempt = Attempt(learner, packages, version, "prose.html")
    complete(attempt.page)
    kept = attempt.close()
    assert outcome(version, kept)[0] == "completed"
    assert kept["sets"].get("cmi.success_status", "passed") == "passed"
    assert not any("score" in element for element in kept["sets"])
