"""Each rule of xAPI's data has a statement that breaks it alone."""

import inspect
import re
from typing import Any, NamedTuple

import pytest

from catalog.trial.xapi import interactions, rules, shapes
from catalog.trial.xapi.rules import VOIDED, statement_breaches
from tests.unit.catalog.trial.statements import IRI, MISSING, changed, statement


class Case(NamedTuple):
    """What `path` holds, the clause that forbids it, and where the breach is seen (by default, there)."""

    path: str
    value: Any
    clause: str
    seen: str | None = None


AGENT = {"mbox": "mailto:a@example.org"}
SUB = {
    "objectType": "SubStatement",
    "actor": AGENT,
    "verb": {"id": IRI},
    "object": {"id": IRI},
    "result": {"success": True},
    "context": {"revision": "1"},
    "timestamp": "2026-03-01T08:00:00Z",
}
D = "object.definition"
CASES = (
    # 2.2.2, 2.4: the statement itself
    Case("verb.display", None, "2.2.2"),
    Case(f"{D}.name", None, "2.2.2"),
    Case("context.extensions", None, "2.2.2"),
    Case("id", "1234", "2.4"),
    Case("id", "{0a1b2c3d-0000-4000-8000-000000000000}", "2.4"),
    Case("actor", MISSING, "2.4", ""),
    Case("verb", MISSING, "2.4", ""),
    Case("object", MISSING, "2.4", ""),
    Case("actor", [], "2.4"),
    Case("verb", "answered", "2.4"),
    Case("object", "urn:example:q1", "2.4"),
    Case("result", "yes", "2.4"),
    Case("context", [], "2.4"),
    Case("extra", 1, "2.4"),
    Case("timestamp", "2026-03-01T08:00:00", "2.4"),
    Case("timestamp", "2026-03-01T08:00:00-00:00", "2.4"),
    Case("timestamp", "2026-02-30T08:00:00Z", "2.4"),
    Case("timestamp", 1772352000, "2.4"),
    Case("stored", "now", "2.4"),
    Case("authority", "me", "2.4"),
    Case("attachments", {}, "2.4"),
    Case("version", "2.0.0", "2.4.10"),
    Case("version", 1.0, "2.4"),
    # 2.4.2: actors
    Case("actor.objectType", "Person", "2.4.2"),
    Case("actor", {}, "2.4.2.3"),
    Case("actor.mbox", "mailto:a@example.org", "2.4.2.3", "actor"),
    Case("actor", {"mbox": "a@example.org"}, "2.4.2.3", "actor.mbox"),
    Case("actor", {"mbox_sha1sum": "abc"}, "2.4.2.3", "actor.mbox_sha1sum"),
    Case("actor", {"openid": "me"}, "2.4.2.3", "actor.openid"),
    Case("actor", {**AGENT, "name": 7}, "2.4.2.3", "actor.name"),
    Case("actor", {**AGENT, "age": 7}, "2.4.2.3", "actor.age"),
    Case("actor", {**AGENT, "member": [AGENT]}, "2.4.2.3", "actor.member"),
    Case("actor.account.homePage", "lms", "2.4.2.4"),
    Case("actor.account.name", 7, "2.4.2.4"),
    Case("actor.account.name", MISSING, "2.4.2.4", "actor.account"),
    Case("context.team.member", [], "2.4.2.3", "context.team"),
    Case("context.team.member", [7], "2.4.2.2", "context.team.member[0]"),
    Case("context.team.member.0", {"objectType": "Group", **AGENT}, "2.4.2.2", "context.team.member[0]"),
    Case("context.instructor.mbox", "mailto:", "2.4.2.3"),
    Case("authority.mbox", MISSING, "2.4.2.3", "authority"),
    # 2.4.3: verb
    Case("verb", {}, "2.4.3"),
    Case("verb.id", "answered", "2.4.3"),
    Case("verb.display", {"not a tag": "x"}, "2.4.3"),
    Case("verb.display", {"en": 1}, "2.4.3"),
    Case("verb.name", "answered", "2.4.3"),
    # 2.4.4: object
    Case("object", {}, "2.4.4.1"),
    Case("object.id", "q1", "2.4.4.1"),
    Case("object.name", "q1", "2.4.4.1"),
    Case("object", {"objectType": "Thing", "id": IRI}, "2.4.4", "object.objectType"),
    Case(f"{D}.name", "题", "2.4.4.1"),
    Case(f"{D}.type", "cmi.interaction", "2.4.4.1"),
    Case(f"{D}.moreInfo", "more", "2.4.4.1"),
    Case(f"{D}.extensions", {"x": 1}, "2.4.4.1"),
    Case(f"{D}.colour", "red", "2.4.4.1"),
    Case(f"{D}.interactionType", "multiple", "2.4.4.1"),
    Case(f"{D}.interactionType", ["choice"], "2.4.4.1"),
    Case(f"{D}.scale", [{"id": "x"}], "2.4.4.1"),
    Case(f"{D}.choices.2", "c", "2.4.4.1", f"{D}.choices[2]"),
    Case(f"{D}.choices.2.id", "c d", "2.4.4.1", f"{D}.choices[2].id"),
    Case(f"{D}.choices.2.id", "", "2.4.4.1", f"{D}.choices[2].id"),
    Case(f"{D}.choices.2.description", "丙", "2.4.4.1", f"{D}.choices[2].description"),
    Case(f"{D}.correctResponsesPattern", ["a", "z"], "Appendix C", f"{D}.correctResponsesPattern[1]"),
    Case(f"{D}.correctResponsesPattern", [7], "Appendix C", f"{D}.correctResponsesPattern[0]"),
    Case(f"{D}.correctResponsesPattern", "a", "2.4.4.1"),
    Case("result.response", "a[,]a", "Appendix C"),
    Case("object", {"id": IRI, "definition": {"choices": []}}, "2.4.4.1", f"{D}.choices"),
    Case("object", {"id": IRI, "definition": {"correctResponsesPattern": []}}, "2.4.4.1", f"{D}.correctResponsesPattern"),
    # 2.4.5: result
    Case("result.success", "true", "2.4.5"),
    Case("result.completion", 1, "2.4.5"),
    Case("result.response", 1, "2.4.5"),
    Case("result.duration", "4.25", "2.4.5"),
    Case("result.duration", "P", "2.4.5"),
    Case("result.duration", "PT", "2.4.5"),
    Case("result.extensions", {"progress": 1}, "2.4.5"),
    Case("result.extensions", [], "2.4.5"),
    Case("result.grade", 1, "2.4.5"),
    Case("result.score", 1, "2.4.5"),
    Case("result.score.scaled", 1.01, "2.4.5.1"),
    Case("result.score.scaled", -1.01, "2.4.5.1"),
    Case("result.score.scaled", "0.5", "2.4.5.1"),
    Case("result.score.raw", "1", "2.4.5.1"),
    Case("result.score.raw", 3, "2.4.5.1"),
    Case("result.score.raw", -1, "2.4.5.1"),
    Case("result.score", {"min": 2, "max": 2}, "2.4.5.1", "result.score.min"),
    Case("result.score.points", 1, "2.4.5.1"),
    # 2.4.6: context
    Case("context.registration", "1", "2.4.6"),
    Case("context.language", "Chinese language", "2.4.6"),
    Case("context.platform", 1, "2.4.6"),
    Case("context.course", IRI, "2.4.6"),
    Case("context.extensions", {"1": 1}, "2.4.6"),
    Case("context.team", {"objectType": "Agent", **AGENT}, "2.4.6"),
    Case("context.statement.id", "1", "2.4.4.3"),
    Case("context.statement.objectType", "Statement", "2.4.4.3"),
    Case("context.contextActivities", [], "2.4.6"),
    Case("context.contextActivities.children", [], "2.4.6.2"),
    Case("context.contextActivities.other", ["x"], "2.4.6.2", "context.contextActivities.other[0]"),
    Case("context.contextActivities.other", [{"id": "x"}], "2.4.4.1", "context.contextActivities.other[0].id"),
    Case("context.contextActivities.parent", {"objectType": "Agent", "id": IRI}, "2.4.4.1", "context.contextActivities.parent[0].objectType"),
    # 2.4.11: attachments
    Case("attachments.0", "file", "2.4.11", "attachments[0]"),
    Case("attachments.0.fileUrl", MISSING, "2.4.11", "attachments[0]"),
    Case("attachments.0.length", -1, "2.4.11", "attachments[0].length"),
    Case("attachments.0.length", 2.5, "2.4.11", "attachments[0].length"),
)  # fmt: skip


