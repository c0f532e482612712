"""Whatever is refused is told in one shape, in the client's language, and never with a stack trace."""

import pytest

from tests.integration.catalog.web.conftest import Desk, code


def test_not_found(desk: Desk) -> None:
    answer = desk.client.get("/api/v1/institutions/nowhere", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no institution “nowhere”."
    assert answer.json()["type"] == "urn:lingjun:problem:not-found"
    assert answer.headers["Content-Language"] == "en"


def test_no_such_address(desk: Desk) -> None:
    answer = desk.client.get("/api/v1/nothing")
    assert (answer.status_code, code(answer)) == (404, "not-found")
    assert answer.json()["detail"] == "没有这个地址。"


def test_another_method(desk: Desk) -> None:
    answer = desk.client.put("/api/v1/institutions")
    assert (answer.status_code, code(answer)) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("sent", ["Bearer nonsense", "Basic eDp5", "Bearer"])
def test_a_wrong_token_is_never_nobody(desk: Desk, sent: str) -> None:
    body = {"slug": "a", "name": {"zh": "甲"}}
    answer = desk.client.post("/api/v1/institutions", json=body, headers={"Authorization": sent})
    assert (answer.status_code, code(answer)) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_forbidden(desk: Desk) -> None:
    body = {"slug": "a", "name": {"zh": "甲"}}
    answer = desk.client.post("/api/v1/institutions", json=body, headers=desk.as_(desk.people.author))
    assert (answer.status_code, code(answer)) == (403, "forbidden")


def test_a_body_that_breaks_the_schema(desk: Desk) -> None:
    headers = desk.as_(desk.people.administrator)
    answer = desk.client.post("/api/v1/institutions", json={"slug": 3}, headers=headers)
    assert (answer.status_code, code(answer)) == (400, "bad-request")
    assert answer.json()["errors"]


def test_added(desk: Desk) -> None:
    headers = desk.as_(desk.people.administrator)
    body = {"slug": "fudan", "name": {"zh": "复旦大学"}}
    assert desk.client.post("/api/v1/institutions", json=body, headers=headers).status_code == 201
    again = desk.client.post("/api/v1/institutions", json=body, headers=headers)
    assert (again.status_code, code(again)) == (409, "already-exists")
    assert [found["slug"] for found in desk.client.get("/api/v1/institutions").json()] == [
        "fudan",
        "tsinghua",
        "xiamen",
    ]
