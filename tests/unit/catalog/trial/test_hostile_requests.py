"""Whatever is sent, the server answers: never with a fault of its own."""

import copy
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.catalog.trial.desk import Desk, Launch, opened
from tests.unit.catalog.trial.statements import statement

CALM = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
KEYS = st.sampled_from(
    ["id", "actor", "verb", "object", "objectType", "definition", "member", "account", "mbox", "name", "context", "result",
     "score", "scaled", "extensions", "contextActivities", "grouping", "interactionType", "choices", "response", "statement",
     "correctResponsesPattern", "attachments", "version", "timestamp", "registration", "duration", "team", "display", "x"]
)  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["Group", "SubStatement", "StatementRef", "Agent", "Activity", "choice", "numeric", "matching", "[.]", "a[,]b", "{lang=",
         "0a1b2c3d-0000-4000-8000-000000000000", "http://adlnet.gov/expapi/verbs/voided", "mailto:a@b.example", "urn:x:y",
         "2026-03-01T08:00:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "PT1S", "1.0.3"]
    ),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
PARAMETERS = st.dictionaries(
    st.sampled_from(
        ["statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "related_activities", "since", "until",
         "related_agents", "limit", "format", "attachments", "ascending", "after", "activityId", "stateId", "profileId", "x"]
    ),
    st.one_of(st.text(max_size=12), SCALARS.map(str), ANYTHING.map(lambda value: msgspec.json.encode(value).decode())),
    max_size=4,
)  # fmt: skip


@pytest.fixture(scope="module", params=["xapi", "cmi5"])
def launch(request: pytest.FixtureRequest) -> Iterator[Launch]:
    with opened(request.param) as desk:
        launched = desk.launch("roadmap")
        if request.param == "cmi5":
            launched.begin()
        yield launched


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a statement."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from places(part, (*path, key))


PLACES = tuple(places(statement()))


@CALM
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=3))
def test_statements_with_anything_anywhere(
    launch: Launch, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    made = statement()
    for (*way, last), value in changes:
        place: Any = made
        for step in way:
            inner = isinstance(place, dict) and step in place
            inner |= isinstance(place, list) and isinstance(step, int) and step < len(place)
            if not inner:
                break
            place = place[step]
        if isinstance(place, dict) or (
            isinstance(place, list) and isinstance(last, int) and last < len(place)
        ):
            place[last] = copy.deepcopy(value)
    assert launch.send(made).status_code < 500
    answer = launch.ask(
        "GET", "statements", params={"limit": "1", "related_agents": "true", "related_activities": "true"}
    )
    assert answer.status_code == 200


@CALM
@given(ANYTHING)
def test_any_json(launch: Launch, body: object) -> None:
    assert launch.ask("POST", "statements", msgspec.json.encode(body)).status_code < 500
    assert launch.document("POST", "s", msgspec.json.encode(body)).status_code < 500
    assert launch.profile("POST", "cmi5LearnerPreferences", msgspec.json.encode(body)).status_code < 500


@CALM
@given(
    st.binary(max_size=60),
    st.sampled_from(["application/json", "text/plain", "", "application/json; charset=gb18030", "x" * 300]),
)
def test_any_bytes(launch: Launch, body: bytes, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    assert launch.ask("POST", "statements", body, headers=headers).status_code < 500
    for method in ("PUT", "POST"):
        assert launch.document(method, "s", body, headers=headers).status_code < 500
    assert launch.document("GET", "s").status_code < 500


@CALM
@given(
    st.sampled_from(["GET", "PUT", "POST", "DELETE"]),
    st.sampled_from(["statements", "activities/state", "agents/profile"]),
    PARAMETERS,
)
def test_any_parameters(launch: Launch, method: str, resource: str, parameters: dict[str, str]) -> None:
    body = None if method in ("GET", "DELETE") else statement()
    assert launch.ask(method, resource, body, params=parameters).status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[" * 100_000,
        b'{"object":' * 500 + b"1" + b"}" * 500,
        b'{"a":' * 200 + b"1" + b"}" * 200,
        b"[[[1]]]",
        b'"\xff\xfe"',
        b'"\\ud800"',
        b"\xef\xbb\xbf{}",
        b'{"id": 1e999}',
        b"[" + b"9" * 5000 + b"]",
        b"nul",
        b"{}" * 2,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_bodies_that_trip_parsers(launch: Launch, body: bytes) -> None:
    assert launch.ask("POST", "statements", body).status_code == 400
    assert launch.document("POST", "s", body).status_code == 400


def test_a_statement_of_empty_parts(launch: Launch) -> None:
    for actor in ({}, {"member": 5, "objectType": "Group"}, {"member": {}, "objectType": "Group"}):
        assert launch.send({"actor": actor, "verb": {}, "object": {}}).status_code == 400


def test_a_body_that_is_too_large(launch: Launch) -> None:
    assert launch.ask("POST", "statements", b" " * (5 << 20)).status_code == 413


@pytest.mark.parametrize("path", ["launch", "conditions", "values"])
@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"null", b'{"id": 1}', b'{"away": "x"}', b"{"])
def test_the_authors_page_is_answered_too(cmi5: Desk, path: str, body: bytes) -> None:
    answer = cmi5.client.post(f"/api/{path}", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code < 500
    assert cmi5.client.post("/api/launch", json={"id": "none", "mode": "Normal"}).status_code == 404
    assert cmi5.client.get("/api/events", params={"after": "x"}).status_code == 400
    assert cmi5.client.get("/package/../../etc/passwd").status_code == 404
    assert cmi5.client.get("/trial/app.py").status_code == 404
