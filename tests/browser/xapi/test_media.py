"""A clip played, paused, wound on and seen to its end, in the words of the xAPI video profile."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Locator

from catalog.trial.xapi.store import Condition, Statement, agent_key
from courses.reader import read_course
from schemas.course import Course
from tests.browser.xapi.classroom import Trial
from tests.browser.xapi.conftest import Enrol

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[3] / "courses" / "samples" / "supply-chain-entry"
VIDEO = "https://w3id.org/xapi/video/extensions/"
LENGTH = 12.0


@cache
def sample() -> Course:
    """A sample course with a clip of twelve seconds in its lesson `map`."""
    course = read_course(SAMPLE).course
    assert course is not None
    return course


def media(trial: Trial) -> list[tuple[str, dict[str, Any]]]:
    """Verb and result extensions of what was said of the clip."""
    found = [s for s in trial.statements() if "/media/" in s["object"]["id"]]
    return [(s["verb"]["id"].rsplit("/", 1)[-1], short(s["result"]["extensions"])) for s in found]


def short(extensions: dict[str, Any]) -> dict[str, Any]:
    """Extensions by the ends of their IRIs."""
    return {name.removeprefix(VIDEO): value for name, value in extensions.items()}


def wind(clip: Locator, seconds: float) -> None:
    """Jump to a place in the clip."""
    clip.evaluate(
        "(v, s) => new Promise((done) => { v.addEventListener('seeked', done, {once: true}); v.currentTime = s })",
        seconds,
    )


def until(clip: Locator, holds: str) -> None:
    """Wait; the page's policy forbids what Playwright would wait with."""
    clip.evaluate(
        f"v => new Promise((done) => {{ const look = () => {holds} ? done() : setTimeout(look, 30); look(); }})"
    )


@pytest.mark.parametrize(("kind", "structure"), [("cmi5", "lessons"), ("xapi", "single")])
def test_a_clip(enrol: Enrol, kind: str, structure: str) -> None:
    learner = enrol(kind, structure, course=sample())
    trial = learner.trial
    page = learner.open(":map" if structure == "lessons" else "")
    if structure == "single":
        page.locator('.lessons a[data-lesson="map"]').click()
    clip = page.locator("video")
    clip.evaluate("v => { v.muted = true; return v.play() }")
    until(clip, "v.currentTime > 0.5")
    clip.evaluate("v => v.pause()")
    trial.until(lambda: len(media(trial)) >= 2)
    wind(clip, 10)
    clip.evaluate("v => v.play()")
    until(clip, "v.ended")
    trial.until(lambda: len(media(trial)) >= 5)
    wind(clip, 0.2)
    clip.evaluate("v => { v.playbackRate = 8; return v.play() }")
    until(clip, "v.ended")
    trial.until(lambda: len(media(trial)) >= 9)
    told = media(trial)
    assert [verb for verb, _ in told] == [
        *("played", "paused", "seeked", "played", "paused"),
        *("seeked", "played", "paused", "completed"),
    ]
    (_, played), (_, paused), (_, seeked), (_, again), (_, ended) = told[:5]
    assert played["time"] == pytest.approx(0, abs=0.2)
    assert paused["played-segments"] == f"{played['time']:g}[.]{paused['time']:g}"
    assert paused["progress"] == pytest.approx(paused["time"] / LENGTH, abs=0.01)
    assert seeked["time-from"] == pytest.approx(paused["time"], abs=0.3)
    assert seeked["time-to"] == pytest.approx(10, abs=0.2)
    assert again["time"] == pytest.approx(10, abs=0.2)
    assert ended["played-segments"].count("[.]") == 2
    assert told[-1][1]["progress"] >= 0.95
    completed = trial_last(trial)
    assert completed["result"]["completion"] is True
    assert completed["object"]["definition"]["type"] == "https://w3id.org/xapi/video/activity-type/video"
    around = short(completed["context"]["extensions"])
    assert around["length"] == pytest.approx(LENGTH, abs=0.1)
    assert around["completion-threshold"] == 0.95
    sessions = {
        s["context"]["extensions"][f"{VIDEO}session-id"]
        for s in trial.statements()
        if "/media/" in s["object"]["id"]
    }
    assert len(sessions) == 1
    categories = [c["id"] for c in completed["context"]["contextActivities"]["category"]]
    assert categories == ["https://w3id.org/xapi/video"]
    learner.close(page)
    trial.until_told("terminated")


def trial_last(trial: Trial) -> Statement:
    """The last statement about the clip."""
    return [s for s in trial.statements() if "/media/" in s["object"]["id"]][-1]


def test_left_while_it_plays(enrol: Enrol) -> None:
    learner = enrol("cmi5", "lessons", course=sample())
    page = learner.open(":map")
    clip = page.locator("video")
    clip.evaluate("v => { v.muted = true; return v.play() }")
    until(clip, "v.currentTime > 0.3")
    learner.close(page)
    learner.trial.until_told("terminated")
    assert [verb for verb, _ in media(learner.trial)] == ["played", "paused"]
    assert learner.trial.verbs()[-1] == "terminated"


@pytest.mark.parametrize("sound", ["on", "off"])
def test_the_learner_wants_no_sound(enrol: Enrol, sound: str) -> None:
    learner = enrol("cmi5", "lessons", course=sample())
    lms = learner.trial.run.lms
    assert lms is not None
    key = ("agents", agent_key(lms.registration.actor), "cmi5LearnerPreferences")
    preferences = {"languagePreference": "zh-CN", "audioPreference": sound}
    lms.store.write(key, msgspec.json.encode(preferences), "application/json", Condition())
    page = learner.open(":map")
    assert page.locator("video").evaluate("v => v.muted") is (sound == "off")
    learner.leave(page)
