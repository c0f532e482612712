"""The store over HTTP, by xAPI 1.0.3, Part Three (Communication)."""

import hashlib
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import pytest

from catalog.trial.xapi.rules import VOIDED
from tests.unit.catalog.trial.desk import Launch
from tests.unit.catalog.trial.statements import IRI, MISSING, changed, statement

SOME = "0a1b2c3d-0000-4000-8000-000000000000"
AGENT = '{"account": {"homePage": "https://lms.example", "name": "7"}}'


def make(**changes: Any) -> dict[str, Any]:
    """A small statement."""
    kept = {key: value for key, value in statement().items() if key in ("id", "actor", "verb", "object")}
    return {**kept, **changes}


def find(xapi: Launch, **parameters: str) -> list[str]:
    """The ids that a query finds."""
    answer = xapi.ask("GET", "statements", params=parameters)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["statements"]]


# Statements


def test_a_statement_comes_back_whole(xapi: Launch) -> None:
    given = statement()
    assert xapi.send(given).json() == [given["id"]]
    answer = xapi.ask("GET", "statements", params={"statementId": given["id"].upper()})
    assert answer.status_code == 200
    assert answer.headers["X-Experience-API-Version"] == "1.0.3"
    assert parsedate_to_datetime(answer.headers["Last-Modified"])
    found = answer.json()
    assert found["stored"] != given["stored"]
    assert {**found, "stored": given["stored"]} == given


def test_what_a_store_fills_in(xapi: Launch) -> None:
    (identifier,) = xapi.send(changed(make(), "id", MISSING)).json()
    found = xapi.ask("GET", "statements", params={"statementId": identifier}).json()
    assert found["id"] == identifier
    assert found["timestamp"] == found["stored"]
    assert found["version"] == "1.0.0"


def test_several_are_stored_or_none(xapi: Launch) -> None:
    first, second, third = make(), make(), make()
    assert xapi.send(first, second).json() == [first["id"], second["id"]]
    assert xapi.send(third, changed(make(), "verb.id", "x")).status_code == 400
    assert xapi.send(third, changed(first, "verb.id", IRI)).status_code == 409
    assert xapi.send(third, third).status_code == 400
    assert find(xapi) == [second["id"], first["id"]]
    assert xapi.send().json() == []


def test_ids_come_back_in_the_order_of_what_was_sent(xapi: Launch) -> None:
    known, unnamed, new = make(), changed(make(), "id", MISSING), make()
    xapi.send(known)
    answer = xapi.send(unnamed, new, known, unnamed).json()
    assert answer[1:3] == [new["id"], known["id"]]
    assert len(set(answer)) == 4


def test_put(xapi: Launch) -> None:
    given = make()
    where = {"statementId": given["id"]}
    assert xapi.ask("PUT", "statements", changed(given, "id", MISSING), params=where).status_code == 204
    assert find(xapi) == [given["id"]]
    assert xapi.ask("PUT", "statements", given, params=where).status_code == 204
    assert xapi.ask("PUT", "statements", changed(given, "verb.id", IRI), params=where).status_code == 409
    assert xapi.ask("PUT", "statements", given, params={"statementId": str(uuid4())}).status_code == 400
    assert xapi.ask("PUT", "statements", given).status_code == 400
    assert xapi.ask("PUT", "statements", [given], params=where).status_code == 400
    assert xapi.ask("PUT", "statements", given, params={"statementId": "1"}).status_code == 400
    assert xapi.ask("PUT", "statements", given, params={**where, "x": "1"}).status_code == 400


def test_the_same_again_is_no_second_one(xapi: Launch) -> None:
    given = statement()
    xapi.send(given)
    assert xapi.send(given).json() == [given["id"]]
    assert xapi.send(changed(given, "stored", MISSING)).status_code == 200
    assert len(find(xapi)) == 1
    for path, value in (
        ("result", MISSING),
        ("context.platform", "x"),
        ("timestamp", "2026-03-01T08:00:01Z"),
    ):
        assert xapi.send(changed(given, path, value)).status_code == 409


