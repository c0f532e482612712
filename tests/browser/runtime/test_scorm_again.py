"""Whole runs inside scorm-again, a run-time that validates what it is told: any error code it raises is a failure."""

import re
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.runtime.classroom import QUESTIONS, RIGHT, WRONG, Learner, launch, recorded
from tests.support.course_data import Data
from tests.support.standards import violations
from tests.support.static_server import StaticServer

pytestmark = pytest.mark.browser

VERSIONS = ["1.2", "2004"]
SCORED = ["q1", "q2", "q3", "q4", "q5", "q6"]
PAGE = "again.html"


class Classroom:
    """One learner's record in scorm-again, over several launches."""

    def __init__(self, context: BrowserContext, site: StaticServer, version: str) -> None:
        self.context, self.site, self.version = context, site, version

    def launch(self, **ask: str) -> Learner:
        """Opens the course."""
        return launch(self.context, self.site, self.version, PAGE, **ask)

    @property
    def kept(self) -> Data:
        """`cmi` as committed, `errors` that scorm-again raised, `sets` as last sent."""
        kept: Data = recorded(self.context)
        assert kept["errors"] == []
        assert list(violations(self.version, kept["sets"])) == []
        return kept

    @property
    def result(self) -> tuple[Any, ...]:
        """Status (1.2) or completion and success (2004), and raw score, as recorded."""
        cmi = self.kept["cmi"]
        if self.version == "1.2":
            return cmi["core"]["lesson_status"], float(cmi["core"]["score"]["raw"])
        return cmi["completion_status"], cmi["success_status"], float(cmi["score"]["raw"])

    @property
    def interactions(self) -> list[Data]:
        """The journal as recorded."""
        found = self.kept["cmi"]["interactions"]
        return list(found.values()) if isinstance(found, dict) else list(found)


@pytest.fixture(params=VERSIONS)
def classroom(request: pytest.FixtureRequest, context: BrowserContext, site: StaticServer) -> Classroom:
    """A fresh learner, in each version."""
    return Classroom(context, site, request.param)


def says(classroom: Classroom, status12: str, status2004: tuple[str, str], raw: float) -> bool:
    """Whether the record is what each version should hold."""
    return classroom.result == ((status12, raw) if classroom.version == "1.2" else (*status2004, raw))


def complete(learner: Learner) -> None:
    """Presses 完成本课 in both lessons."""
    for lesson in ("l1", "l2"):
        learner.say("visit", lesson)
        assert learner.say("completeLesson", lesson) is True


def test_opening_and_closing(classroom: Classroom) -> None:
    classroom.launch().close()
    sets = classroom.kept["sets"]
    names = (
        [f"cmi.core.{n}" for n in ("lesson_status", "exit")]
        if classroom.version == "1.2"
        else ["cmi.completion_status", "cmi.exit"]
    )
    assert [sets[name] for name in names] == ["incomplete", "suspend"]
    assert not any("score" in name for name in sets)


def test_everything_right_passes(classroom: Classroom) -> None:
    learner = classroom.launch()
    for name, response in RIGHT.items():
        learner.answer(name, response)
    complete(learner)
    learner.close()
    assert says(classroom, "passed", ("completed", "passed"), 100)
    results = {each["id"]: each["result"] for each in classroom.interactions}
    free = 1 if classroom.version == "1.2" else 2  # 1.2 has no long-fill-in
    assert sorted(results.values()) == ["correct"] * 6 + ["neutral"] * free
    told = {each["id"]: each for each in classroom.interactions}
    field = "student_response" if classroom.version == "1.2" else "learner_response"
    assert told["q1"][field] == ("c,a" if classroom.version == "1.2" else "c[,]a")
    assert told["q4"][field] == "3.14"
    assert told["q5"][field] == (
        "b.b,a.a" if classroom.version == "1.2" else "six[.]deviation[,]lean[.]waste"
    )
    assert told["q3"]["weighting"] == "3"
    assert told["q1"]["latency"].endswith("00:02.51" if classroom.version == "1.2" else "PT2.51S")


def test_fail_retry_and_pass(classroom: Classroom) -> None:
    learner = classroom.launch()
    for name in SCORED:
        learner.answer(name, WRONG[name])
    complete(learner)
    learner.close()
    assert says(classroom, "failed", ("completed", "failed"), 0)
    assert len(classroom.interactions) == 6
    assert {each["result"] for each in classroom.interactions} == {
        "wrong" if classroom.version == "1.2" else "incorrect"
    }

    learner = classroom.launch()
    assert learner.say("overall")["retakable"] is True
    learner.say("retake")
    for name in SCORED:
        learner.answer(name, RIGHT[name])
    learner.close()
    assert says(classroom, "passed", ("completed", "passed"), 100)
    assert [each["id"] for each in classroom.interactions] == SCORED * 2

    learner = classroom.launch()
    learner.say("visit", "l1")
    learner.close()
    assert says(classroom, "passed", ("completed", "passed"), 100)


