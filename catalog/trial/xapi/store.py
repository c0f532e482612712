"""Statements and documents in memory, as xAPI 1.0.3, Part Three (Communication) wants them kept."""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from catalog.trial.xapi.rules import VOIDED
from catalog.trial.xapi.values import now, parse_timestamp

Statement = dict[str, Any]
Key = tuple[str, ...]
ACTIVITY_LISTS = ("parent", "grouping", "category", "other")
MOST_AT_ONCE = 500  # statements in one answer; `more` leads to the rest (2.1.3)


class ConflictError(Exception):
    """A statement with the same id and other content is there already (2.1.1: 409)."""


class PreconditionFailedError(Exception):
    """If-Match or If-None-Match doesn't hold (1.4: 412)."""


class Document(NamedTuple):
    """One document of State or Agent Profile."""

    content: bytes
    content_type: str
    updated: datetime

    @property
    def etag(self) -> str:
        """The quoted SHA-1 of its bytes (3.1)."""
        return f'"{hashlib.sha1(self.content, usedforsecurity=False).hexdigest()}"'


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters of GET /statements (2.1.3), decoded. `after` is the statement that the page before ended with."""

    agent: dict[str, Any] | None = None
    verb: str | None = None
    activity: str | None = None
    registration: str | None = None
    related_activities: bool = False
    related_agents: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 0
    ascending: bool = False
    after: str = ""


class Condition(msgspec.Struct, frozen=True):
    """If-Match and If-None-Match of one request (RFC 9110, 13.1); both may list several tags."""

    match: str = ""
    none_match: str = ""

    def check(self, document: Document | None) -> None:
        """Raise PreconditionFailedError unless the stored document is as the client believes."""
        if self.match and not _names(self.match, document):
            raise PreconditionFailedError
        if self.none_match and _names(self.none_match, document):
            raise PreconditionFailedError


def _names(header: str, document: Document | None) -> bool:
    """Whether the header means this document. Tags without quotes are common, and meant."""
    if document is None:
        return False
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}
    return "*" in tags or document.etag.strip('"') in tags


@dataclass
class Store:
    """All that one trial run keeps. Methods are safe to call from several threads."""

    statements: dict[str, Statement] = field(default_factory=dict)  # in the order of arrival
    voided: set[str] = field(default_factory=set)
    documents: dict[Key, Document] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def add(self, statements: Iterable[Statement]) -> list[Statement]:
        """Store statements, all or none; the newly stored ones. The same statement again changes nothing."""
        with self.lock:
            fresh: dict[str, Statement] = {}
            for statement in statements:
                identifier = str(statement.get("id") or uuid4()).lower()
                known = self.statements.get(identifier)
                if known is None:
                    fresh[identifier] = _completed(statement, identifier)
                elif not _same(known, statement):
                    raise ConflictError(identifier)
            self.statements.update(fresh)
            for statement in fresh.values():
                if statement["verb"]["id"] == VOIDED:
                    self.voided.add(str(statement["object"]["id"]).lower())
            return list(fresh.values())

    def known(self, identifier: str) -> Statement | None:
        """The statement of that id, voided or not."""
        return self.statements.get(identifier.lower())

    def one(self, identifier: str, *, voided: bool) -> Statement | None:
        """GET with statementId or voidedStatementId."""
        with self.lock:
            return self.known(identifier) if (identifier.lower() in self.voided) == voided else None

    def find(self, query: Query) -> tuple[list[Statement], str]:
        """The statements that match, newest first unless ascending, voided ones left out; and, if there are more, the
        id of the last one given."""
        with self.lock:
            every = list(self.statements.items())
            voided = set(self.voided)
        every = every if query.ascending else every[::-1]
        if query.after:
            start = next((n for n, (key, _) in enumerate(every, start=1) if key == query.after), len(every))
            every = every[start:]
        most = min(query.limit or MOST_AT_ONCE, MOST_AT_ONCE)
        found = [one for key, one in every if key not in voided and _matches(one, query)]
        return found[:most], found[most - 1]["id"] if len(found) > most else ""

    def read(self, key: Key) -> Document | None:
        """One document."""
        return self.documents.get(key)

    def identifiers(self, prefix: Key, since: datetime | None = None) -> list[str]:
        """The ids of the documents below a key."""
        with self.lock:
            return [
                key[-1]
                for key, document in self.documents.items()
                if key[: len(prefix)] == prefix and (since is None or document.updated > since)
            ]

    def write(self, key: Key, content: bytes, content_type: str, condition: Condition) -> None:
        """Store a document if the condition holds."""
        with self.lock:
            condition.check(self.documents.get(key))
            self.documents[key] = Document(content, content_type, datetime.now(UTC))

    def delete(self, key: Key, condition: Condition) -> None:
        """Remove a document if the condition holds; one that isn't there is no error."""
        with self.lock:
            condition.check(self.documents.get(key))
            self.documents.pop(key, None)

    def clear(self, prefix: Key) -> None:
        """Remove every document below a key."""
        with self.lock:
            for key in [key for key in self.documents if key[: len(prefix)] == prefix]:
                del self.documents[key]


