"""Statements and documents in memory, with the answers that xAPI 1.0.3, Part Three (Communication) asks for."""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from catalog.trial.xapi.rules import VOIDED
from catalog.trial.xapi.values import parse_timestamp

Statement = dict[str, Any]
ACTIVITY_LISTS = ("parent", "grouping", "category", "other")


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
    """The parameters of GET /statements (2.1.3), decoded."""

    agent: dict[str, Any] | None = None
    verb: str | None = None
    activity: str | None = None
    registration: str | None = None
    related_activities: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 0
    ascending: bool = False


@dataclass
class Store:
    """All that one trial run keeps. Methods are safe to call from several threads."""

    statements: dict[str, Statement] = field(default_factory=dict)  # in the order of arrival
    voided: set[str] = field(default_factory=set)
    documents: dict[tuple[str, ...], Document] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def add(self, statements: Iterable[Statement]) -> list[Statement]:
        """Store statements, all or none; the newly stored ones. The same statement again changes nothing."""
        with self.lock:
            fresh: dict[str, Statement] = {}
            for statement in statements:
                identifier = str(statement.get("id") or uuid4()).lower()
                known = self.statements.get(identifier) or fresh.get(identifier)
                if known is None:
                    fresh[identifier] = _completed(statement, identifier)
                elif _comparable(known) != _comparable(_completed(statement, identifier)):
                    raise ConflictError(identifier)
            self.statements.update(fresh)
            for statement in fresh.values():
                if statement["verb"]["id"] == VOIDED:
                    self.voided.add(str(statement["object"]["id"]).lower())
            return list(fresh.values())

    def one(self, identifier: str, *, voided: bool) -> Statement | None:
        """GET with statementId or voidedStatementId."""
        with self.lock:
            found = self.statements.get(identifier.lower())
            return found if found is not None and (identifier.lower() in self.voided) == voided else None

    def find(self, query: Query) -> list[Statement]:
        """The statements that match, newest first unless ascending; voided ones left out."""
        with self.lock:
            found = [s for key, s in self.statements.items() if key not in self.voided and _matches(s, query)]
        found = found if query.ascending else found[::-1]
        return found[: query.limit] if query.limit else found

    def read(self, key: tuple[str, ...]) -> Document | None:
        """One document."""
        return self.documents.get(key)

    def identifiers(self, prefix: tuple[str, ...], since: datetime | None = None) -> list[str]:
        """The ids of the documents below a key."""
        with self.lock:
            return [
                key[-1]
                for key, document in self.documents.items()
                if key[:-1] == prefix and (since is None or document.updated > since)
            ]

    def write(self, key: tuple[str, ...], content: bytes, content_type: str, condition: "Condition") -> None:
        """Store a document if the condition holds."""
        with self.lock:
            condition.check(self.documents.get(key))
            self.documents[key] = Document(content, content_type, datetime.now(UTC))

    def delete(self, key: tuple[str, ...], condition: "Condition") -> None:
        """Remove a document if the condition holds; one that isn't there is no error."""
        with self.lock:
            condition.check(self.documents.get(key))
            self.documents.pop(key, None)

    def clear(self, prefix: tuple[str, ...]) -> None:
        """Remove every document below a key."""
        with self.lock:
            for key in [key for key in self.documents if key[:-1] == prefix]:
                del self.documents[key]


class Condition(msgspec.Struct, frozen=True):
    """If-Match and If-None-Match of one request (RFC 9110, 13.1)."""

    match: str = ""
    none_match: str = ""

    def check(self, document: Document | None) -> None:
        """Raise PreconditionFailedError unless the stored document is as the client believes."""
        etag = document.etag if document else ""
        if self.match and (not document or self.match not in ("*", etag, etag.strip('"'))):
            raise PreconditionFailedError
        if self.none_match and document and self.none_match in ("*", etag, etag.strip('"')):
            raise PreconditionFailedError


def _completed(statement: Statement, identifier: str) -> Statement:
    """The statement as stored: id, stored, timestamp and version filled in (2.4)."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"version": "1.0.0", "timestamp": now, **statement, "id": identifier, "stored": now}


def _comparable(statement: Statement) -> Statement:
    """What two copies of one statement must share (2.3.1: ids equal, stored and authority may differ)."""
    return {
        key: value
        for key, value in statement.items()
        if key not in ("stored", "authority", "version", "timestamp")
    }


def _matches(statement: Statement, query: Query) -> bool:
    stored = parse_timestamp(statement["stored"])
    return (
        (query.verb is None or statement["verb"]["id"] == query.verb)
        and (query.agent is None or same_agent(statement["actor"], query.agent))
        and (
            query.registration is None
            or statement.get("context", {}).get("registration") == query.registration
        )
        and (
            query.activity is None
            or query.activity in _activities(statement, related=query.related_activities)
        )
        and (query.since is None or stored > query.since)
        and (query.until is None or stored <= query.until)
    )


def _activities(statement: Statement, *, related: bool) -> Iterator[str]:
    yield str(statement["object"].get("id", ""))
    if related:
        around = statement.get("context", {}).get("contextActivities", {})
        for name in ACTIVITY_LISTS:
            found = around.get(name, [])
            for activity in found if isinstance(found, list) else [found]:
                yield str(activity.get("id", ""))


def same_agent(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Two agents are one when their inverse functional identifiers are (2.4.2.3)."""
    return agent_key(one) == agent_key(other)


def agent_key(agent: dict[str, Any]) -> str:
    """The agent's identifier as one string."""
    account = agent.get("account")
    if isinstance(account, dict):
        return f"account {account.get('homePage')} {account.get('name')}"
    return next((f"{name} {agent[name]}" for name in ("mbox", "mbox_sha1sum", "openid") if name in agent), "")