def test_leaving_in_the_middle_and_resuming(classroom: Classroom) -> None:
    learner = classroom.launch()
    learner.say("visit", "l2", "第二节")
    learner.answer("q3", RIGHT["q3"])
    learner.answer("q4", WRONG["q4"])
    learner.close()
    assert says(classroom, "incomplete", ("incomplete", "unknown"), 33.33)
    learner = classroom.launch()
    assert learner.frame.evaluate("decodeURIComponent(session.startPage)") == "l2.html#第二节"
    assert learner.say("question", "q3")["response"] == RIGHT["q3"]
    assert learner.say("question", "q4")["response"] == WRONG["q4"]
    assert learner.say("question", "q4")["locked"] is True


def test_session_time_is_the_time_that_the_course_was_open(classroom: Classroom) -> None:
    """Each visit tells its own."""
    classroom.context.clock.install()
    for minutes in (62, 1):
        started = monotonic()
        learner = classroom.launch()
        learner.frame.page.clock.fast_forward(minutes * 60_000)
        learner.close()
        element = "cmi.core.session_time" if classroom.version == "1.2" else "cmi.session_time"
        told = seconds(classroom.kept["sets"][element])
        assert minutes * 60 <= told <= minutes * 60 + monotonic() - started


def seconds(timespan: str) -> float:
    """A time interval of either version (SCORM 1.2 RTE 3.4.4 CMITimespan, 2004 RTE 4.1.1.7 timeinterval), up to hours."""
    found = re.fullmatch(r"(?:PT)?(?:(\d+)[:H])?(?:(\d+)[:M])?(?:([\d.]+)S?)?", timespan)
    assert found, timespan
    hours, minutes, rest = found.groups("0")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def test_a_tab_closed_right_after_an_answer(classroom: Classroom) -> None:
    """In the same task: no timer of the engine has run when the page goes."""
    learner = classroom.launch()
    learner.frame.evaluate(
        "([question, response]) => { session.answer(question, response, 10); dispatchEvent(new Event('pagehide')) }",
        [QUESTIONS["q3"], RIGHT["q3"]],
    )
    assert says(classroom, "incomplete", ("incomplete", "unknown"), 33.33)
    assert len(classroom.interactions) == 1


@pytest.mark.parametrize(
    ("classroom", "outage"), [("2004", "10000"), ("1.2", "Infinity")], indirect=["classroom"]
)
def test_an_api_that_errors_for_ten_seconds_or_until_it_is_mended(classroom: Classroom, outage: str) -> None:
    learner = classroom.launch(outage=outage)
    learner.answer("q1", RIGHT["q1"])
    learner.frame.wait_for_function("troubles.includes('retrying')")
    learner.answer("q3", RIGHT["q3"])
    if outage == "Infinity":
        learner.frame.page.evaluate("outageEnds = 0")
    learner.settle()
    assert learner.troubles == ["retrying", "none"]
    learner.close()
    assert says(classroom, "incomplete", ("incomplete", "unknown"), 44.44)
    assert [each["id"] for each in classroom.interactions] == ["q1", "q3"]


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_other_modes_record_nothing(classroom: Classroom, mode: str) -> None:
    learner = classroom.launch()
    learner.answer("q3", RIGHT["q3"])
    learner.close()
    before = classroom.kept
    learner = classroom.launch(mode=mode)
    assert learner.frame.evaluate("session.mode") == mode
    learner.say("visit", "l2")
    learner.answer("q4", RIGHT["q4"])
    learner.close()
    after = classroom.kept
    assert after["sets"] == before["sets"]
    assert says(classroom, "incomplete", ("incomplete", "unknown"), 33.33)


def test_objectives_are_recorded_once_each(classroom: Classroom) -> None:
    learner = classroom.launch()
    learner.answer("q1", RIGHT["q1"])
    learner.close()
    learner = classroom.launch()
    learner.answer("q2", RIGHT["q2"])
    learner.answer("q3", WRONG["q3"])
    learner.close()
    found = classroom.kept["cmi"]["objectives"]
    rows = list(found.values()) if isinstance(found, dict) else list(found)
    assert [row["id"] for row in rows] == ["o1", rows[1]["id"]]
    assert [float(row["score"]["raw"]) for row in rows] == [100, 25]
    field = "status" if classroom.version == "1.2" else "success_status"
    assert [row[field] for row in rows] == ["passed", "failed"]