def test_refusals_say_what_is_wrong(xapi: Launch) -> None:
    answer = xapi.send(changed(make(), "verb.id", "answered"))
    assert answer.status_code == 400
    assert [breach["clause"] for breach in answer.json()["breaches"]] == ["xAPI 2.4.3"]
    for content_type in ("text/plain", None, "application/json-patch+json", "multipart/mixed; boundary=x"):
        given = xapi.ask("POST", "statements", make(), headers={"Content-Type": content_type})
        assert given.status_code == 400
    charset = xapi.ask(
        "POST", "statements", make(), headers={"Content-Type": "application/json; charset=utf-8"}
    )
    assert charset.status_code == 200
    assert xapi.ask("POST", "statements", make(), params={"method": "PUT"}).status_code == 400


# Queries


def test_queries(xapi: Launch) -> None:
    other = {"mbox": "mailto:other@example.org"}
    registration = str(uuid4())
    around = {"contextActivities": {"grouping": [{"id": "urn:example:group"}]}, "registration": registration}
    plain, by_other, about, within = (
        make(),
        make(actor=other),
        make(verb={"id": IRI}, object={"objectType": "Agent", **other}),
        make(context=around, object={"id": "urn:example:q2"}),
    )
    xapi.send(plain, by_other, about, within)
    ids = [one["id"] for one in (plain, by_other, about, within)]
    assert find(xapi) == ids[::-1]
    assert find(xapi, ascending="true") == ids
    assert find(xapi, verb=IRI) == [ids[2]]
    assert find(xapi, activity="urn:example:q2") == [ids[3]]
    assert find(xapi, activity="urn:example:group") == []
    assert find(xapi, activity="urn:example:group", related_activities="true") == [ids[3]]
    assert find(xapi, registration=registration.upper()) == [ids[3]]
    assert find(xapi, agent='{"mbox": "mailto:other@example.org"}') == [ids[2], ids[1]]
    assert find(xapi, agent=AGENT, ascending="true", limit="2") == [ids[0], ids[2]]
    assert find(xapi, verb="urn:example:none") == []


def test_related_agents(xapi: Launch) -> None:
    given = statement()
    xapi.send(given)
    learner = '{"mbox": "mailto:learner@example.org"}'
    assert find(xapi, agent=learner) == []
    assert find(xapi, agent=learner, related_agents="true") == [given["id"]]
    xapi.send(changed(changed(given, "id", MISSING), "context", {"team": given["context"]["team"]}))
    assert len(find(xapi, agent=learner, related_agents="true")) == 2  # a member of a team


def test_sub_statements_are_found_by_what_is_related(xapi: Launch) -> None:
    inner = {"objectType": "SubStatement", **{k: v for k, v in make().items() if k != "id"}}
    given = make(object=inner, actor={"mbox": "mailto:other@example.org"})
    xapi.send(given)
    assert find(xapi, activity="urn:example:q1") == find(xapi, agent=AGENT) == []
    assert find(xapi, activity="urn:example:q1", related_activities="true") == [given["id"]]
    assert find(xapi, agent=AGENT, related_agents="true") == [given["id"]]


def test_since_and_until_mean_when_it_was_stored(xapi: Launch) -> None:
    first, second = make(timestamp="2020-01-01T00:00:00Z"), make()
    xapi.send(first)
    stored = xapi.ask("GET", "statements").json()["statements"][0]["stored"]
    while xapi.ask("GET", "statements").headers["X-Experience-API-Consistent-Through"] <= stored:
        pass
    xapi.send(second)
    assert find(xapi, since=stored) == [second["id"]]
    assert find(xapi, until=stored) == [first["id"]]
    assert find(xapi, since="2020-01-02T00:00:00+08:00", until="2021-01-01T00:00:00Z") == []


def test_pages_lead_from_one_to_the_next(xapi: Launch) -> None:
    sent = [make() for _ in range(7)]
    xapi.send(*sent)
    ids = [one["id"] for one in sent]
    for order, wanted in (("true", ids), ("false", ids[::-1])):
        answer = xapi.ask("GET", "statements", params={"limit": "3", "ascending": order}).json()
        found, pages = [one["id"] for one in answer["statements"]], 1
        while answer["more"]:
            assert answer["more"].startswith("/xapi/statements?")
            answer = xapi.ask("GET", answer["more"].removeprefix("/xapi/")).json()
            found += [one["id"] for one in answer["statements"]]
            pages += 1
        assert (found, pages) == (wanted, 3)
    assert xapi.ask("GET", "statements", params={"limit": "7"}).json()["more"] == ""
    assert len(xapi.ask("GET", "statements", params={"limit": "0"}).json()["statements"]) == 7