def broken(given: object) -> list[tuple[str, str]]:
    found = statement_breaches(given)
    assert all(breach.message.zh and breach.message.en for breach in found)
    return [(breach.clause, breach.path) for breach in found]


def test_a_statement_with_everything_breaks_nothing() -> None:
    assert broken(statement()) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path}={str(case.value)[:30]}")
def test_a_broken_statement_breaks_that_rule_alone(case: Case) -> None:
    seen = case.path if case.seen is None else case.seen
    given = changed(statement(), case.path, case.value)
    if "choices" in case.path:
        given = changed(changed(given, "result.response", "a"), f"{D}.correctResponsesPattern", ["a"])
    elif case.path.startswith("object") and "definition" not in str(given.get("object", "")):
        given = changed(given, "result.response", "free")
    assert broken(given) == [(f"xAPI {case.clause}", seen)]


@pytest.mark.parametrize("given", [None, 1, "x", [], [{}]])
def test_a_statement_is_an_object(given: object) -> None:
    assert broken(given) == [("xAPI 2.2.2", "")]


def bare(target: object, **rest: Any) -> dict[str, Any]:
    return {"actor": AGENT, "verb": {"id": IRI}, "object": target, **rest}


@pytest.mark.parametrize(
    "target",
    [
        {"objectType": "Agent", **AGENT},
        {"objectType": "Group", "member": [AGENT]},
        {"objectType": "Group", **AGENT},
        {"objectType": "StatementRef", "id": "0A1b2c3d-0000-4000-8000-000000000000"},
        SUB,
    ],
)
def test_other_objects(target: dict[str, Any]) -> None:
    assert broken(bare(target)) == []


