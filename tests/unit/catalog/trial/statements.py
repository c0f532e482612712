"""Statements without fault, to be broken one thing at a time."""

import copy
from typing import Any
from uuid import uuid4

IRI = "https://example.org/x"
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"
MISSING: Any = "<missing>"
RESULTS: dict[str, dict[str, Any]] = {
    "completed": {"completion": True, "duration": "PT1M"},
    "passed": {"success": True, "duration": "PT1M"},
    "failed": {"success": False, "duration": "PT1M"},
    "terminated": {"duration": "PT2M0.5S"},
}


def statement() -> dict[str, Any]:
    """One with everything in it that xAPI has."""
    agent = {"objectType": "Agent", "name": "学员", "mbox": "mailto:learner@example.org"}
    return {
        "id": str(uuid4()),
        "actor": {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "7"}},
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/answered",
            "display": {"zh-CN": "作答", "en": "answered"},
        },
        "object": {
            "objectType": "Activity",
            "id": "urn:example:q1",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": {"zh-CN": "题"},
                "description": {"zh-CN": "哪些对？"},
                "moreInfo": "https://example.org/more",
                "interactionType": "choice",
                "correctResponsesPattern": ["a[,]b"],
                "choices": [{"id": "a", "description": {"zh-CN": "甲"}}, {"id": "b"}, {"id": "c"}],
                "extensions": {IRI: None},
            },
        },
        "result": {
            "score": {"scaled": 0.5, "raw": 1, "min": 0, "max": 2},
            "success": False,
            "completion": True,
            "response": "a[,]c",
            "duration": "PT4.25S",
            "extensions": {IRI: {"any": [None]}},
        },
        "context": {
            "registration": str(uuid4()),
            "instructor": copy.deepcopy(agent),
            "team": {"objectType": "Group", "name": "班", "member": [copy.deepcopy(agent)]},
            "contextActivities": {
                "parent": {"id": "urn:example:lesson"},
                "grouping": [{"objectType": "Activity", "id": "urn:example:course"}],
                "category": [{"id": "https://w3id.org/xapi/video"}],
                "other": [],
            },
            "revision": "3",
            "platform": "LMS",
            "language": "zh-CN",
            "statement": {"objectType": "StatementRef", "id": str(uuid4())},
            "extensions": {IRI: 1},
        },
        "timestamp": "2026-03-01T08:00:00.000Z",
        "stored": "2026-03-01T08:00:01+08:00",
        "authority": copy.deepcopy(agent),
        "version": "1.0.3",
        "attachments": [
            {
                "usageType": IRI,
                "display": {"en": "certificate"},
                "contentType": "text/plain",
                "length": 27,
                "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
                "fileUrl": IRI,
            }
        ],
    }


def changed(base: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with one thing at `path` (`object.definition.choices.0.id`) set, or taken away."""
    made = copy.deepcopy(base)
    *way, last = path.split(".")
    place: Any = made
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    if value is MISSING:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return made


def cmi5_statement(
    verb: str,
    activity: str,
    actor: dict[str, Any],
    registration: str,
    template: dict[str, Any],
    **changes: Any,
) -> dict[str, Any]:
    """A cmi5-defined statement about the unit; `result` and `extensions` add to what the verb needs."""
    result = {**RESULTS.get(verb, {}), **changes.get("result", {})}
    judged = "success" in result or "completion" in result
    context = copy.deepcopy(template)
    context.setdefault("contextActivities", {})["category"] = [
        {"id": CMI5},
        *([{"id": MOVE_ON}] if judged else []),
    ]
    context["registration"] = registration
    context.setdefault("extensions", {}).update(changes.get("extensions", {}))
    made = {
        "id": str(uuid4()),
        "actor": actor,
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": activity},
        "context": context,
        "timestamp": "2026-03-01T08:00:00.000Z",
    }
    return {**made, "result": result} if result else made
