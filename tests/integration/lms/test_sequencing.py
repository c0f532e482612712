"""scorm-again's sequencing plays the activity trees of our SCORM 2004 manifests."""

import json
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporters.contents import Plan, entries
from schemas.course import Course, Sequence
from schemas.package import Format
from tests.support.activity_tree import activity_tree
from tests.support.bridge import NODE, PLAYER
from tests.support.courses_by_hand import whole_course

pytestmark = pytest.mark.lms

DIAGNOSIS, ROADMAP, PRACTICE = "lesson-x-40ff6300", "lesson-roadmap", "lesson-practice"


def play(course: Course, package_format: Format, *steps: dict[str, Any]) -> dict[str, Any]:
    _, manifest = next(entries(course, Plan(package_format, "lessons")))
    return play_manifest(manifest, *steps)


def play_manifest(manifest: object, *steps: dict[str, Any]) -> dict[str, Any]:
    assert isinstance(manifest, bytes)
    done = subprocess.run(
        [NODE, Path(__file__).with_name("sequencing.mjs")],
        input=json.dumps({"player": str(PLAYER), "tree": activity_tree(manifest), "steps": steps}),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return dict(json.loads(done.stdout))


def choose(item: str) -> dict[str, Any]:
    return {"choose": item}


def report(completion: str, success: str, progress: float, scaled: float | None = None) -> dict[str, Any]:
    """What the player tells when the learner leaves a lesson."""
    score = {} if scaled is None else {"cmi.score.scaled": str(scaled)}
    return {
        "report": score
        | {
            "cmi.completion_status": completion,
            "cmi.success_status": success,
            "cmi.progress_measure": str(progress),
            "cmi.exit": "suspend",
        }
    }


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return whole_course(tmp_path / "course")


@pytest.mark.parametrize("package_format", [Format.SCORM2004_3, Format.SCORM2004_4])
def test_a_linear_course_opens_lesson_by_lesson(course: Course, package_format: Format) -> None:
    """A lesson left half-way opens nothing, however well its first answer scored; one that is finished opens the
    next, failed or passed."""
    linear = msgspec.structs.replace(course, sequence=Sequence.LINEAR)
    steps = [
        (choose(PRACTICE), False),
        (choose(ROADMAP), False),
        (choose(DIAGNOSIS), True),
        (report("incomplete", "unknown", 0.5, 1.0), True),
        (choose(ROADMAP), False),
        (choose(DIAGNOSIS), True),
        (report("completed", "failed", 1, 0.0), True),
        (choose(PRACTICE), False),
        (choose(ROADMAP), True),
        (report("completed", "passed", 1, 1.0), True),
        (choose(PRACTICE), True),
        (report("completed", "passed", 1), True),
    ]
    played = play(linear, package_format, *(step for step, _ in steps))
    assert played["results"] == [expected for _, expected in steps]
    assert played["root"]["completionStatus"] == "completed"
    # One point lost of four: under the course's 80%, although two lessons of three are passed.
    assert played["root"]["objectiveNormalizedMeasure"] == pytest.approx(0.75, abs=2e-4)
    assert played["root"]["objectiveSatisfiedStatus"] is False


def test_a_module_opens_when_those_before_it_are_finished(course: Course) -> None:
    steps = [
        (choose(ROADMAP), True),
        (choose(PRACTICE), False),
        (report("completed", "passed", 1, 1.0), True),
        (choose(PRACTICE), False),
        (choose(DIAGNOSIS), True),
        (report("completed", "passed", 1, 1.0), True),
        (choose(PRACTICE), True),
        (report("completed", "passed", 1), True),
    ]
    played = play(course, Format.SCORM2004_4, *(step for step, _ in steps))
    assert played["results"] == [expected for _, expected in steps]
    assert played["root"]["objectiveSatisfiedStatus"] is True
