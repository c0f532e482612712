"""The LMS side of cmi5: launch, one-time token, launch data, sessions, what is satisfied."""

import threading
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from catalog.trial.cmi5 import session as sessions
from catalog.trial.cmi5.lms import Lms
from catalog.trial.cmi5.session import LaunchMode
from catalog.trial.cmi5.structure import read_structure
from catalog.trial.xapi.rules import statement_breaches
from catalog.trial.xapi.store import Store
from tests.unit.catalog.trial.desk import Desk, Launch
from tests.unit.catalog.trial.statements import CMI5, EXTENSION

BASE = "urn:lingjun:smb-institute:digital-roadmap"
NS = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def last(desk: Desk, verb: str) -> dict[str, Any]:
    """The latest statement of a verb."""
    found = [s for s in desk.run.store.statements.values() if s["verb"]["id"].endswith(f"/{verb}")]
    return found[-1]


def through(launch: Launch, *verbs: str) -> None:
    """A whole session."""
    launch.begin()
    for verb in (*verbs, "terminated"):
        answer = launch.send(launch.make(verb))
        assert answer.status_code == 200, answer.text


def test_a_launch_brings_five_parameters(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    assert launch.path == "/package/roadmap.html"
    assert set(launch.query) == {"endpoint", "fetch", "actor", "registration", "activityId"}
    assert launch.query["endpoint"].endswith("/xapi/")
    assert UUID(launch.query["registration"])
    assert not launch.activity.startswith(BASE)  # 8.1.5.0-3: never the publisher's id
    again, other = cmi5.launch("roadmap"), cmi5.launch("practice")
    assert again.activity == launch.activity  # 8.1.5.0-4
    assert other.activity != launch.activity
    assert other.query["registration"] == launch.query["registration"]


def test_a_token_is_fetched_once(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    path = urlsplit(launch.query["fetch"]).path
    assert cmi5.client.get(path).status_code == 405
    first = cmi5.client.post(path)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/json")
    assert set(first.json()) == {"auth-token"}
    second = cmi5.client.post(path)
    assert second.status_code == 200  # 8.2.2.0-3
    assert second.json()["error-code"] == "1"
    assert "auth-token" not in second.json()
    assert cmi5.client.post("/fetch/none").status_code == 404


def test_a_token_is_worth_nothing_before_it_is_fetched(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    assert cmi5.run.lms
    launch.token = f"Basic {cmi5.run.lms.registration.sessions[-1].token}"
    assert launch.profile("GET").status_code == 401
    launch.fetch()
    assert launch.profile("GET").status_code == 200


@pytest.mark.parametrize("mode", ["Normal", "Browse", "Review"])
def test_launch_data(cmi5: Desk, mode: LaunchMode) -> None:
    launch = cmi5.launch("roadmap", mode)
    launch.fetch()
    data = launch.document("GET", "LMS.LaunchData").json()
    assert (data["launchMode"], data["moveOn"], data["masteryScore"]) == (mode, "CompletedAndPassed", 0.8)
    assert data["returnURL"].startswith("http")
    template = data["contextTemplate"]
    assert template["contextActivities"]["grouping"] == [{"id": f"{BASE}:roadmap"}]
    assert UUID(template["extensions"][f"{EXTENSION}sessionid"])
    assert "entitlementKey" not in data
    other = cmi5.launch("practice")
    other.fetch()
    unscored = other.document("GET", "LMS.LaunchData").json()
    assert (unscored["moveOn"], "masteryScore" in unscored) == ("Completed", False)
    assert other.template["extensions"] != template["extensions"]


def test_preferences(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    launch.fetch()
    answer = launch.profile("GET")
    assert answer.json() == {"languagePreference": "zh-CN", "audioPreference": "on"}
    changed = {"languagePreference": "en-US, zh-CN", "audioPreference": "off"}
    given = launch.profile("PUT", body=changed, headers={"If-Match": answer.headers["ETag"]})
    assert given.status_code == 204
    assert launch.profile("GET").json() == changed


def test_the_lms_says_launched_first(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    launched = last(cmi5, "launched")
    extensions = launched["context"]["extensions"]
    assert extensions[f"{EXTENSION}launchurl"].endswith("/package/roadmap.html")
    assert extensions[f"{EXTENSION}launchurl"].startswith("http")  # 9.6.3.4-1: fully qualified
    assert extensions[f"{EXTENSION}launchmode"] == "Normal"
    assert extensions[f"{EXTENSION}moveon"] == "CompletedAndPassed"
    assert extensions[f"{EXTENSION}masteryscore"] == 0.8
    assert launched["object"]["id"] == launch.activity
    assert cmi5.verbs() == ["launched"]


def test_a_course_from_launch_to_satisfied(cmi5: Desk) -> None:
    through(cmi5.launch("%AD"), "completed", "passed")
    assert cmi5.verbs().count("satisfied") == 0
    failed = cmi5.launch("roadmap")
    through(failed, "completed", "failed")
    assert cmi5.verbs().count("satisfied") == 0
    through(cmi5.launch("roadmap"), "passed")
    block = last(cmi5, "satisfied")
    assert block["object"]["definition"]["type"].endswith("/block")
    assert {"id": f"{BASE}:module:%E5%9F%BA%E7%A1%80"} in block["context"]["contextActivities"]["grouping"]
    assert cmi5.verbs().count("satisfied") == 1
    assert not cmi5.client.get("/api/status").json()["satisfied"]
    through(cmi5.launch("practice"), "completed")
    assert cmi5.verbs().count("satisfied") == 3
    course = last(cmi5, "satisfied")
    assert course["object"]["definition"]["type"].endswith("/course")
    assert BASE not in course["object"]["id"]  # 9.3.9.0-8
    assert cmi5.run.lms
    session = cmi5.run.lms.registration.sessions[-1]
    assert course["context"]["extensions"][f"{EXTENSION}sessionid"] == session.id  # 9.3.9.0-9
    status = cmi5.client.get("/api/status").json()
    assert status["satisfied"]
    assert [unit["satisfied"] for unit in status["progress"].values()] == [True, True, True]
    through(cmi5.launch("practice"))
    assert cmi5.verbs().count("satisfied") == 3


def test_all_that_the_lms_says_keeps_the_rules(cmi5: Desk) -> None:
    through(cmi5.launch("practice"), "completed")
    cmi5.launch("practice")
    cmi5.launch("practice")
    for statement in cmi5.run.store.statements.values():
        assert statement_breaches(statement) == []
        assert {"id": CMI5} in statement["context"]["contextActivities"]["category"]
        assert statement["context"]["registration"] == (cmi5.run.lms and cmi5.run.lms.registration.id)
    assert {"launched", "satisfied", "abandoned"} <= set(cmi5.verbs())


def test_the_unit_left_open_is_abandoned(cmi5: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.trial.app._PATIENCE", 2)
    first = cmi5.launch("roadmap")
    first.begin()
    late = first.make("terminated")
    second = cmi5.launch("roadmap")
    abandoned = last(cmi5, "abandoned")
    assert abandoned["object"]["id"] == first.activity
    assert abandoned["result"]["duration"].startswith("PT")
    assert cmi5.verbs()[-2:] == ["abandoned", "launched"]
    assert first.send(late).status_code == 401
    assert first.document("GET", "s").status_code == 401
    second.begin()
    cmi5.launch("practice")
    assert cmi5.verbs().count("abandoned") == 2


def test_a_page_that_was_just_closed_is_heard_out(cmi5: Desk) -> None:
    """Its last statements are on their way while the learner starts the next unit."""
    first = cmi5.launch("roadmap")
    first.begin()
    last_word = first.make("terminated")
    timer = threading.Timer(0.2, first.send, (last_word,))
    timer.start()
    cmi5.launch("practice")
    timer.join()
    assert cmi5.verbs()[-2:] == ["terminated", "launched"]
    assert "abandoned" not in cmi5.verbs()


def test_a_unit_that_never_spoke_is_abandoned_at_once(cmi5: Desk) -> None:
    cmi5.launch("roadmap")
    cmi5.launch("roadmap")
    assert cmi5.verbs() == ["launched", "abandoned", "launched"]
    assert last(cmi5, "abandoned")["result"]["duration"] == "PT0.00S"


def test_after_terminated_what_was_on_its_way_still_arrives(
    cmi5: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    launch = cmi5.launch("roadmap")
    launch.begin()
    end = launch.make("terminated")
    launch.send(end)
    assert launch.send(end).status_code == 200  # a retry
    assert launch.document("PUT", "state", {"a": 1}).status_code == 204
    monkeypatch.setattr(sessions, "WAIT", sessions.WAIT * 0)
    assert launch.send(end).status_code == 401
    assert launch.document("GET", "state").status_code == 401


def test_a_batch_is_judged_one_after_another_and_stored_whole(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    launch.fetch()
    launch.profile("GET")
    begin, done, end = launch.make("initialized"), launch.make("completed"), launch.make("terminated")
    assert launch.send(done, begin).status_code == 403
    assert launch.send(begin, end, done).status_code == 403
    assert launch.send(begin, done, {**done, "id": end["id"]}).status_code == 403
    assert cmi5.verbs() == ["launched"]
    assert launch.send(begin, done, end).status_code == 200
    assert cmi5.verbs() == ["launched", "initialized", "completed", "terminated"]


def test_a_refused_batch_leaves_no_trace(cmi5: Desk) -> None:
    launch = cmi5.launch("practice")
    launch.begin()
    done = launch.make("completed")
    assert launch.send(done, launch.make("initialized")).status_code == 403
    assert cmi5.run.lms
    unit = next(u for key, u in cmi5.run.lms.registration.units.items() if key.endswith("practice"))
    assert not unit.completed
    assert launch.send(done).status_code == 200


def words(name: str) -> str:
    return f"<title><langstring lang='en'>{name}</langstring></title><description><langstring lang='en'/></description>"


def test_every_move_on() -> None:
    rules = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
    units = "".join(
        f"<au id='urn:u:{rule}' moveOn='{rule}'>{words(rule)}<url> {rule}.html?a=1 </url>"
        "<launchParameters> p </launchParameters><entitlementKey> k </entitlementKey></au>"
        for rule in rules
    )
    document = (
        f"<courseStructure xmlns='{NS}'><course id=' urn:c '>{words('c')}</course>{units}</courseStructure>"
    )
    course = read_structure(document.encode())
    assert course.id == "urn:c"  # 13.1.0.0-1: white space around values is the LMS's to remove
    lms = Lms(course, Store(), learner="x", language="en")
    wanted = {
        (): {"NotApplicable"},
        ("passed",): {"NotApplicable", "Passed", "CompletedOrPassed"},
        ("completed",): {"NotApplicable", "Completed", "CompletedOrPassed"},
        ("passed", "completed"): set(rules),
    }
    for done, met in wanted.items():
        found = set()
        for rule in rules:
            progress = lms.registration.units[f"urn:u:{rule}"]
            progress.passed, progress.completed = "passed" in done, "completed" in done
            if progress.meets(progress.unit.move_on):
                found.add(rule)
        assert found == met
    address = lms.launch("urn:u:Passed", mode="Normal", base="http://x/", return_url="http://x/back")
    assert address.startswith("Passed.html?a=1&endpoint=")
    (key,) = [key for key in lms.store.documents if key[-1] == "LMS.LaunchData"]
    data = lms.store.documents[key].content.decode()
    assert '"launchParameters":"p"' in data
    assert '"entitlementKey":{"courseStructure":"k"}' in data


def test_a_course_that_asks_for_nothing_is_satisfied_at_the_first_launch() -> None:
    unit = f"<au id='urn:u'>{words('u')}<url>u.html</url></au>"
    document = (
        f"<courseStructure xmlns='{NS}'><course id='urn:c'>{words('c')}</course>{unit}</courseStructure>"
    )
    store = Store()
    lms = Lms(read_structure(document.encode()), store, learner="x", language="en")
    lms.launch("urn:u", mode="Normal", base="http://x/", return_url="")
    verbs = [statement["verb"]["id"].rsplit("/", 1)[-1] for statement in store.statements.values()]
    assert verbs == ["launched", "satisfied"]