def _completed(statement: Statement, identifier: str) -> Statement:
    """The statement as stored: id, stored, timestamp and version filled in (2.4)."""
    stored = now()
    return {"version": "1.0.0", "timestamp": stored, **statement, "id": identifier, "stored": stored}


def _same(known: Statement, statement: Statement) -> bool:
    """Whether one is the other sent again (2.3.1). What a store fills in may be missing or differ."""
    filled = {"id", "stored", "authority", "version", "timestamp"}
    if set(known) - filled != set(statement) - filled:
        return False
    return all(
        known[name] == value for name, value in statement.items() if name not in filled - {"timestamp"}
    )


def _matches(statement: Statement, query: Query) -> bool:
    stored = parse_timestamp(statement["stored"])
    registration = statement.get("context", {}).get("registration", "")
    return (
        (query.verb is None or statement["verb"]["id"] == query.verb)
        and (
            query.agent is None or agent_key(query.agent) in _agents(statement, related=query.related_agents)
        )
        and (query.registration is None or registration.lower() == query.registration.lower())
        and (
            query.activity is None
            or query.activity in _activities(statement, related=query.related_activities)
        )
        and (query.since is None or stored > query.since)
        and (query.until is None or stored <= query.until)
    )


def _activities(statement: Statement, *, related: bool) -> Iterator[str]:
    """The object's id; with `related` those of the context and of a sub-statement as well."""
    target = statement["object"]
    if target.get("objectType", "Activity") == "Activity":
        yield str(target["id"])
    if related:
        around = statement.get("context", {}).get("contextActivities", {})
        for name in ACTIVITY_LISTS:
            found = around.get(name, [])
            for activity in found if isinstance(found, list) else [found]:
                yield str(activity.get("id", ""))
        if target.get("objectType") == "SubStatement":
            yield from _activities(target, related=True)


def _agents(statement: Statement, *, related: bool) -> Iterator[str]:
    """Actor and object; with `related` everybody else who is named."""
    target = statement["object"]
    named = [statement["actor"], target if target.get("objectType") in ("Agent", "Group") else {}]
    if related:
        context = statement.get("context", {})
        named += [statement.get("authority", {}), context.get("instructor", {}), context.get("team", {})]
        named += [member for group in named for member in group.get("member", [])]
    yield from (agent_key(agent) for agent in named if agent)
    if related and target.get("objectType") == "SubStatement":
        yield from _agents(target, related=True)


def same_agent(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Two agents are one when their inverse functional identifiers are (2.4.2.3)."""
    return agent_key(one) == agent_key(other) != ""


def agent_key(agent: dict[str, Any]) -> str:
    """The agent's identifier as one string; empty for a group that has none."""
    account = agent.get("account")
    if isinstance(account, dict):
        return f"account {account.get('homePage')} {account.get('name')}"
    return next((f"{name} {agent[name]}" for name in ("mbox", "mbox_sha1sum", "openid") if name in agent), "")
