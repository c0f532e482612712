"""No score is lost in any of the LMSs that users of other tools complain of."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.runtime.classroom import (
    RIGHT,
    WRONG,
    Learner,
    has_ended,
    launch,
    observe,
    recorded,
    still_recorded,
)
from tests.support.standards import misordered, violations
from tests.support.static_server import StaticServer

pytestmark = pytest.mark.browser

VERSIONS = ["1.2", "2004"]
QUIRKS = [
    "none", "unload-forbidden", "missing-mode", "empty-mode", "strange-mode", "no-credit", "empty-count", "missing-count",
    "count-is-a-number", "empty-location", "nulls", "set-refused", "set-fails", "commit-fails", "throws", "slow",
    "boolean-true", "stale-error", "finish-closes", "state-4096",
]  # fmt: skip
SCORE = {"1.2": "cmi.core.score.raw", "2004": "cmi.score.raw"}
LAYOUTS = ["two-up", "cross-origin", "opener", "opener-parent", "top-opener"]


def status(version: str, committed: dict[str, str]) -> tuple[str | None, ...]:
    """Completion and success as the version has them."""
    names = {"1.2": ["cmi.core.lesson_status"], "2004": ["cmi.completion_status", "cmi.success_status"]}
    return tuple(committed.get(name) for name in names[version])


def written(version: str, committed: dict[str, str]) -> dict[str, str]:
    """What the course wrote, without what the LMS brought along."""
    brought = r"cmi\.(core\.)?(student_\w+|learner_\w+|lesson_mode|mode|credit|entry)"
    return {name: value for name, value in committed.items() if not re.fullmatch(brought, name)}


def study(
    context: BrowserContext, site: StaticServer, version: str, quirk: str = "none", layout: str = "child"
) -> None:
    """Three answers, then the tab is closed right after one; later the rest, and a pass: 4 of 9 points, then 8."""
    learner = launch(context, site, version, quirk=quirk, layout=layout)
    learner.say("visit", "l1", "节一")
    learner.answer("q1", RIGHT["q1"])
    learner.answer("q2", WRONG["q2"])
    learner.settle()
    learner.answer("q3", RIGHT["q3"])
    learner.close()

    unfinished = ("incomplete",) if version == "1.2" else ("incomplete", "unknown")
    kept = after_closing(context, version, quirk, ("44.44", *unfinished))
    assert kept["faults"] == []
    assert list(violations(version, written(version, kept["committed"]))) == []
    if quirk != "slow":
        assert sum(call[0] == "terminate" for call in kept["calls"]) == 1

    learner = launch(context, site, version, quirk=quirk, layout=layout)
    finish_course(learner)
    learner.settle()
    learner.close()

    finished = ("passed",) if version == "1.2" else ("completed", "passed")
    kept = after_closing(context, version, quirk, ("88.89", *finished))
    assert kept["faults"] == []
    assert list(violations(version, written(version, kept["committed"]))) == []
    if quirk != "slow":
        assert out_of_order(version, kept["calls"]) == []
        assert interactions(version, kept["committed"]) == {
            "q1": "correct",
            "q2": WORDS[version],
            "q3": "correct",
        }


def after_closing(
    context: BrowserContext, version: str, quirk: str, expected: tuple[str, ...]
) -> dict[str, Any]:
    """What was recorded; its score and status are the expected ones.

    Where the LMS is slow Chromium ends the page before it could say goodbye: what counts was committed first.
    """

    def result(kept: dict[str, Any]) -> tuple[str | None, ...]:
        return kept["committed"].get(SCORE[version]), *status(version, kept["committed"])

    once = (lambda kept: result(kept) == expected) if quirk == "slow" else has_ended
    kept = recorded(context, once=once)
    assert result(kept) == expected
    return kept


def out_of_order(version: str, calls: list[list[str]]) -> list[str]:
    """What is out of order in each launch."""
    starts = [at for at, call in enumerate(calls) if call[0] == "initialize"]
    launches = [calls[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [fault for launch in launches for fault in misordered(version, launch)]


WORDS = {"1.2": "wrong", "2004": "incorrect"}


def finish_course(learner: Learner) -> None:
    """Resumes where the first part stopped, answers everything else right but the free questions, and completes."""
    startpage = learner.frame.evaluate("session.startPage.split('#')[0]")
    assert (startpage, learner.frame.evaluate("session.resumed")) == ("l1.html", True)
    assert learner.say("question", "q1")["correct"] is True
    assert learner.say("question", "q2")["tries"] == 1
    assert learner.say("question", "q3")["correct"] is True
    for name in ("q4", "q5", "q6"):
        learner.answer(name, RIGHT[name])
    for lesson in ("l1", "l2"):
        assert learner.say("completeLesson", lesson) is True


def interactions(version: str, committed: dict[str, str]) -> dict[str, str]:
    """The results of q1 to q3, by identifier, from the journal; it has no gap and no double."""
    rows = {
        name: value for name, value in committed.items() if re.fullmatch(r"cmi\.interactions\.\d+\.id", name)
    }
    assert sorted(int(name.split(".")[2]) for name in rows) == list(range(6))
    results = {value: committed[name.replace(".id", ".result")] for name, value in rows.items()}
    return {name: results[name] for name in ("q1", "q2", "q3")}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("quirk", QUIRKS)
def test_no_score_is_lost(context: BrowserContext, site: StaticServer, version: str, quirk: str) -> None:
    study(context, site, version, quirk=quirk)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_api_is_found_wherever_it_is(
    context: BrowserContext, site: StaticServer, version: str, layout: str
) -> None:
    study(context, site, version, layout=layout)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("quirk", ["set-fails", "commit-fails", "throws"])
def test_passing_trouble_is_told_and_passes(
    context: BrowserContext, site: StaticServer, version: str, quirk: str
) -> None:
    learner = launch(context, site, version, quirk=quirk)
    learner.answer("q3", RIGHT["q3"])
    learner.frame.wait_for_function("troubles.includes('retrying')")
    learner.settle()
    assert learner.troubles[-1] == "none"
    learner.close()
    assert recorded(context)["committed"][SCORE[version]] == "33.33"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_tab_closed_during_an_outage_of_commit(
    context: BrowserContext, site: StaticServer, version: str
) -> None:
    learner = launch(context, site, version, quirk="commit-fails")
    learner.answer("q3", RIGHT["q3"])
    learner.close()
    kept = recorded(context)
    assert kept["committed"][SCORE[version]] == "33.33"
    assert kept["faults"] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_dead_lms_did_not_take_comes_with_the_next_launch(
    context: BrowserContext, site: StaticServer, version: str
) -> None:
    learner = launch(context, site, version, quirk="none")
    learner.answer("q1", RIGHT["q1"])
    learner.close()
    learner = launch(context, site, version, quirk="dead")
    learner.answer("q3", RIGHT["q3"])
    learner.close()
    assert recorded(context)["committed"][SCORE[version]] == "11.11"
    learner = launch(context, site, version, quirk="none")
    assert learner.say("question", "q3")["correct"] is True
    learner.close()
    assert recorded(context)["committed"][SCORE[version]] == "44.44"
    assert not learner_keys(context)


def learner_keys(context: BrowserContext) -> list[str]:
    """What the engine left in the browser's storage."""
    found: list[str] = observe(
        context, "Object.keys(localStorage).filter((key) => key.startsWith('lingjun'))"
    )
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_where_interactions_are_unknown_they_are_not_tried_again(
    context: BrowserContext, site: StaticServer, version: str
) -> None:
    learner = launch(context, site, version, quirk="no-interactions")
    for name in ("q1", "q2", "q3"):
        learner.answer(name, RIGHT[name])
        learner.settle()
    learner.close()
    kept = recorded(context)
    assert kept["committed"][SCORE[version]] == "55.56"
    assert len([call for call in kept["calls"] if call[0] == "tried" and "interactions" in call[1]]) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_without_initialize_the_browser_keeps_the_progress_and_says_so(
    context: BrowserContext, site: StaticServer, version: str
) -> None:
    learner = launch(context, site, version, quirk="initialize-false")
    learner.answer("q3", RIGHT["q3"])
    assert learner.troubles == ["no-lms"]
    learner.close()
    learner = launch(context, site, version, quirk="initialize-false")
    assert learner.say("question", "q3")["correct"] is True
    kept = still_recorded(context, 4)
    assert kept["faults"] == []
    assert [call[0] for call in kept["calls"]] == ["initialize", "error"] * 2


