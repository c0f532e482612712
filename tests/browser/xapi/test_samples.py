"""Sample courses, clicked through from launch to satisfied with every answer right."""

from functools import singledispatch
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from courses.reader import read_course
from schemas.course import Course
from schemas.questions import (
    Choice,
    FillIn,
    Likert,
    LongFillIn,
    Matching,
    Numeric,
    Question,
    Sequencing,
    TrueFalse,
)
from tests.browser.pages.conftest import question, submit
from tests.browser.xapi.classroom import only
from tests.browser.xapi.conftest import Enrol
from tests.browser.xapi.test_course import check_ids_and_order

pytestmark = pytest.mark.browser
SAMPLES = Path(__file__).parents[3] / "courses" / "samples"


def read(name: str) -> Course:
    """A sample course."""
    course = read_course(SAMPLES / name).course
    assert course is not None
    return course


@singledispatch
def give(asked: Question, section: Locator) -> None:
    """Fill in the right answer, or any where none is right."""
    raise TypeError(type(asked))


@give.register
def _(asked: Choice, section: Locator) -> None:
    for option in asked.options:
        if option.correct:
            section.locator(f'input[value="{option.id}"]').check()


@give.register
def _(asked: TrueFalse, section: Locator) -> None:
    section.locator(f"input[value={str(asked.answer).lower()}]").check()


@give.register
def _(asked: FillIn, section: Locator) -> None:
    for number, accepted in enumerate(asked.blanks):
        section.locator("input").nth(number).fill(accepted[0])


@give.register
def _(_asked: LongFillIn, section: Locator) -> None:
    section.locator("textarea").fill("先诊断，再选场景。")


@give.register
def _(asked: Numeric, section: Locator) -> None:
    section.locator("input").fill(f"{(asked.low + asked.high) / 2:.6f}")


@give.register
def _(asked: Matching, section: Locator) -> None:
    for source, target in zip(asked.sources, asked.targets, strict=True):
        section.locator(f'select[name="{source.id}"]').select_option(target.id)


@give.register
def _(asked: Sequencing, section: Locator) -> None:
    rows = section.locator(".sequence li")
    for place, item in enumerate(asked.items):
        while rows.nth(place).get_attribute("data-option") != item.id:
            section.locator(f'li[data-option="{item.id}"] button').first.click()


@give.register
def _(asked: Likert, section: Locator) -> None:
    section.locator(f'input[value="{asked.scale[0].id}"]').check()


def study(page: Page, course: Course) -> None:
    """Every lesson in order, by the links of the contents."""
    for lesson in course.lessons:
        page.locator(f'.lessons a[data-lesson="{lesson.id}"]').click()
        page.locator(f'main[data-lesson="{lesson.id}"]').wait_for()
        for asked in lesson.questions:
            give(asked, question(page, asked.id))
            submit(page, asked.id)
        page.locator(".finish button.primary").click()
        page.locator(".finish-done").wait_for()
        page.locator(".home").click()
        page.locator("main[data-index]").wait_for()


@pytest.mark.parametrize(
    ("kind", "sample"), [("cmi5", "digital-roadmap"), ("cmi5", "joint-innovation"), ("xapi", "lean-rd")]
)
def test_a_sample(enrol: Enrol, kind: str, sample: str) -> None:
    course = read(sample)
    learner = enrol(kind, "single", course=course)
    trial = learner.trial
    page = learner.open()
    study(page, course)
    learner.close(page)
    trial.until_told("terminated")
    passed = [] if course.passing.score is None else ["passed"]
    assert trial.unit_verbs() == ["initialized", "completed", *passed, "terminated"]
    if not passed:  # nothing judges, yet the score is told
        assert only(trial.statements(), "scored")["result"]["score"]["scaled"] == 1
    asked = [f"answered {each.id}" for lesson in course.lessons for each in lesson.questions]
    assert [verb for verb in trial.verbs() if verb.startswith("answered")] == asked
    judged = [s["result"].get("success") for s in trial.statements() if s["verb"]["id"].endswith("/answered")]
    assert False not in judged
    assert trial.verbs().count("experienced lesson") == len(course.lessons)
    check_ids_and_order(learner)
    if trial.run.lms is not None:
        assert trial.run.lms.registration.course.id in trial.run.lms.registration.satisfied
