"""The LMS side of cmi5: launches a unit, hands out its token once, and works out what is satisfied."""

import copy
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec

from catalog.trial.cmi5.rules import session_breaches
from catalog.trial.cmi5.session import (
    CMI5_CATEGORY,
    EXTENSION,
    LAUNCH_DATA,
    PREFERENCES,
    VERBS,
    LaunchMode,
    Progress,
    Registration,
    Session,
    Statement,
)
from catalog.trial.cmi5.structure import Block
from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.store import Condition, Store, agent_key
from catalog.trial.xapi.values import now

HOME = "https://lingjun.example"
BLOCK_TYPE = "https://w3id.org/xapi/cmi5/activitytype/block"
COURSE_TYPE = "https://w3id.org/xapi/cmi5/activitytype/course"


class Lms:
    """One learner's registration in one course, and its sessions. `store` holds statements and documents."""

    def __init__(self, course: Block, store: Store, *, learner: str, language: str) -> None:
        self.store = store
        actor = {"objectType": "Agent", "name": learner, "account": {"homePage": HOME, "name": "trial"}}
        units = {unit.id: Progress(unit, own_id(unit.id)) for unit in course.units()}
        self.registration = Registration(str(uuid4()), actor, course, units)
        self.lock = threading.RLock()
        preferences = msgspec.json.encode({"languagePreference": language, "audioPreference": "on"})
        store.write(
            ("agents", agent_key(actor), PREFERENCES),
            preferences,
            "application/json",
            Condition(),
        )

    def launch(self, unit_id: str, *, mode: LaunchMode, base: str, return_url: str) -> str:
        """Open a session (sections 8 and 10); the address to open, relative to where the package is served.

        `base` is the address of the trial's server. A session still open is abandoned first (9.3.6).
        """
        with self.lock:
            for open_session in [session for session in self.registration.sessions if not session.ended]:
                self._abandon(open_session)
            progress = self.registration.units[unit_id]
            identifier = str(uuid4())
            template = {
                "contextActivities": {"grouping": [{"id": unit_id}]},
                "extensions": {f"{EXTENSION}sessionid": identifier},
            }
            session = Session(progress, mode, template, datetime.now(UTC), identifier)
            self.registration.sessions.append(session)
            self._write_launch_data(session, return_url)
            self._launched(session, f"{base}package/{progress.unit.url}")
            self._satisfy(session)  # units that ask for nothing are satisfied from the start (9.6.1.1-3)
            query = urlencode(
                {
                    "endpoint": f"{base}xapi/",
                    "fetch": f"{base}fetch/{session.fetch}",
                    "actor": msgspec.json.encode(self.registration.actor).decode(),
                    "registration": self.registration.id,
                    "activityId": progress.activity_id,
                }
            )
            url = progress.unit.url
            return f"{url}{'&' if '?' in url else '?'}{query}"

    def fetch(self, key: str) -> dict[str, str] | None:
        """The answer to POST fetch: the token once, then error 1 (8.2.3); None for an unknown address."""
        with self.lock:
            session = next((session for session in self.registration.sessions if session.fetch == key), None)
            if session is None:
                return None
            session.fetched += 1
            if session.fetched > 1:
                return {"error-code": "1", "error-text": "the token was fetched already"}
            if session.ended:
                return {"error-code": "2", "error-text": "the session has ended"}  # security error
            return {"auth-token": session.token}

    def session(self, token: str) -> Session | None:
        """The session that a token belongs to."""
        return next((s for s in self.registration.sessions if s.token == token and s.fetched), None)

    def judge(self, session: Session, statements: list[Statement]) -> list[Breach]:
        """What statements would break, one after another from now on. Nothing changes."""
        trying = copy.copy(session)
        trying.progress = copy.copy(session.progress)
        trying.verbs = list(session.verbs)
        found = []
        for statement in statements:
            found += session_breaches(trying, self.registration, statement)
            trying.note(statement, datetime.now(UTC))
        return found

    def accept(self, session: Session, statement: Statement) -> None:
        """Take note of a stored statement and store what follows from it."""
        with self.lock:
            session.note(statement, datetime.now(UTC))
            self._satisfy(session)

    def _write_launch_data(self, session: Session, return_url: str) -> None:
        unit = session.progress.unit
        data: dict[str, Any] = {
            "contextTemplate": session.template,
            "launchMode": session.mode,
            "moveOn": unit.move_on,
            "returnURL": return_url,
        }
        if unit.mastery_score is not None:
            data["masteryScore"] = unit.mastery_score
        if unit.launch_parameters:
            data["launchParameters"] = unit.launch_parameters
        if unit.entitlement_key:
            data["entitlementKey"] = {"courseStructure": unit.entitlement_key}
        key = (
            "state",
            session.progress.activity_id,
            agent_key(self.registration.actor),
            self.registration.id,
            LAUNCH_DATA,
        )
        self.store.write(key, msgspec.json.encode(data), "application/json", Condition())

    def _launched(self, session: Session, address: str) -> None:
        """9.3.1: recorded before the unit is launched. `address` is the unit's, without the launch's parameters."""
        unit = session.progress.unit
        extensions: dict[str, Any] = {
            f"{EXTENSION}launchmode": session.mode,
            f"{EXTENSION}launchurl": address,
            f"{EXTENSION}moveon": unit.move_on,
        }
        if unit.mastery_score is not None:
            extensions[f"{EXTENSION}masteryscore"] = unit.mastery_score
        if unit.launch_parameters:
            extensions[f"{EXTENSION}launchparameters"] = unit.launch_parameters
        self._state(session, "launched", {"id": session.progress.activity_id}, extensions=extensions)

    def _abandon(self, session: Session) -> None:
        """9.3.6: the session's duration is the time to the unit's last word (9.5.4.2-2)."""
        seconds = ((session.latest or session.started) - session.started).total_seconds()
        self._state(
            session,
            "abandoned",
            {"id": session.progress.activity_id},
            result={"duration": f"PT{seconds:.2f}S"},
        )
        session.ended = "abandoned"

    def _satisfy(self, session: Session) -> None:
        """Units, blocks and course whose criteria are met now, innermost first (9.3.9)."""
        for progress in self.registration.units.values():
            progress.satisfied = progress.meets(progress.unit.move_on)
        for block in self._blocks(self.registration.course):
            done = all(self.registration.units[unit.id].satisfied for unit in block.units())
            if done and block.id not in self.registration.satisfied:
                self.registration.satisfied.add(block.id)
                kind = COURSE_TYPE if block is self.registration.course else BLOCK_TYPE
                target = {"id": own_id(block.id), "definition": {"type": kind, "name": block.title}}
                self._state(session, "satisfied", target, grouping=block.id)

    def _blocks(self, block: Block) -> Iterator[Block]:
        for child in block.children:
            if isinstance(child, Block):
                yield from self._blocks(child)
        yield block

    def _state(
        self,
        session: Session,
        verb: str,
        target: dict[str, Any],
        *,
        extensions: dict[str, Any] | None = None,
        result: dict[str, Any] | None = None,
        grouping: str = "",
    ) -> None:
        """Store one of the LMS's own statements."""
        statement: Statement = {
            "id": str(uuid4()),
            "actor": self.registration.actor,
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": {"objectType": "Activity", **target},
            "context": {
                "registration": self.registration.id,
                "contextActivities": {
                    "category": [{"id": CMI5_CATEGORY}],
                    "grouping": [{"id": grouping or session.progress.unit.id}],
                },
                "extensions": {**session.template["extensions"], **(extensions or {})},
            },
            "timestamp": now(),
        }
        if result:
            statement["result"] = result
        self.store.add([statement])


def own_id(publisher_id: str) -> str:
    """The LMS's activity id for a publisher's id: another one, and the same at every launch (8.1.5)."""
    return f"{HOME}/activities/{uuid5(NAMESPACE_URL, publisher_id)}"
