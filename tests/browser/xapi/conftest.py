"""The gallery as a cmi5 and as an xAPI package, in an LMS of its own for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from catalog.trial.run import TrialFormat
from schemas.course import Course
from schemas.package import Structure
from tests.browser.xapi.classroom import Learner, Trial
from tests.support.gallery import gallery

Enrol = Callable[..., Learner]


@pytest.fixture
def enrol(chromium: Browser) -> Iterator[Enrol]:
    """A learner enrolled anew: `enrol("cmi5", "lessons")`, with a browser and storage of their own.

    What the page's script throws or the store refuses for breaking a rule fails the test, unless `lenient`.
    """
    with ExitStack() as stack:
        trials: list[Trial] = []
        thrown: list[str] = []

        def enrol_one(
            kind: TrialFormat = "cmi5",
            structure: Structure = "lessons",
            *,
            course: Course | None = None,
            language: str = "zh",
            lenient: bool = False,
        ) -> Learner:
            trial = stack.enter_context(Trial(course or gallery(), kind, structure, language=language))
            if not lenient:
                trials.append(trial)
            context = stack.enter_context(chromium.new_context(locale="zh-CN", reduced_motion="reduce"))
            context.set_default_timeout(30_000)
            context.on("weberror", lambda error: thrown.append(str(error.error)))
            return Learner(context, trial)

        yield enrol_one
        assert thrown == []
        assert [entry for trial in trials for entry in trial.refused()] == []
