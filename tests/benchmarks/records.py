"""What one lesson with ten answers costs a record store: requests and bytes, counted in a real browser."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Request, sync_playwright

from catalog.trial.run import TrialFormat
from courses.reader import read_course
from tests.benchmarks.generate import write_course
from tests.browser.xapi.classroom import Trial
from tests.conftest import ARGUMENTS

ANSWERS = 10
# From the launch to the learner's leaving: launch data, state and history, then one statement an answer and one save.
MOST_REQUESTS = 40


def ten_answers(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Requests and body bytes of one lesson in cmi5 and in xAPI, preflights not counted."""
    course = read_course(write_course(scratch / "answers", lessons=1, questions=ANSWERS)).course
    if course is None:
        raise AssertionError
    kinds: tuple[TrialFormat, ...] = ("cmi5", "xapi")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for kind in kinds:
            sent: list[int] = []

            def count(request: Request, sent: list[int] = sent) -> None:
                if "/xapi/" in request.url or "/fetch/" in request.url:
                    sent.append(len(request.post_data_buffer or b""))

            with Trial(course, kind, "single") as trial:
                page = browser.new_page()
                page.on("request", count)
                page.goto(trial.address())
                page.locator(".lessons a").first.click()
                page.locator("main[data-lesson]").wait_for()
                for form in page.locator(".question form").all():
                    form.locator("input").first.check()
                    form.get_by_role("button").first.click()
                page.get_by_role("button", name="完成本课").click()
                page.wait_for_timeout(1500)
                page.close()
            size = sum(sent)
            figure = f"{len(sent)} requests, {size / 1024:.1f} KB"
            yield (
                f"one lesson with ten answers, {kind}",
                figure,
                f"{MOST_REQUESTS} requests",
                len(sent) <= MOST_REQUESTS,
            )
        browser.close()


MEASURES = (ten_answers,)
