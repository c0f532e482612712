"""What cmi5 demands of a unit's requests for documents, by requirement number (sections 8, 10 and 11)."""

from collections.abc import Iterator, Mapping

import msgspec

from catalog.trial.cmi5.session import LAUNCH_DATA, PREFERENCES, Registration
from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.store import same_agent
from catalog.trial.xapi.values import is_language_tag
from schemas.text import Text

_WRITES = ("PUT", "POST", "DELETE")


def document_breaches(
    registration: Registration, method: str, kind: str, parameters: Mapping[str, str], content: bytes
) -> Iterator[Breach]:
    """Every rule that a request breaks. `parameters` hold an agent that xAPI's own rules allow."""
    if not same_agent(msgspec.json.decode(parameters["agent"]), registration.actor):
        clause = "cmi5 11.0.0.0-1" if kind == "agents" else "cmi5 8.1.3.0-3"
        yield Breach(clause, "agent", Text("应为启动参数中的 actor", "must be the actor of the launch"))
    if kind == "state":
        yield from _state(registration, method, parameters)
    else:
        yield from _preferences(method, parameters, content)


def _state(registration: Registration, method: str, parameters: Mapping[str, str]) -> Iterator[Breach]:
    if parameters.get("registration", "").lower() != registration.id:
        message = Text("应为启动参数中的 registration", "must be the launch's registration")
        yield Breach("cmi5 8.1.4.0-3", "registration", message)
    if method in _WRITES and parameters.get("stateId", LAUNCH_DATA) == LAUNCH_DATA:
        message = Text("课件不能改动 LMS.LaunchData", "a unit can't change LMS.LaunchData")
        yield Breach("cmi5 10.2.1.0-5", "stateId", message)


def _preferences(method: str, parameters: Mapping[str, str], content: bytes) -> Iterator[Breach]:
    if parameters.get("profileId", PREFERENCES) != PREFERENCES:
        yield Breach("cmi5 11.0.0.0-4", "profileId", Text(f"应为 {PREFERENCES}", f"must be {PREFERENCES}"))
        return
    if method not in ("PUT", "POST"):
        return
    try:
        found = msgspec.json.decode(content, type=dict[str, object])
    except msgspec.MsgspecError:
        found = {}
    languages = found.get("languagePreference")
    if not isinstance(languages, str) or found.get("audioPreference") not in ("on", "off"):
        message = Text(
            "应含 languagePreference 与 audioPreference", "needs languagePreference and audioPreference"
        )
        yield Breach("cmi5 11.0.0.0-5", "", message)
    elif not all(is_language_tag(tag.strip()) for tag in languages.split(",")):
        message = Text("应为逗号分隔的语言标签", "must be language tags with commas between")
        yield Breach("cmi5 11.1.0.0-1", "languagePreference", message)
