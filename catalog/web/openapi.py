"""The OpenAPI 3.1 document: what Litestar derives from the handlers, completed with what all of them share.

A handler says in its `opt` what its signature can't: `if_match` and `idempotency_key` (headers that it takes), `sends`
and `takes` (media types of bodies that aren't JSON).
"""

import re
from functools import cache
from typing import Any

import msgspec
from litestar import Litestar, Response, get
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig

from catalog import __version__
from catalog.web.examples import example
from catalog.web.problems import MEDIA_TYPE, Problem

CONFIG = OpenAPIConfig(
    title="领军 Lingjun",
    version=__version__,
    description="全国中小企业经营管理领军人才培训课程目录 · The course catalogue of the national training programme for SME leaders",
    use_handler_docstrings=True,
)

STEP = {"if_match": "required", "idempotency_key": True}  # of every step of a version's life

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The ETag that the change was decided on.",
    "example": '"3"',
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same key with the same request gives the same answer and does nothing again.",
    "example": "4f0c2f5e-publish-roadmap",
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_METHODS = ("get", "put", "post", "delete")


@get("/openapi.json", sync_to_thread=False, include_in_schema=False)
def get_openapi() -> Response[bytes]:
    """The document."""
    return Response(_encoded(), media_type="application/json")


@cache
def _encoded() -> bytes:
    return msgspec.json.encode(document())


def document() -> dict[str, Any]:
    """The document of the API. An application made for this alone derives it: one that is told to describe itself also
    serves pages that load scripts from elsewhere."""
    from catalog.web.api import API  # noqa: PLC0415 (this handler is in it)

    needs = {name: Provide(lambda: None, sync_to_thread=False) for name in ("parts", "cause")}
    app = Litestar([API], dependencies=needs, openapi_config=CONFIG)
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(app.openapi_schema.to_schema()))
    schemas = found["components"]["schemas"]
    _, problems = msgspec.json.schema_components([Problem], ref_template="#/components/schemas/{name}")
    schemas.update(problems)
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{}, {"token": []}]
    handlers = _handlers(app)
    for path, operations in found["paths"].items():
        operations.pop("head", None)  # what GET says, without the body
        for method in _METHODS:
            if method in operations:
                _complete(operations[method], handlers[path, method], schemas)
    return found


def _handlers(app: Litestar) -> dict[tuple[str, str], HTTPRouteHandler]:
    """The handlers by path, as OpenAPI writes it, and method."""
    found = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler):
                path = re.sub(r"{(\w+):\w+}", r"{\1}", route.path)
                found.update({(path, method.lower()): handler for method in handler.http_methods})
    return found


def _complete(operation: dict[str, Any], handler: HTTPRouteHandler, schemas: dict[str, Any]) -> None:
    operation["operationId"] = handler.handler_name
    operation["summary"] = operation.get("description", "").partition("\n")[0].rstrip(".")
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        parameter.setdefault("example", example(parameter["schema"], schemas, parameter["name"]))
    if wanted := handler.opt.get("if_match"):
        parameters.append(_IF_MATCH | {"required": wanted == "required"})
    if handler.opt.get("idempotency_key"):
        parameters.append(_IDEMPOTENCY_KEY)
    if takes := handler.opt.get("takes"):
        operation["requestBody"] = {
            "required": True,
            "content": {takes: {"schema": {"type": "string", "format": "binary"}}},
        }
    _complete_bodies(operation, handler, schemas)
    operation["responses"].pop("400", None)
    problem = {"schema": _PROBLEM, "example": example(_PROBLEM, schemas)}
    operation["responses"]["default"] = {
        "description": "What was refused, and why (RFC 9457).",
        "content": {MEDIA_TYPE: problem},
    }


def _complete_bodies(operation: dict[str, Any], handler: HTTPRouteHandler, schemas: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        if sends := handler.opt.get("sends"):
            response["content"] = {sends: {"schema": {"type": "string", "format": "binary"}}}
        elif status in ("204", "304"):
            response.pop("content", None)
    if handler.opt.get("conditional"):
        operation["responses"]["304"] = {"description": "The client has it already."}
    bodies = [operation.get("requestBody"), *operation["responses"].values()]
    for body in bodies:
        for kind, content in (body or {}).get("content", {}).items():
            if kind == "application/json":
                content["example"] = example(content["schema"], schemas)
