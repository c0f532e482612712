"""The OpenAPI document is valid, complete, and its examples keep to its schemas."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.integration.catalog.web.conftest import Desk

_METHODS = ("get", "put", "post", "delete")


@pytest.fixture
def document(desk: Desk) -> dict[str, Any]:
    answer = desk.client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def test_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_is_in_it(document: dict[str, Any], desk: Desk) -> None:
    shown = {
        route.path.replace(":int", "").replace(":str", "").replace(":path", "")
        for route in desk.client.app.routes
    }
    api = {
        path
        for path in shown
        if path.startswith("/api/v1/") and not path.endswith(("openapi.json", "}.atom"))
    }
    assert api == set(document["paths"])


def test_every_operation_is_explained(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    for where, operation in operations(document):
        assert operation["summary"], where
        assert "application/problem+json" in operation["responses"]["default"]["content"], where


def test_every_example_is_valid(document: dict[str, Any]) -> None:
    seen = 0
    for where, operation in operations(document):
        bodies = [operation.get("requestBody"), *operation["responses"].values()]
        for content in [content for body in bodies for content in (body or {}).get("content", {}).values()]:
            if content["schema"].get("format") == "binary":
                continue
            schema = {**content["schema"], "components": document["components"]}
            jsonschema.validate(content["example"], schema)
            seen += 1
        for parameter in operation["parameters"]:
            schema = {**parameter["schema"], "components": document["components"]}
            jsonschema.validate(parameter["example"], schema)
        assert seen, where
