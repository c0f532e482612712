"""Each cmi5 rule on statements and documents has a request that breaks it alone, sent to the LMS as a unit does."""

import inspect
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from httpx import Response

from catalog.trial.cmi5 import documents, rules
from catalog.trial.cmi5.session import LaunchMode
from tests.unit.catalog.trial.desk import Desk, Launch
from tests.unit.catalog.trial.statements import CMI5, EXTENSION, IRI, MISSING, MOVE_ON, changed

OTHER: dict[str, Any] = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "8"}}
PROGRESS = {"extensions": {"https://w3id.org/xapi/cmi5/result/extensions/progress": 50}}
MASTERY = {f"{EXTENSION}masteryscore": 0.8}
SCORE = {"score": {"scaled": 0.9}}
Send = Callable[[Launch], Response]


def told(answer: Response) -> list[tuple[str, str]]:
    assert answer.status_code == 403, answer.text
    return [(breach["clause"], breach["path"]) for breach in answer.json()["breaches"]]


def sending(verb: str, path: str = "", value: object = None, **given: Any) -> Send:
    """A statement without fault, but for what is at `path`."""

    def send(launch: Launch) -> Response:
        made = launch.make(verb, **given)
        return launch.send(changed(made, path, value) if path else made)

    return send


def after(*verbs: str, then: Send) -> Send:
    """What breaks a rule only because of what was sent before."""

    def send(launch: Launch) -> Response:
        for verb in verbs:
            answer = launch.send(launch.make(verb))
            assert answer.status_code == 200, answer.text
        return then(launch)

    return send


def allowed(launch: Launch, **changes: Any) -> dict[str, Any]:
    """A cmi5-allowed statement: without the category."""
    made = changed(
        launch.make("experienced"), "context.contextActivities", launch.template["contextActivities"]
    )
    return {**made, "object": {"id": f"{launch.activity}/lesson"}, **changes}


class Case(NamedTuple):
    """`send` breaks `clause`, seen at `path`."""

    clause: str
    path: str
    send: Send


