"""One trial run: a course, the way it is launched, and the LMS side that watches it."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import uuid4

import msgspec

from catalog.preview import Site
from catalog.trial.cmi5.documents import document_breaches
from catalog.trial.cmi5.lms import HOME, Lms
from catalog.trial.cmi5.session import PREFERENCES, LaunchMode, Session, Statement, verb_name
from catalog.trial.cmi5.structure import Block, Unit, read_structure
from catalog.trial.journal import Journal
from catalog.trial.manifests import Launchable, read_activity, read_organization
from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.store import Store
from schemas.text import Language, Text

TrialFormat = Literal["cmi5", "xapi", "scorm12", "scorm2004-3", "scorm2004-4"]
_LEARNER = Text("示例学员", "Sample learner")
VERB_NAMES = {
    "launched": Text("启动", "launched"),
    "initialized": Text("开始会话", "initialized"),
    "completed": Text("完成", "completed"),
    "passed": Text("通过", "passed"),
    "failed": Text("未通过", "failed"),
    "terminated": Text("结束会话", "terminated"),
    "abandoned": Text("会话被放弃", "abandoned"),
    "satisfied": Text("已达成", "satisfied"),
    "answered": Text("作答", "answered"),
    "progressed": Text("进度", "progressed"),
    "experienced": Text("学习", "experienced"),
    "attempted": Text("开始尝试", "attempted"),
    "scored": Text("得分", "scored"),
    "suspended": Text("暂停", "suspended"),
    "resumed": Text("继续", "resumed"),
    "exited": Text("离开", "exited"),
    "played": Text("播放", "played"),
    "paused": Text("暂停播放", "paused"),
    "seeked": Text("跳转", "seeked"),
}


class Conditions(msgspec.Struct):
    """What the author makes the LMS do: be away until a moment (monotonic seconds), or answer slowly."""

    away_until: float = 0.0
    delay: float = 0.0

    @property
    def away(self) -> bool:
        """Whether the store doesn't answer now."""
        return time.monotonic() < self.away_until


class Run:
    """The state of one trial, and what launches and stores ask of it. `site` is the package as an LMS serves it."""

    def __init__(self, kind: TrialFormat, site: Site, *, language: Language) -> None:
        self.kind: TrialFormat = kind
        self.site = site
        self.language: Language = language
        self.journal = Journal()
        self.store = Store()
        self.conditions = Conditions()
        self.lms: Lms | None = None
        self.learner = _LEARNER.say(language)
        self.token = uuid4().hex  # xAPI without cmi5: one token and registration for the whole run
        self.registration = str(uuid4())
        if kind == "cmi5":
            tag = "en-US" if language == "en" else "zh-CN"
            structure = read_structure(self.read("cmi5.xml"))
            self.lms = Lms(structure, self.store, learner=self.learner, language=tag)

    def read(self, path: str) -> bytes:
        """A file of the package."""
        content = self.site[path]
        return content if isinstance(content, bytes) else content.read_bytes()

    def launchables(self) -> list[Launchable]:
        """What can be started, in order."""
        if self.lms is not None:
            return list(_units(self.lms.registration.course, self.language, 0))
        if self.kind == "xapi":
            return read_activity(self.read("tincan.xml"), self.language)
        return read_organization(self.read("imsmanifest.xml"))

    def launch(self, identifier: str, mode: LaunchMode, base: str, back: str) -> str:
        """The address of a launch, relative to the package."""
        if self.lms is not None:
            return self.lms.launch(identifier, mode=mode, base=base, return_url=back)
        chosen = next(item for item in self.launchables() if item.id == identifier)
        if self.kind != "xapi":
            return chosen.href
        query = {
            "endpoint": f"{base}xapi/",
            "auth": f"Basic {self.token}",
            "actor": msgspec.json.encode(self.actor).decode(),
            "activity_id": chosen.id,
            "registration": self.registration,
        }
        return f"{chosen.href}?{urlencode(query)}"

    @property
    def actor(self) -> dict[str, Any]:
        """The learner."""
        return {"objectType": "Agent", "name": self.learner, "account": {"homePage": HOME, "name": "trial"}}

    def progress(self) -> dict[str, dict[str, bool]]:
        """Completed, passed and satisfied by launchable, where the LMS side knows it."""
        if self.lms is None:
            return {}
        return {
            key: {"completed": unit.completed, "passed": unit.passed, "satisfied": unit.satisfied}
            for key, unit in self.lms.registration.units.items()
        }

    def titles(self) -> dict[str, str]:
        """The names of the activities that the LMS side launches, by activity id."""
        if self.lms is None:
            return {item.id: item.title for item in self.launchables()}
        units = self.lms.registration.units.values()
        return {unit.activity_id: _title(unit.unit.title, self.language) for unit in units}

    def is_speaking(self) -> bool:
        """Whether a session that has begun isn't over."""
        sessions = self.lms.registration.sessions if self.lms is not None else []
        return any(session.statements and not session.ended for session in sessions)

    # What the store's resources ask (catalog.trial.xapi.requests.Gate).

    def caller(self, authorization: str) -> str:
        """The token of a Basic authorization that this run handed out."""
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "basic":
            return ""
        if self.lms is None:
            return token if token == self.token else ""
        session = self.lms.session(token)
        return token if session and not session.is_over(datetime.now(UTC)) else ""

    def judge(self, caller: str, statements: list[Statement]) -> list[Breach]:
        """cmi5's rules, where the run is cmi5."""
        session = self._session(caller)
        return self.lms.judge(session, statements) if self.lms is not None and session is not None else []

    def accepted(self, caller: str, statement: Statement) -> None:
        """Tell the LMS side of a stored statement."""
        session = self._session(caller)
        if self.lms is not None and session is not None:
            self.lms.accept(session, statement)

    def document_breaches(
        self, caller: str, method: str, kind: str, parameters: Mapping[str, str], content: bytes
    ) -> list[Breach]:
        """cmi5's rules on documents; also takes note that the learner's preferences were read (11.0.0.0-3)."""
        session = self._session(caller)
        if self.lms is None or session is None:
            return []
        found = list(document_breaches(self.lms.registration, method, kind, parameters, content))
        if not found and method == "GET" and parameters.get("profileId") == PREFERENCES:
            session.preferences_read = True
        return found

    def _session(self, caller: str) -> Session | None:
        return self.lms.session(caller) if self.lms is not None else None


def statement_says(statement: Statement, titles: Mapping[str, str]) -> Text:
    """What the standards call a statement, in words; `titles` names the activities that the run knows."""
    verb = verb_name(statement)
    name = VERB_NAMES.get(verb.rsplit("/", 1)[-1])
    target = statement["object"]
    title = target.get("definition", {}).get("name") or target.get("definition", {}).get("description") or {}
    identifier = str(target.get("id", ""))
    about = titles.get(identifier) or next(iter(title.values()), identifier)
    return Text(f"{name.zh if name else verb}：{about}", f"{name.en if name else verb}: {about}")


def _units(block: Block, language: Language, depth: int) -> list[Launchable]:
    found = []
    for child in block.children:
        title = _title(child.title, language)
        if isinstance(child, Unit):
            found.append(Launchable(child.id, title, depth))
        else:
            found += [Launchable("", title, depth), *_units(child, language, depth + 1)]
    return found


def _title(strings: Mapping[str, str], language: Language) -> str:
    return next(
        (text for tag, text in strings.items() if tag.startswith(language)), next(iter(strings.values()), "")
    )
