"""The store's resources over HTTP (xAPI 1.0.3, Part Three): statements, State, Agent Profile, about.

Two things decide what a client may do: the `Gate` (who is calling, and what its standard demands of a statement) and
the store. Errors answer in JSON with every rule that was broken.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

import msgspec
from litestar import Request, Response

from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.rules import VOIDED, statement_breaches
from catalog.trial.xapi.store import (
    Condition,
    ConflictError,
    PreconditionFailedError,
    Query,
    Statement,
    Store,
    agent_key,
)
from catalog.trial.xapi.values import is_timestamp, is_uuid, parse_timestamp
from schemas.text import Text

VERSION = "1.0.3"
MAX_BODY = 1 << 20
HEADERS = {"X-Experience-API-Version": VERSION}
AnyRequest = Request[Any, Any, Any]


class Refused(Exception):  # noqa: N818 (an answer, not a fault)
    """The request is answered with an error status."""

    def __init__(self, status: int, message: Text, breaches: tuple[Breach, ...] = ()) -> None:
        super().__init__(message.en)
        self.status = status
        self.message = message
        self.breaches = breaches


class Gate(Protocol):
    """Who is calling, and the rules beyond xAPI's own."""

    def caller(self, authorization: str) -> str:
        """A name for the caller behind an Authorization header; empty when it is nobody's."""

    def judge(self, caller: str, statement: Statement) -> list[Breach]:
        """Rules beyond xAPI's that the statement breaks."""

    def accepted(self, caller: str, statement: Statement) -> None:
        """A statement was stored."""

    def document_breaches(self, caller: str, method: str, kind: str, identifier: str) -> list[Breach]:
        """Rules beyond xAPI's that reading or writing a document breaks."""


Tell = Callable[..., Awaitable[None]]


def admit(request: AnyRequest, gate: Gate) -> str:
    """The caller's name, once version and authorization are right (Part Three, 1.5 and 3)."""
    version = request.headers.get("X-Experience-API-Version", "")
    if version != "1.0" and not version.startswith("1.0."):
        raise Refused(
            400,
            Text(
                "缺少 X-Experience-API-Version: 1.0.3 请求头",
                "the header X-Experience-API-Version: 1.0.3 is missing",
            ),
        )
    caller = gate.caller(request.headers.get("Authorization", ""))
    if not caller:
        raise Refused(401, Text("授权令牌无效", "the authorization token isn't valid"))
    return caller


async def body_of(request: AnyRequest) -> bytes:
    """The request's body, bounded."""
    body = await request.body()
    if len(body) > MAX_BODY:
        raise Refused(413, Text("请求过大", "the request is too large"))
    return body