G = "context.contextActivities.grouping"
C = "context.contextActivities.category"
BEGUN = (
    Case("9.3.0.0-5", "", after("terminated", then=lambda launch: launch.send(allowed(launch)))),
    Case("9.1.0.0-1", "id", sending("completed", "id", MISSING)),
    Case("8.1.3.0-3", "actor", sending("completed", "actor", OTHER)),
    Case("9.6.1.0-1", "context.registration", sending("completed", "context.registration", str(uuid4()))),
    Case("9.6.1.0-1", "context.registration", lambda launch: launch.send(allowed(launch, context={
        **allowed(launch)["context"], "registration": str(uuid4())}))),
    Case("9.7.0.0-1", "timestamp", sending("completed", "timestamp", MISSING)),
    Case("9.7.0.0-2", "timestamp", sending("completed", "timestamp", "2026-03-01T08:00:00+08:00")),
    Case("9.6.3.1-4", f"context.extensions.{EXTENSION}sessionid", lambda launch: launch.send(
        {**(made := launch.make("completed")), "context": {**made["context"], "extensions": {}}})),
    Case("9.6.2.0-1", G, sending("completed", G, [])),
    Case("9.6.2.1-1", C, lambda launch: launch.send(changed(launch.make("initialized"), C, []))),
    Case("9.6.2.2-1", C, sending("completed", C, [{"id": CMI5}])),
    Case("9.6.2.2-2", C, sending("terminated", C, [{"id": CMI5}, {"id": MOVE_ON}])),
    Case("9.6.2.2-2", C, lambda launch: launch.send(changed(allowed(launch), C, [{"id": MOVE_ON}]))),
    Case("6.3.0.0-1", "verb", lambda launch: launch.send(allowed(
        launch, verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object={"objectType": "StatementRef", "id": str(uuid4())}))),
    Case("9.3.0.0-1", "verb", sending("experienced")),
    Case("9.3.0.0-2", "verb", sending("initialized")),
    Case("9.3.0.0-3", "verb", after("failed", then=sending("passed"))),
    Case("8.1.5.0-6", "object.id", sending("completed", "object.id", IRI)),
    Case("9.5.1.0-2", "result.score", sending("terminated", result={"score": {"scaled": 0.5}}, extensions=MASTERY)),
    Case("9.5.1.0-3", "result.score", sending("passed", result={"score": {"scaled": 1, "raw": 1}}, extensions=MASTERY)),
    Case("9.3.4.0-2", "result.score.scaled", sending("passed", result={"score": {"scaled": 0.79}}, extensions=MASTERY)),
    Case("9.3.5.0-2", "result.score.scaled", sending("failed", result={"score": {"scaled": 0.8}}, extensions=MASTERY)),
    Case("9.6.3.2-2", "context.extensions", sending("passed", result=SCORE)),
    Case("9.5.2.0-1", "result.success", sending("passed", result={"success": False})),
    Case("9.5.2.0-2", "result.success", sending("failed", result={"success": True})),
    Case("9.5.2.0-3", "result.success", sending("completed", result={"success": True})),
    Case("9.5.3.0-1", "result.completion", sending("completed", result={"completion": False})),
    Case("9.5.3.0-2", "result.completion", sending("passed", result={"completion": True})),
    Case("9.5.4.1-1", "result.duration", sending("terminated", "result", {})),
    Case("9.5.4.1-2", "result.duration", sending("completed", "result.duration", MISSING)),
    Case("9.5.4.1-3", "result.duration", sending("passed", "result.duration", MISSING)),
    Case("9.5.4.1-4", "result.duration", sending("failed", "result.duration", MISSING)),
    Case("9.5.5.1", "result.extensions.progress", sending("completed", result=PROGRESS)),
    Case("9.5.5.1", "result.extensions.progress", lambda launch: launch.send(allowed(launch, result={
        "extensions": dict.fromkeys(PROGRESS["extensions"], 0.5)}))),
    # Documents.
    Case("8.1.3.0-3", "agent", lambda launch: launch.document("GET", "s", params={"agent": '{"mbox": "mailto:a@b.example"}'})),
    Case("11.0.0.0-1", "agent", lambda launch: launch.profile("GET", params={"agent": '{"mbox": "mailto:a@b.example"}'})),
    Case("8.1.4.0-3", "registration", lambda launch: launch.document("GET", "s", params={"registration": None})),
    Case("8.1.4.0-3", "registration", lambda launch: launch.document("PUT", "s", {}, params={"registration": str(uuid4())})),
    Case("10.2.1.0-5", "stateId", lambda launch: launch.document("PUT", "LMS.LaunchData", {})),
    Case("10.2.1.0-5", "stateId", lambda launch: launch.document("DELETE", "LMS.LaunchData")),
    Case("10.2.1.0-5", "stateId", lambda launch: launch.document("DELETE", "", params={"stateId": None})),
    Case("11.0.0.0-4", "profileId", lambda launch: launch.profile("GET", "other")),
    Case("11.0.0.0-5", "", lambda launch: launch.profile("PUT", body={"languagePreference": "en"}, headers={"If-Match": "*"})),
    Case("11.0.0.0-5", "", lambda launch: launch.profile("PUT", body=b"[", headers={"If-Match": "*", "Content-Type": "text/plain"})),
    Case("11.1.0.0-1", "languagePreference", lambda launch: launch.profile(
        "PUT", body={"languagePreference": "en, Chinese language", "audioPreference": "on"}, headers={"If-Match": "*"})),
)  # fmt: skip


@pytest.mark.parametrize("case", BEGUN, ids=lambda case: case.clause)
def test_a_request_breaks_that_rule_alone(cmi5: Desk, case: Case) -> None:
    launch = cmi5.launch("roadmap")
    launch.begin()
    assert told(case.send(launch)) == [(f"cmi5 {case.clause}", case.path)]
    (entry,) = [entry for entry in cmi5.run.journal.entries if entry.breaches]
    assert (entry.status, [breach.clause for breach in entry.breaches]) == (403, [f"cmi5 {case.clause}"])