@pytest.mark.parametrize(
    ("target", "clause", "seen"),
    [
        ({"objectType": "Agent"}, "2.4.2.3", "object"),
        ({"objectType": "StatementRef"}, "2.4.4.3", "object"),
        ({"objectType": "StatementRef", "id": "1"}, "2.4.4.3", "object.id"),
        ({**SUB, "id": "0a1b2c3d-0000-4000-8000-000000000000"}, "2.4.4.3", "object.id"),
        ({**SUB, "version": "1.0.3"}, "2.4.4.3", "object.version"),
        ({k: v for k, v in SUB.items() if k != "actor"}, "2.4.4.3", "object"),
        ({**SUB, "object": SUB}, "2.4.4.3", "object.object"),
        ({**SUB, "actor": {}}, "2.4.2.3", "object.actor"),
        ({**SUB, "result": {"success": 1}}, "2.4.5", "object.result.success"),
        ({**SUB, "verb": {"id": "x"}}, "2.4.3", "object.verb.id"),
    ],
)
def test_broken_other_objects(target: dict[str, Any], clause: str, seen: str) -> None:
    assert broken(bare(target)) == [(f"xAPI {clause}", seen)]


def test_what_goes_with_activities_only() -> None:
    for name in ("revision", "platform"):
        given = bare({"objectType": "Agent", **AGENT}, context={name: "1"})
        assert broken(given) == [("xAPI 2.4.6", f"context.{name}")]


def test_voiding_names_a_statement() -> None:
    given = bare({"id": IRI}) | {"verb": {"id": VOIDED}}
    assert broken(given) == [("xAPI 2.3.2", "object")]


def test_identifiers_of_components_are_distinct() -> None:
    """The pattern then names the same one twice as well, if it uses it: here it doesn't."""
    given = changed(statement(), f"{D}.choices.2.id", "a")
    given = changed(given, "result.response", "a")
    assert broken(given) == [("xAPI 2.4.4.1", f"{D}.choices[2].id")]


def test_every_clause_in_the_code_has_a_case() -> None:
    source = "".join(inspect.getsource(module) for module in (rules, shapes, interactions))
    cited = set(re.findall(r'"xAPI ([\dA-Z][\w. ]*)"', source))
    tested = {case.clause for case in CASES} | {"2.3.2"}
    assert cited == tested