def decode(body: bytes) -> object:
    """JSON, or a refusal."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(400, Text(f"不是有效的 JSON：{error}", f"not valid JSON: {error}")) from None


def take_statements(
    store: Store, gate: Gate, caller: str, found: object, *, identifier: str = ""
) -> list[Statement]:
    """Judge and store what was sent; all or none."""
    sent = found if isinstance(found, list) else [found]
    if identifier:
        sent = [_with_id(statement, identifier) for statement in sent]
    breaches = tuple(breach for statement in sent for breach in statement_breaches(statement))
    if breaches:
        raise Refused(400, Text("陈述不符合 xAPI", "the statement breaks xAPI"), breaches)
    statements = [statement for statement in sent if isinstance(statement, dict)]
    for statement in statements:
        _void_known(store, statement)
        known = store.one(str(statement.get("id", "")), voided=False)
        # The same statement again (a retry whose first answer got lost) must not be judged as a second one.
        beyond = tuple(gate.judge(caller, statement)) if known is None else ()
        if beyond:
            raise Refused(403, Text("陈述不符合 cmi5", "the statement breaks cmi5"), beyond)
        try:
            fresh = store.add([statement])
        except ConflictError:
            raise Refused(409, Text("同一 id 已有不同内容的陈述", "another statement has this id")) from None
        for stored in fresh:
            gate.accepted(caller, stored)
    return statements


def _with_id(statement: object, identifier: str) -> object:
    if not isinstance(statement, dict):
        return statement
    if statement.get("id", identifier) != identifier:
        raise Refused(
            400, Text("statementId 与陈述的 id 不同", "statementId differs from the statement's id")
        )
    return {**statement, "id": identifier}


def _void_known(store: Store, statement: Statement) -> None:
    if statement["verb"]["id"] != VOIDED:
        return
    target = store.one(str(statement["object"].get("id", "")), voided=False)
    if target is not None and target["verb"]["id"] == VOIDED:
        raise Refused(400, Text("作废陈述本身不能作废", "a voiding statement can't be voided"))


def answer_query(store: Store, parameters: dict[str, str]) -> Response[Any]:
    """GET /statements (2.1.3)."""
    allowed = {"statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "related_activities",
               "related_agents", "since", "until", "limit", "format", "attachments", "ascending"}  # fmt: skip
    if unknown := set(parameters) - allowed:
        raise Refused(
            400,
            Text(
                f"未知参数 {'、'.join(sorted(unknown))}", f"unknown parameters: {', '.join(sorted(unknown))}"
            ),
        )
    for name, voided in (("statementId", False), ("voidedStatementId", True)):
        if name in parameters:
            if set(parameters) - {name, "format", "attachments"}:
                raise Refused(
                    400, Text(f"{name} 不能与其他条件同用", f"{name} doesn't go with other filters")
                )
            found = store.one(parameters[name], voided=voided)
            if found is None:
                raise Refused(404, Text("没有这条陈述", "there is no such statement"))
            return respond(found)
    return respond({"statements": store.find(_query(parameters)), "more": ""})


def _query(parameters: dict[str, str]) -> Query:
    limit = parameters.get("limit", "0")
    if not limit.isdigit():
        raise Refused(400, Text("limit 应为非负整数", "limit must be a whole number, 0 or more"))
    registration = parameters.get("registration")
    if registration is not None and not is_uuid(registration):
        raise Refused(400, Text("registration 应为 UUID", "registration must be a UUID"))
    return Query(
        agent=_agent(parameters["agent"]) if "agent" in parameters else None,
        verb=parameters.get("verb"),
        activity=parameters.get("activity"),
        registration=registration,
        related_activities=parameters.get("related_activities") == "true",
        since=_time(parameters, "since"),
        until=_time(parameters, "until"),
        limit=int(limit),
        ascending=parameters.get("ascending") == "true",
    )


def _time(parameters: dict[str, str], name: str) -> datetime | None:
    if name not in parameters:
        return None
    if not is_timestamp(parameters[name]):
        raise Refused(400, Text(f"{name} 应为带时区的时间", f"{name} must be a time with its offset"))
    return parse_timestamp(parameters[name])


def _agent(text: str) -> dict[str, Any]:
    agent = decode(text.encode())
    if not isinstance(agent, dict) or not agent_key(agent):
        raise Refused(400, Text("agent 参数不是有效的 Agent", "the parameter agent isn't an agent"))
    return agent


def document_key(kind: str, parameters: dict[str, str]) -> tuple[tuple[str, ...], str]:
    """Where a State or Agent Profile document lives: the key of its siblings, and its own id (2.3, 2.4)."""
    own = "stateId" if kind == "state" else "profileId"
    for name in ("activityId", "agent") if kind == "state" else ("agent",):
        if name not in parameters:
            raise Refused(400, Text(f"缺少参数 {name}", f"the parameter {name} is missing"))
    agent = agent_key(_agent(parameters["agent"]))
    if kind == "state":
        prefix: tuple[str, ...] = (
            "state",
            parameters["activityId"],
            agent,
            parameters.get("registration", ""),
        )
    else:
        prefix = ("agents", agent)
    return prefix, parameters.get(own, "")


async def answer_document(
    request: AnyRequest, store: Store, kind: str, parameters: dict[str, str]
) -> Response[Any]:
    """GET, PUT, POST and DELETE of one document, or GET and DELETE of all below a key."""
    prefix, identifier = document_key(kind, parameters)
    condition = Condition(request.headers.get("If-Match", ""), request.headers.get("If-None-Match", ""))
    if request.method == "GET":
        return _read(store, prefix, identifier, _time(parameters, "since"))
    if request.method == "DELETE" and not identifier:
        store.clear(prefix)
        return respond(None, 204)
    if not identifier:
        raise Refused(400, Text("缺少文档标识", "the document's id is missing"))
    try:
        if request.method == "DELETE":
            store.delete((*prefix, identifier), condition)
        else:
            await _write(request, store, (*prefix, identifier), condition)
    except PreconditionFailedError:
        raise Refused(412, Text("文档已被改动", "the document has changed")) from None
    return respond(None, 204)


def _read(store: Store, prefix: tuple[str, ...], identifier: str, since: datetime | None) -> Response[Any]:
    if not identifier:
        return respond(store.identifiers(prefix, since))
    document = store.read((*prefix, identifier))
    if document is None:
        raise Refused(404, Text("没有这份文档", "there is no such document"))
    headers = {**HEADERS, "ETag": document.etag}
    return Response(document.content, status_code=200, media_type=document.content_type, headers=headers)


async def _write(request: AnyRequest, store: Store, key: tuple[str, ...], condition: Condition) -> None:
    content = await body_of(request)
    kind = request.headers.get("Content-Type", "application/octet-stream")
    known = store.read(key)
    if (
        request.method == "PUT"
        and key[0] == "agents"
        and known
        and not (condition.match or condition.none_match)
    ):
        raise Refused(409, Text("更新档案须带 If-Match", "updating a profile needs If-Match"))
    if request.method == "POST" and known is not None:
        # POST merges two JSON objects (2.2).
        old, new = decode(known.content), decode(content)
        if not (
            isinstance(old, dict)
            and isinstance(new, dict)
            and "json" in kind
            and "json" in known.content_type
        ):
            raise Refused(400, Text("只有 JSON 对象能合并", "only JSON objects can be merged"))
        content = msgspec.json.encode({**old, **new})
    store.write(key, content, kind, condition)


def respond(content: object, status: int = 200) -> Response[Any]:
    """A JSON answer with the version header."""
    return Response(content, status_code=status, headers=HEADERS)
