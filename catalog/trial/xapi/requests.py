"""What every request to the store goes through first, and how it is answered (xAPI 1.0.3, Part Three, 1 and 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qsl

import msgspec
from litestar import Request, Response

from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.rules import actor_breaches
from catalog.trial.xapi.store import Statement, agent_key
from catalog.trial.xapi.values import is_iri, is_timestamp, is_uuid, parse_timestamp
from schemas.text import Text

VERSION = "1.0.3"
HEADERS = {"X-Experience-API-Version": VERSION}
MOST_LEVELS = 100  # of JSON: code that follows it down must come to an end

AnyRequest = Request[Any, Any, Any]
Parameters = Mapping[str, str]

_NO_VERSION = Text(
    "缺少 X-Experience-API-Version: 1.0.3 请求头", "the header X-Experience-API-Version: 1.0.3 is missing"
)
_NOBODY = Text("授权令牌无效", "the authorization token isn't valid")
_UNKNOWN = Text("未知参数 {names}", "unknown parameters: {names}")
_DEEP = Text("JSON 嵌套过深", "the JSON is nested too deeply")
_NO_JSON = Text("不是有效的 JSON：{error}", "not valid JSON: {error}")


class Refused(Exception):  # noqa: N818 (an answer, not a fault)
    """The request is answered with an error status. `detail` is what was refused, for the author's list."""

    def __init__(
        self, status: int, message: Text, breaches: tuple[Breach, ...] = (), *, detail: object = None
    ) -> None:
        super().__init__(message.en)
        self.status = status
        self.message = message
        self.breaches = breaches
        self.detail = detail


class Gate(Protocol):
    """Who is calling, and the rules beyond xAPI's own."""

    def caller(self, authorization: str) -> str:
        """A name for the caller behind an Authorization header; empty when it is nobody's."""

    def judge(self, caller: str, statements: list[Statement]) -> list[Breach]:
        """Rules beyond xAPI's that new statements, one after another, would break."""

    def accepted(self, caller: str, statement: Statement) -> None:
        """A statement was stored."""

    def document_breaches(
        self, caller: str, method: str, kind: str, parameters: Parameters, content: bytes
    ) -> list[Breach]:
        """Rules beyond xAPI's that reading or writing a document breaks."""


def admit(request: AnyRequest, gate: Gate) -> str:
    """The caller's name, once version and authorization are right (1.5 and 3)."""
    version = request.headers.get("X-Experience-API-Version", "")
    if version != "1.0" and not version.startswith("1.0."):
        raise Refused(400, _NO_VERSION)
    caller = gate.caller(request.headers.get("Authorization", ""))
    if not caller:
        raise Refused(401, _NOBODY)
    return caller


def parameters_of(request: AnyRequest, allowed: frozenset[str]) -> dict[str, str]:
    """The query's parameters, all of them allowed (1.3: others are refused)."""
    parameters = dict(parse_qsl(request.url.query, keep_blank_values=True))
    unknown = sorted(set(parameters) - allowed)
    if unknown:
        raise Refused(400, _UNKNOWN.format(names=Text("、".join(unknown), ", ".join(unknown))))
    return parameters


def decode(content: bytes | str) -> object:
    """JSON of reasonable depth, or a refusal."""
    try:
        found = msgspec.json.decode(content)
    except RecursionError:
        raise Refused(400, _DEEP) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Refused(400, _NO_JSON.format(error=str(error))) from None
    level = [found]
    for _ in range(MOST_LEVELS):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return found
    raise Refused(400, _DEEP)


def respond(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response[Any]:
    """A JSON answer with the version header."""
    return Response(content, status_code=status, headers={**HEADERS, **(headers or {})})


def agent_of(parameters: Parameters, name: str = "agent") -> dict[str, Any]:
    """The agent in a parameter."""
    agent = decode(parameters[name])
    if not isinstance(agent, dict) or not agent_key(agent):
        raise Refused(400, Text("agent 参数不是有效的 Agent", "the parameter agent isn't an agent"))
    breaches = tuple(actor_breaches(agent, name))
    if breaches:
        raise Refused(400, Text("agent 参数不符合 xAPI", "the parameter agent breaks xAPI"), breaches)
    return agent


def moment_of(parameters: Parameters, name: str) -> datetime | None:
    """The moment in a parameter."""
    if name not in parameters:
        return None
    if not is_timestamp(parameters[name]):
        raise Refused(400, Text(f"{name} 应为带时区的时间", f"{name} must be a time with its offset"))
    return parse_timestamp(parameters[name])


def uuid_of(parameters: Parameters, name: str) -> str | None:
    """The UUID in a parameter."""
    found = parameters.get(name)
    if found is not None and not is_uuid(found):
        raise Refused(400, Text(f"{name} 应为 UUID", f"{name} must be a UUID"))
    return found


def iri_of(parameters: Parameters, name: str) -> str | None:
    """The IRI in a parameter."""
    found = parameters.get(name)
    if found is not None and not is_iri(found):
        raise Refused(400, Text(f"{name} 应为完整的 IRI", f"{name} must be an absolute IRI"))
    return found


def flag_of(parameters: Parameters, name: str) -> bool:
    """A flag, `true` or `false`; false where it is missing."""
    found = parameters.get(name, "false")
    if found not in ("true", "false"):
        raise Refused(400, Text(f"{name} 应为 true 或 false", f"{name} must be true or false"))
    return found == "true"