def test_an_answer_is_bounded(xapi: Launch) -> None:
    xapi.send(*(make() for _ in range(501)))
    answer = xapi.ask("GET", "statements", params={"limit": "100000"}).json()
    assert len(answer["statements"]) == 500
    assert len(xapi.ask("GET", answer["more"].removeprefix("/xapi/")).json()["statements"]) == 1


@pytest.mark.parametrize(
    "parameters",
    [
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "٤"},
        {"agent": "me"},
        {"agent": "{}"},
        {"agent": "[]"},
        {"agent": '{"mbox": "a"}'},
        {"verb": "answered"},
        {"activity": "q1"},
        {"registration": "1"},
        {"since": "yesterday"},
        {"until": "2026-03-01"},
        {"ascending": "yes"},
        {"related_agents": "1"},
        {"related_activities": ""},
        {"statementId": "1"},
        {"statementId": SOME, "verb": IRI},
        {"statementId": SOME, "voidedStatementId": SOME},
        {"statementID": SOME},
        {"format": "pretty"},
        {"attachments": "true"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_queries_that_mean_nothing_are_refused(xapi: Launch, parameters: dict[str, str]) -> None:
    assert xapi.ask("GET", "statements", params=parameters).status_code == 400


# Voiding


def test_voiding(xapi: Launch) -> None:
    given = make()
    xapi.send(given)
    voiding = make(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": given["id"].upper()})
    assert xapi.send(voiding).status_code == 200
    assert find(xapi) == [voiding["id"]]
    assert xapi.ask("GET", "statements", params={"statementId": given["id"]}).status_code == 404
    found = xapi.ask("GET", "statements", params={"voidedStatementId": given["id"]})
    assert found.json()["id"] == given["id"]
    assert xapi.ask("GET", "statements", params={"voidedStatementId": voiding["id"]}).status_code == 404
    again = make(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": voiding["id"]})
    assert xapi.send(again).status_code == 400
    assert xapi.send(given).status_code == 200  # a retry of what was voided is no conflict
    assert find(xapi) == [voiding["id"]]


def test_what_is_voided_before_it_arrives(xapi: Launch) -> None:
    given = make()
    xapi.send(make(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": given["id"]}))
    xapi.send(given)
    assert given["id"] not in find(xapi)


# Documents


def test_a_state_document(xapi: Launch) -> None:
    assert xapi.document("GET", "s").status_code == 404
    assert xapi.document("PUT", "s", b"\x00\xff", headers={"Content-Type": "image/png"}).status_code == 204
    answer = xapi.document("GET", "s")
    assert (answer.content, answer.headers["Content-Type"]) == (b"\x00\xff", "image/png")
    digest = hashlib.sha1(b"\x00\xff", usedforsecurity=False).hexdigest()
    assert answer.headers["ETag"] == f'"{digest}"'
    assert parsedate_to_datetime(answer.headers["Last-Modified"])
    assert xapi.document("DELETE", "s").status_code == 204
    assert xapi.document("DELETE", "s").status_code == 204
    assert xapi.document("GET", "s").status_code == 404


def test_conditions(xapi: Launch) -> None:
    assert xapi.document("PUT", "s", {"a": 1}, headers={"If-Match": "*"}).status_code == 412
    assert xapi.document("PUT", "s", {"a": 1}, headers={"If-None-Match": "*"}).status_code == 204
    assert xapi.document("PUT", "s", {"a": 2}, headers={"If-None-Match": "*"}).status_code == 412
    tag = xapi.document("GET", "s").headers["ETag"]
    assert xapi.document("PUT", "s", {"a": 2}, headers={"If-Match": f'"x", {tag}'}).status_code == 204
    assert xapi.document("PUT", "s", {"a": 3}, headers={"If-Match": tag}).status_code == 412
    assert xapi.document("POST", "s", {"a": 3}, headers={"If-Match": tag}).status_code == 412
    assert xapi.document("DELETE", "s", headers={"If-Match": tag}).status_code == 412
    assert xapi.document("GET", "s").json() == {"a": 2}
    assert xapi.document("PUT", "s", {"a": 4}, headers={"If-None-Match": tag}).status_code == 204
    new = xapi.document("GET", "s").headers["ETag"]
    assert xapi.document("DELETE", "s", headers={"If-Match": new}).status_code == 204


def test_post_merges_objects(xapi: Launch) -> None:
    assert xapi.document("POST", "s", {"a": 1, "b": {"c": 1}}).status_code == 204
    assert xapi.document("POST", "s", {"b": {"d": 2}, "e": None}).status_code == 204
    assert xapi.document("GET", "s").json() == {"a": 1, "b": {"d": 2}, "e": None}
    for body, kind in ((b"[1]", "application/json"), (b"{", "application/json"), (b"{}", "text/plain")):
        assert xapi.document("POST", "s", body, headers={"Content-Type": kind}).status_code == 400
    xapi.document("PUT", "text", b"x", headers={"Content-Type": "text/plain"})
    assert xapi.document("POST", "text", {"a": 1}).status_code == 400
    assert xapi.document("GET", "text").content == b"x"
    assert xapi.document("POST", "new", b"x", headers={"Content-Type": "text/plain"}).status_code == 204
    assert xapi.document("POST", "list", [1]).status_code == 400


def test_json_must_be_json(xapi: Launch) -> None:
    assert xapi.document("PUT", "s", b"{'a': 1}").status_code == 400
    assert xapi.document("PUT", "s", [1]).status_code == 204


def test_ids_of_documents(xapi: Launch) -> None:
    xapi.document("PUT", "one", {})
    key = next(key for key in xapi.desk.run.store.documents if key[-1] == "one")
    moment = xapi.desk.run.store.documents[key].updated.isoformat()
    xapi.document("PUT", "two", {})
    xapi.document("PUT", "elsewhere", {}, params={"registration": str(uuid4())})
    xapi.document("PUT", "general", {}, params={"registration": None})

    def ids(**parameters: str | None) -> list[str]:
        found: list[str] = xapi.document("GET", "", params={"stateId": None, **parameters}).json()
        return sorted(found)

    assert ids() == ["one", "two"]
    assert ids(since=moment) == ["two"]
    assert ids(registration=None) == ["elsewhere", "general", "one", "two"]
    assert ids(activityId="urn:example:other") == []
    assert xapi.document("GET", "general").status_code == 404
    assert xapi.document("DELETE", "", params={"stateId": None}).status_code == 204
    assert ids(registration=None) == ["elsewhere", "general"]


def test_a_profile_is_changed_with_care(xapi: Launch) -> None:
    assert xapi.profile("PUT", "p", {"a": 1}).status_code == 204
    assert xapi.profile("PUT", "p", {"a": 2}).status_code == 409
    assert xapi.profile("PUT", "p", {"a": 2}, headers={"If-Match": '"old"'}).status_code == 412
    tag = xapi.profile("GET", "p").headers["ETag"]
    assert xapi.profile("PUT", "p", {"a": 2}, headers={"If-Match": tag}).status_code == 204
    assert xapi.profile("POST", "p", {"b": 1}).status_code == 204
    assert xapi.profile("GET", "p").json() == {"a": 2, "b": 1}
    assert xapi.profile("GET", None).json() == ["p"]
    assert xapi.profile("DELETE", None).status_code == 400
    assert xapi.profile("PUT", None, {}).status_code == 400
    assert xapi.profile("DELETE", "p").status_code == 204
    assert xapi.profile("GET", None).json() == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"activityId": None},
        {"activityId": "course"},
        {"agent": None},
        {"agent": "{}"},
        {"agent": '{"mbox": "me"}'},
        {"registration": "1"},
        {"stateId": None},
        {"profileId": "p"},
        {"since": "now"},
    ],
    ids=str,
)
def test_documents_that_are_nowhere(xapi: Launch, parameters: dict[str, Any]) -> None:
    assert xapi.document("PUT", "s", {}, params=parameters).status_code == 400


# Headers, authorization, CORS


@pytest.mark.parametrize("version", [None, "", "0.95", "1.1.0", "2.0.0", "1"])
def test_the_version_is_needed(xapi: Launch, version: str | None) -> None:
    given = {"X-Experience-API-Version": version}
    assert xapi.ask("GET", "statements", headers=given).status_code == 400
    assert xapi.document("GET", "s", headers=given).status_code == 400


@pytest.mark.parametrize("version", ["1.0", "1.0.0", "1.0.3", "1.0.9"])
def test_versions_that_are_spoken(xapi: Launch, version: str) -> None:
    answer = xapi.ask("GET", "statements", headers={"X-Experience-API-Version": version})
    assert answer.status_code == 200
    assert answer.headers["X-Experience-API-Version"] == "1.0.3"


def test_authorization(xapi: Launch) -> None:
    token = xapi.token.removeprefix("Basic ")
    for given in (None, "", token, f"Bearer {token}", "Basic", "Basic x", f"Basic {token}x"):
        answer = xapi.ask("GET", "statements", headers={"Authorization": given})
        assert answer.status_code == 401, given
        assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert xapi.ask("GET", "statements", headers={"Authorization": f"basic {token}"}).status_code == 200


def test_about_needs_neither(xapi: Launch) -> None:
    answer = xapi.ask("GET", "about", headers={"Authorization": None, "X-Experience-API-Version": None})
    assert answer.json() == {"version": ["1.0.3"]}


def test_resources_that_are_not_offered(xapi: Launch) -> None:
    assert xapi.ask("GET", "activities/profile").status_code == 404
    assert xapi.ask("PATCH", "statements").status_code == 405


ORIGIN = {"Origin": "http://localhost:8000"}


def test_other_origins_may_ask(xapi: Launch) -> None:
    headers = "authorization,content-type,x-experience-api-version,if-match,if-none-match"
    for method, path in (("PUT", "statements"), ("DELETE", "activities/state"), ("GET", "agents/profile")):
        answer = xapi.desk.client.options(
            f"/xapi/{path}",
            headers={
                **ORIGIN,
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": headers,
            },
        )
        assert answer.status_code in (200, 204)
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
        granted = answer.headers["Access-Control-Allow-Headers"].lower()
        assert all(name in granted for name in headers.split(","))
        assert method in answer.headers["Access-Control-Allow-Methods"]


def test_other_origins_see_every_answer(xapi: Launch) -> None:
    """A refusal without CORS headers looks like a dead network to a course."""
    xapi.document("PUT", "s", {})
    asked = [
        xapi.document("GET", "s", headers=ORIGIN),
        xapi.document("GET", "none", headers=ORIGIN),
        xapi.ask("GET", "statements", headers={**ORIGIN, "Authorization": "Basic x"}),
        xapi.ask("POST", "statements", b"{", headers=ORIGIN),
        xapi.document("PUT", "s", {}, headers={**ORIGIN, "If-Match": '"x"'}),
    ]
    assert [answer.status_code for answer in asked] == [200, 404, 401, 400, 412]
    for answer in asked:
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
        exposed = answer.headers["Access-Control-Expose-Headers"]
        assert {"ETag", "X-Experience-API-Version"} <= {name.strip() for name in exposed.split(",")}


def test_other_sites_are_kept_out(xapi: Launch) -> None:
    """An author's drafts are nobody else's business, whatever pages are open beside them."""
    for origin in (
        "https://evil.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example:8000",
    ):
        answer = xapi.desk.client.get("/package/index.html", headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert xapi.desk.client.get("/package/index.html", headers={"Host": "evil.example"}).status_code == 400
    assert xapi.desk.client.get("/package/index.html", headers={"Host": "localhost:8000"}).status_code == 200


def test_away(xapi: Launch) -> None:
    client = xapi.desk.client
    assert client.post("/api/conditions", json={"away": 60}).status_code == 204
    answer = xapi.send(make())
    assert answer.status_code == 503
    assert xapi.document("GET", "s").status_code == 503
    client.post("/api/conditions", json={"away": 0})
    assert xapi.send(make()).status_code == 200
