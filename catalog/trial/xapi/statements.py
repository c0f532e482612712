"""The statement resource (xAPI 1.0.3, Part Three, 2.1)."""

from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Response

from catalog.trial.xapi.requests import (
    AnyRequest,
    Gate,
    Parameters,
    Refused,
    agent_of,
    decode,
    flag_of,
    iri_of,
    moment_of,
    parameters_of,
    respond,
    uuid_of,
)
from catalog.trial.xapi.rules import VOIDED, statement_breaches
from catalog.trial.xapi.store import ConflictError, Query, Statement, Store
from catalog.trial.xapi.values import now, parse_timestamp
from schemas.text import Text

_WRITING = frozenset({"statementId"})
_READING = frozenset(
    {
        "statementId",
        "voidedStatementId",
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "format",
        "attachments",
        "ascending",
        "after",  # our own, in `more`
    }
)
_SHAPING = {"format", "attachments"}  # say how to answer, not which statements

_NO_ID = Text("PUT 须带 statementId", "PUT needs statementId")
_ONE = Text("PUT 只能带一条陈述", "PUT takes one statement")
_NOT_JSON = Text("Content-Type 应为 application/json", "the Content-Type must be application/json")
_BREAKS_XAPI = Text("陈述不符合 xAPI", "the statement breaks xAPI")
_BREAKS_CMI5 = Text("陈述不符合 cmi5", "the statement breaks cmi5")
_CONFLICT = Text("同一 id 已有不同内容的陈述", "another statement has this id")
_TWICE = Text("一批陈述里有两条 id 相同", "two statements of a batch have the same id")
_OTHER_ID = Text("statementId 与陈述的 id 不同", "statementId differs from the statement's id")
_VOIDS_VOID = Text("作废陈述本身不能作废", "a voiding statement can't be voided")
_ABSENT = Text("没有这条陈述", "there is no such statement")
_ALONE = Text("{name} 不能与其他条件同用", "{name} doesn't go with other filters")
_LIMIT = Text("limit 应为非负整数", "limit must be a whole number, 0 or more")
_PLAIN_ONLY = Text(
    "试运行只以 exact 或 canonical 格式、不带附件作答",
    "the trial answers in format exact or canonical, without attachments",
)


async def write_statements(request: AnyRequest, store: Store, gate: Gate, caller: str) -> Response[Any]:
    """PUT of one statement, POST of one or several: all are stored, or none (2.1.1, 2.1.2)."""
    parameters = parameters_of(request, _WRITING if request.method == "PUT" else frozenset())
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(400, _NOT_JSON)
    found = decode(await request.body())
    if request.method == "PUT":
        identifier = uuid_of(parameters, "statementId")
        if identifier is None:
            raise Refused(400, _NO_ID)
        if isinstance(found, list):
            raise Refused(400, _ONE, detail=found)
        take_statements(store, gate, caller, [_with_id(found, identifier)])
        return respond(None, 204)
    taken = take_statements(store, gate, caller, found if isinstance(found, list) else [found])
    return respond([statement["id"] for statement in taken])


def take_statements(store: Store, gate: Gate, caller: str, sent: list[Any]) -> list[Statement]:
    """Judge and store what was sent; the statements as stored, those that were there before included."""
    breaches = tuple(breach for statement in sent for breach in statement_breaches(statement))
    if breaches:
        raise Refused(400, _BREAKS_XAPI, breaches, detail=sent)
    named = [str(statement["id"]).lower() for statement in sent if "id" in statement]
    if len(set(named)) < len(named):
        raise Refused(400, _TWICE, detail=sent)
    with store.lock:
        for statement in sent:
            _refuse_voiding_a_void(store, statement)
        # The same statement again (a retry whose first answer got lost) must not be judged as a second one.
        new = [one for one in sent if "id" not in one or store.known(str(one["id"])) is None]
        beyond = tuple(gate.judge(caller, new))
        if beyond:
            raise Refused(403, _BREAKS_CMI5, beyond, detail=sent)
        try:
            fresh = store.add(sent)
        except ConflictError:
            raise Refused(409, _CONFLICT, detail=sent) from None
        for statement in fresh:
            gate.accepted(caller, statement)
        unnamed = iter(statement for statement in fresh if statement["id"] not in named)
        return [
            store.known(str(statement["id"])) or statement if "id" in statement else next(unnamed)
            for statement in sent
        ]


def _with_id(statement: object, identifier: str) -> object:
    if not isinstance(statement, dict):
        return statement
    if str(statement.get("id", identifier)).lower() != identifier.lower():
        raise Refused(400, _OTHER_ID, detail=statement)
    return {**statement, "id": identifier}


def _refuse_voiding_a_void(store: Store, statement: Statement) -> None:
    """2.3.2"""
    if statement["verb"]["id"] == VOIDED:
        target = store.known(str(statement["object"]["id"]))
        if target is not None and target["verb"]["id"] == VOIDED:
            raise Refused(400, _VOIDS_VOID, detail=statement)


def read_statements(request: AnyRequest, store: Store) -> Response[Any]:
    """GET (2.1.3)."""
    parameters = parameters_of(request, _READING)
    if parameters.get("format", "exact") not in ("exact", "canonical") or flag_of(parameters, "attachments"):
        raise Refused(400, _PLAIN_ONLY)
    headers = {"X-Experience-API-Consistent-Through": now()}
    for name, voided in (("statementId", False), ("voidedStatementId", True)):
        identifier = uuid_of(parameters, name)
        if identifier is not None:
            if set(parameters) - _SHAPING - {name}:
                raise Refused(400, _ALONE.format(name=name))
            found = store.one(identifier, voided=voided)
            if found is None:
                return respond({"message": _ABSENT.en}, 404, headers)
            return respond(found, headers={**headers, "Last-Modified": _http_date(found)})
    statements, last = store.find(_query(parameters))
    more = f"{request.url.path}?{urlencode({**parameters, 'after': last})}" if last else ""
    return respond({"statements": statements, "more": more}, headers=headers)


def _query(parameters: Parameters) -> Query:
    limit = parameters.get("limit", "0")
    if not (limit.isascii() and limit.isdigit()):
        raise Refused(400, _LIMIT)
    return Query(
        agent=agent_of(parameters) if "agent" in parameters else None,
        verb=iri_of(parameters, "verb"),
        activity=iri_of(parameters, "activity"),
        registration=uuid_of(parameters, "registration"),
        related_activities=flag_of(parameters, "related_activities"),
        related_agents=flag_of(parameters, "related_agents"),
        since=moment_of(parameters, "since"),
        until=moment_of(parameters, "until"),
        limit=int(limit[:9]),
        ascending=flag_of(parameters, "ascending"),
        after=parameters.get("after", ""),
    )


def _http_date(statement: Mapping[str, Any]) -> str:
    return format_datetime(parse_timestamp(statement["stored"]), usegmt=True)