@pytest.mark.parametrize("version", VERSIONS)
def test_without_any_lms(context: BrowserContext, site: StaticServer, version: str) -> None:
    page = context.new_page()
    page.goto(f"{site.origin}/{version}/sco.html")
    page.wait_for_function("globalThis.session !== undefined")
    learner = Learner(page.main_frame)
    learner.answer("q3", RIGHT["q3"])
    assert learner.troubles == ["no-lms"]
    page.reload()
    page.wait_for_function("globalThis.session !== undefined")
    assert learner.say("question", "q3")["correct"] is True


@pytest.mark.parametrize("version", VERSIONS)
def test_a_state_that_the_lms_cut_off_costs_no_score(
    context: BrowserContext, site: StaticServer, version: str
) -> None:
    learner = launch(context, site, version, quirk="state-cut")
    for name in ("q1", "q2", "q3", "q4"):
        learner.answer(name, RIGHT[name])
    learner.close()
    learner = launch(context, site, version, quirk="state-cut")
    learner.say("visit", "l2")
    learner.answer("q5", WRONG["q5"])
    learner.close()
    committed = recorded(context)["committed"]
    assert committed[SCORE[version]] == "77.78"
    assert status(version, committed)[0] == "incomplete"


def committed(kept: dict[str, Any]) -> int:
    """How often the course committed."""
    return sum(call[0] == "commit" for call in kept["calls"])


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_sent_twice(context: BrowserContext, site: StaticServer, version: str) -> None:
    """The complaint about slow LMSs: at every answer everything is sent again."""
    learner = launch(context, site, version)
    learner.say("visit", "l1")
    learner.settle()
    for name in ("q1", "q2", "q3"):
        learner.answer(name, RIGHT[name])
        learner.settle()
    commits = 5
    before = len(recorded(context, once=lambda kept: committed(kept) == commits)["calls"])
    learner.say("visit", "l1")
    learner.settle()
    assert learner.frame.evaluate(
        "document.dispatchEvent(new Event('visibilitychange')), session.overall().completion"
    )
    kept = still_recorded(context, before)
    assert len(kept["calls"]) == before
    sets = [call[1:] for call in kept["calls"] if call[0] == "set"]
    values: dict[str, str] = {}
    for element, value in sets:
        assert values.get(element) != value, f"{element} was sent twice"
        values[element] = value
    assert committed(kept) == commits
    assert not any(call[0] == "error" for call in kept["calls"])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("mode", ["browse", "review"])
def test_browse_and_review_write_nothing(
    context: BrowserContext, site: StaticServer, version: str, mode: str
) -> None:
    learner = launch(context, site, version)
    learner.answer("q3", RIGHT["q3"])
    learner.close()
    before = recorded(context)
    learner = launch(context, site, version, mode=mode)
    assert learner.say("question", "q3")["correct"] is True
    learner.say("visit", "l2")
    learner.answer("q4", RIGHT["q4"])
    assert learner.say("question", "q4")["answered"] is (mode == "browse")
    learner.close()
    calls = recorded(context)["calls"][len(before["calls"]) :]
    assert {call[0] for call in calls} == {"initialize", "get", "terminate"}