def test_nothing_before_initialized(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    launch.fetch()
    launch.profile("GET")
    assert told(launch.send(allowed(launch))) == [("cmi5 9.3.0.0-4", "verb")]
    assert told(launch.send(launch.make("terminated"))) == [("cmi5 9.3.0.0-4", "verb")]


def test_preferences_are_read_before_initialized(cmi5: Desk) -> None:
    launch = cmi5.launch("roadmap")
    launch.fetch()
    assert told(launch.send(launch.make("initialized"))) == [("cmi5 11.0.0.0-3", "")]
    assert launch.profile("GET", "other").status_code == 403
    assert told(launch.send(launch.make("initialized"))) == [("cmi5 11.0.0.0-3", "")]
    launch.profile("GET")
    assert launch.send(launch.make("initialized")).status_code == 200


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_other_modes_record_nothing_that_counts(cmi5: Desk, mode: LaunchMode) -> None:
    launch = cmi5.launch("roadmap", mode)
    launch.begin()
    for verb in ("completed", "passed", "failed"):
        assert told(launch.send(launch.make(verb))) == [("cmi5 10.2.2.0-5", "verb")]
    assert launch.send(launch.make("terminated")).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "clause"),
    [
        ("completed", "completed", "9.3.0.0-6"),
        ("passed", "passed", "9.3.0.0-7"),
        ("passed", "failed", "9.3.0.0-8"),
    ],
)
def test_once_in_a_registration(cmi5: Desk, first: str, second: str, clause: str) -> None:
    before = cmi5.launch("roadmap")
    before.begin()
    assert before.send(before.make(first), before.make("terminated")).status_code == 200
    launch = cmi5.launch("roadmap")
    launch.begin()
    assert told(launch.send(launch.make(second))) == [(f"cmi5 {clause}", "verb")]
    other = cmi5.launch("%E8%AF%8A%E6%96%AD")  # 诊断
    other.begin()
    assert other.send(other.make(second)).status_code == 200  # another unit


@pytest.mark.parametrize(
    ("verbs", "given"),
    [
        (("completed", "passed", "terminated"), {}),
        (("failed", "terminated"), {"result": {"score": {"scaled": 0.2, "raw": 1, "min": 0, "max": 5}}}),
        (("passed", "completed", "terminated"), {"result": SCORE}),
    ],
)
def test_a_session_without_fault(cmi5: Desk, verbs: tuple[str, ...], given: dict[str, Any]) -> None:
    launch = cmi5.launch("roadmap")
    launch.begin()
    assert launch.send(allowed(launch, result=PROGRESS)).status_code == 200
    for verb in verbs:
        more = {**given, "extensions": MASTERY} if verb in ("passed", "failed") else {}
        assert launch.send(launch.make(verb, **more)).status_code == 200
    assert [entry for entry in cmi5.run.journal.entries if entry.breaches] == []


def test_a_template_is_copied_with_all_that_it_holds(cmi5: Desk) -> None:
    """LMSs may put more into it than this one does."""
    launch = cmi5.launch("roadmap")
    launch.begin()
    session = cmi5.run.lms.registration.sessions[-1] if cmi5.run.lms else None
    assert session
    session.template = {
        **session.template,
        "extensions": {**session.template["extensions"], IRI: [1]},
        "platform": "LMS",
    }
    told_of = told(launch.send(allowed(launch)))
    assert told_of == [
        ("cmi5 10.2.1.0-7", f"context.extensions.{IRI}"),
        ("cmi5 10.2.1.0-7", "context.platform"),
    ]


def test_an_actor_without_an_account(cmi5: Desk) -> None:
    """The LMS gives one; the rule is for an LMS that doesn't."""
    launch = cmi5.launch("roadmap")
    launch.begin()
    made = launch.make("completed")
    assert cmi5.run.lms
    for actor, clause, path in (
        ({"mbox": "mailto:a@b.example"}, "9.2.0.0-3", "actor.account"),
        ({"objectType": "Group", "account": OTHER["account"]}, "9.2.0.0-2", "actor"),
    ):
        cmi5.run.lms.registration.actor = actor
        assert told(launch.send(changed(made, "actor", actor))) == [(f"cmi5 {clause}", path)]


def test_every_number_in_the_code_is_tested() -> None:
    source = "".join(inspect.getsource(module) for module in (rules, documents))
    cited = set(re.findall(r"(?:cmi5 |\")(\d+\.\d+[\d.]*(?:-\d+)?)\"", source))
    tests = inspect.getsource(inspect.getmodule(told) or rules)
    untested = {number for number in cited if f'"{number}"' not in tests and f'cmi5 {number}"' not in tests}
    assert len(cited) > 40
    assert untested == set()
