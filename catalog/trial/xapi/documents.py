"""The document resources State and Agent Profile (xAPI 1.0.3, Part Three, 2.2, 2.3, 2.6)."""

from email.utils import format_datetime
from typing import Any, Literal

import msgspec
from litestar import Response

from catalog.trial.xapi.requests import (
    HEADERS,
    AnyRequest,
    Gate,
    Parameters,
    Refused,
    agent_of,
    decode,
    iri_of,
    moment_of,
    parameters_of,
    respond,
    uuid_of,
)
from catalog.trial.xapi.store import Condition, Document, Key, PreconditionFailedError, Store, agent_key
from schemas.text import Text

Kind = Literal["state", "agents"]
_ALLOWED = {
    "state": frozenset({"activityId", "agent", "registration", "stateId", "since"}),
    "agents": frozenset({"agent", "profileId", "since"}),
}
ID_NAMES = {"state": "stateId", "agents": "profileId"}

_MISSING = Text("缺少参数 {name}", "the parameter {name} is missing")
_ABSENT = Text("没有这份文档", "there is no such document")
_CHANGED = Text("文档已被改动", "the document has changed")
_BREAKS_CMI5 = Text("请求不符合 cmi5", "the request breaks cmi5")
_NEEDS_MATCH = Text(
    "更新档案须带 If-Match 或 If-None-Match", "updating a profile needs If-Match or If-None-Match"
)
_UNMERGEABLE = Text("只有 JSON 对象能合并", "only JSON objects can be merged")


async def answer_document(
    request: AnyRequest, store: Store, gate: Gate, caller: str, kind: Kind
) -> Response[Any]:
    """GET, PUT, POST and DELETE of one document; GET of the ids, and for State DELETE, of all below a key."""
    parameters = parameters_of(request, _ALLOWED[kind])
    prefix, key = _place(kind, parameters)
    since = moment_of(parameters, "since")
    content = await request.body()
    breaches = tuple(gate.document_breaches(caller, request.method, kind, parameters, content))
    if breaches:
        raise Refused(403, _BREAKS_CMI5, breaches)
    if key is None:
        if request.method == "GET":
            return respond(store.identifiers(prefix, since))
        if request.method == "DELETE" and kind == "state":
            store.clear(prefix)
            return respond(None, 204)
        raise Refused(400, _MISSING.format(name=ID_NAMES[kind]))
    if request.method == "GET":
        return _read(store.read(key))
    condition = Condition(request.headers.get("If-Match", ""), request.headers.get("If-None-Match", ""))
    try:
        if request.method == "DELETE":
            store.delete(key, condition)
        else:
            _write(request, store, key, content, condition)
    except PreconditionFailedError:
        raise Refused(412, _CHANGED) from None
    return respond(None, 204)


def _place(kind: Kind, parameters: Parameters) -> tuple[Key, Key | None]:
    """What the keys of all documents that are meant begin with, and the key of the one that is named. Without a
    registration, all State of an activity is meant (2.3), and one document is that of no registration."""
    for name in ("activityId", "agent") if kind == "state" else ("agent",):
        if name not in parameters:
            raise Refused(400, _MISSING.format(name=name))
    agent = agent_key(agent_of(parameters))
    identifier = parameters.get(ID_NAMES[kind], "")
    if kind == "agents":
        prefix: Key = ("agents", agent)
        return prefix, (*prefix, identifier) if identifier else None
    registration = (uuid_of(parameters, "registration") or "").lower()
    prefix = ("state", iri_of(parameters, "activityId") or "", agent)
    key = (*prefix, registration, identifier) if identifier else None
    return (*prefix, registration) if registration else prefix, key


def _read(document: Document | None) -> Response[Any]:
    if document is None:
        return respond(
            {"message": _ABSENT.en}, 404
        )  # an answer like any other: a course looks before it writes
    headers = {
        **HEADERS,
        "ETag": document.etag,
        "Last-Modified": format_datetime(document.updated, usegmt=True),
    }
    # The status is said, for the same handler answers other methods with others.
    return Response(document.content, status_code=200, media_type=document.content_type, headers=headers)


def _write(request: AnyRequest, store: Store, key: Key, content: bytes, condition: Condition) -> None:
    content_type = request.headers.get("Content-Type") or "application/octet-stream"
    is_json = content_type.partition(";")[0].strip().lower() == "application/json"
    found = decode(content) if is_json else None
    with store.lock:
        known = store.read(key)
        if request.method == "PUT" and key[0] == "agents" and known and condition == Condition():
            raise Refused(409, _NEEDS_MATCH)  # 3.1
        if request.method == "POST" and (known is not None or is_json):
            content = _merged(known, found)
        store.write(key, content, content_type, condition)


def _merged(known: Document | None, found: object) -> bytes:
    """POST merges the properties of two JSON objects (2.2)."""
    old: object = {}
    if known is not None:
        is_json = known.content_type.partition(";")[0].strip().lower() == "application/json"
        old = decode(known.content) if is_json else None
    if not isinstance(old, dict) or not isinstance(found, dict):
        raise Refused(400, _UNMERGEABLE)
    return msgspec.json.encode({**old, **found})
