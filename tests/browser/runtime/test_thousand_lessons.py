"""A course of 1,000 lessons and 300 questions: every package of it is sound, and the last lesson is learnt like the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from courses.reader import read_course
from exporters.export import export
from exporters.verify import verify
from schemas.course import Course
from schemas.errors import InputError
from schemas.package import Format, Verdict
from tests.benchmarks.generate import write_course
from tests.browser.runtime.conftest import beside_scorm_again
from tests.browser.runtime.test_real_package import Attempt, outcome
from tests.support.static_server import StaticServer

pytestmark = pytest.mark.browser
LAST = "l999"


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("thousand") / "course"
    course = read_course(write_course(folder, lessons=1000, questions=300)).course
    assert course is not None
    assert len(course.lessons) == 1000
    assert sum(len(lesson.questions) for lesson in course.lessons) == 300
    return course


@pytest.mark.parametrize("package_format", Format)
def test_every_package_is_sound(thousand: Course, tmp_path: Path, package_format: Format) -> None:
    made = export(thousand, package_format=package_format, structure="lessons", folder=tmp_path)
    assert verify(made.path).verdict is Verdict.PASSED


def test_progress_that_scorm_12_could_not_keep_is_told(thousand: Course, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="4096"):
        export(thousand, package_format=Format.SCORM12, structure="single", folder=tmp_path)


@pytest.fixture(scope="module")
def packages(thousand: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticServer]:
    root = tmp_path_factory.mktemp("packages")
    beside_scorm_again(thousand, "2004", "single", root)
    beside_scorm_again(thousand, "1.2", "lessons", root)
    with StaticServer(root) as server:
        yield server


@pytest.fixture
def learner(context: BrowserContext, packages: StaticServer) -> BrowserContext:
    context.pages[0].goto(f"{packages.origin}/2004-single/course.js")
    return context


def test_the_last_lesson_is_found_answered_and_resumed(
    learner: BrowserContext, packages: StaticServer
) -> None:
    attempt = Attempt(learner, packages, "2004")
    expect(attempt.frame.locator(".lessons a[data-lesson]")).to_have_count(1000)
    attempt.open(LAST)
    _answer(attempt)
    assert outcome("2004", attempt.close())[0] == "incomplete"
    attempt = Attempt(learner, packages, "2004")
    attempt.frame.get_by_role("link", name="继续学习").click()
    expect(attempt.frame.locator(f'main[data-lesson="{LAST}"]')).to_be_visible()
    expect(attempt.frame.locator(".question .outcome").first).to_contain_text("回答正确")


def test_in_scorm_12_the_last_lesson_is_a_sco_of_its_own(
    learner: BrowserContext, packages: StaticServer
) -> None:
    attempt = Attempt(learner, packages, "1.2", f"{LAST}.html")
    _answer(attempt)
    attempt.frame.locator(".finish button").click()
    assert outcome("1.2", attempt.close()) == ("completed", "passed", "100")


def _answer(attempt: Attempt) -> None:
    question = attempt.frame.locator(".question").first
    question.locator("label", has_text="甲").click()
    question.locator("button[type=submit]").click()
    expect(question.locator(".outcome")).to_contain_text("回答正确")
