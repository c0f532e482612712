"""Whether a statement keeps the rules of xAPI 1.0.3, Part Two (Data). Shares nothing with what writes statements."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from catalog.trial.xapi import values
from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.interactions import definition_breaches, response_breaches
from schemas.text import Text

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
Found = Iterator[Breach]
Test = Callable[[object], bool]

_ONLY = Text("不允许的属性：{name}", "this property isn't allowed: {name}")
_MISSING = Text("缺少属性 {name}", "the property {name} is missing")
_KIND = Text("{name} 应为{kind}", "{name} should be {kind}")

IRI = (values.is_iri, Text("完整的 IRI", "an absolute IRI"))
UUID = (values.is_uuid, Text("UUID", "a UUID"))
STRING = (lambda value: isinstance(value, str), Text("字符串", "a string"))
BOOLEAN = (lambda value: isinstance(value, bool), Text("true 或 false", "true or false"))
NUMBER: tuple[Test, Text] = (values.is_number, Text("数", "a number"))
LANGUAGE_MAP = (values.is_language_map, Text("按语言标签的文本", "a language map"))
EXTENSIONS = (values.is_extensions, Text("以 IRI 为键的扩展", "extensions keyed by IRIs"))
DURATION = (values.is_duration, Text("ISO 8601 时长", "an ISO 8601 duration"))
TIMESTAMP = (values.is_timestamp, Text("带时区的 ISO 8601 时间", "an ISO 8601 time with its offset"))
LANGUAGE = (values.is_language_tag, Text("RFC 5646 语言标签", "an RFC 5646 language tag"))
OBJECT = (lambda value: isinstance(value, dict), Text("对象", "an object"))
LIST = (lambda value: isinstance(value, list), Text("数组", "an array"))

_STATEMENT = {
    "id": UUID,
    "actor": OBJECT,
    "verb": OBJECT,
    "object": OBJECT,
    "result": OBJECT,
    "context": OBJECT,
    "timestamp": TIMESTAMP,
    "stored": TIMESTAMP,
    "authority": OBJECT,
    "version": STRING,
    "attachments": LIST,
}
_VERB = {"id": IRI, "display": LANGUAGE_MAP}
_ACCOUNT = {"homePage": IRI, "name": STRING}
_RESULT = {
    "score": OBJECT,
    "success": BOOLEAN,
    "completion": BOOLEAN,
    "response": STRING,
    "duration": DURATION,
    "extensions": EXTENSIONS,
}
_SCORE = dict.fromkeys(("scaled", "raw", "min", "max"), NUMBER)
_CONTEXT = {
    "registration": UUID,
    "instructor": OBJECT,
    "team": OBJECT,
    "contextActivities": OBJECT,
    "revision": STRING,
    "platform": STRING,
    "language": LANGUAGE,
    "statement": OBJECT,
    "extensions": EXTENSIONS,
}
_ACTIVITY = {"objectType": STRING, "id": IRI, "definition": OBJECT}
_DEFINITION = {
    "name": LANGUAGE_MAP,
    "description": LANGUAGE_MAP,
    "type": IRI,
    "moreInfo": IRI,
    "extensions": EXTENSIONS,
    "interactionType": STRING,
    "correctResponsesPattern": LIST,
    "choices": LIST,
    "scale": LIST,
    "source": LIST,
    "target": LIST,
    "steps": LIST,
}
_REFERENCE = {"objectType": STRING, "id": UUID}
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def statement_breaches(statement: object) -> list[Breach]:
    """Every rule that the statement breaks; none means that a store must take it."""
    if not isinstance(statement, dict):
        return [Breach("xAPI 2.2.2", "", Text("陈述应为 JSON 对象", "a statement is a JSON object"))]
    return [*_nulls(statement, ""), *_statement(statement)]


def _nulls(value: object, path: str) -> Found:
    """No null anywhere but in extensions (2.2.2)."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "extensions":
                yield from _nulls(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _nulls(inner, f"{path}[{position}]")
    elif value is None:
        yield Breach("xAPI 2.2.2", path, Text("不允许 null", "null isn't allowed"))


def _statement(statement: dict[str, Any]) -> Found:
    yield from _shape(statement, "", _STATEMENT, ("actor", "verb", "object"), "xAPI 2.4")
    if isinstance(actor := statement.get("actor"), dict):
        yield from _actor(actor, "actor", group=True)
    if isinstance(authority := statement.get("authority"), dict):
        yield from _actor(authority, "authority", group=True)
    yield from _body(statement)
    if str(statement.get("version", "1.0")).split(".")[:2] != ["1", "0"]:
        yield Breach("xAPI 2.4.10", "version", Text("版本应为 1.0.x", "the version should be 1.0.x"))


def _body(statement: dict[str, Any]) -> Found:
    """Verb, object, result and context: what a statement and a sub-statement share."""
    verb, target, result, context = (
        part if isinstance(part := statement.get(name), dict) else {}
        for name in ("verb", "object", "result", "context")
    )
    if verb:
        yield from _shape(verb, "verb", _VERB, ("id",), "xAPI 2.4.3")
    if target:
        yield from _object(target, "object")
    yield from _result(result)
    yield from _context(context, activity=target.get("objectType", "Activity") == "Activity")
    if isinstance(definition := target.get("definition"), dict) and isinstance(result.get("response"), str):
        yield from response_breaches(definition, result["response"])
    if verb.get("id") == VOIDED and target.get("objectType") != "StatementRef":
        yield Breach(
            "xAPI 2.3.2",
            "object",
            Text("作废陈述的对象应为 StatementRef", "a voiding statement's object is a StatementRef"),
        )


def _shape(
    value: dict[str, Any],
    path: str,
    allowed: Mapping[str, tuple[Test, Text]],
    needed: tuple[str, ...],
    clause: str,
) -> Found:
    """Properties known, present where needed, and of the right type."""
    for name in needed:
        if name not in value:
            yield Breach(clause, path, _MISSING.format(name=name))
    for name, inner in value.items():
        place = f"{path}.{name}".lstrip(".")
        if name not in allowed:
            yield Breach(clause, place, _ONLY.format(name=name))
        elif inner is not None and not allowed[name][0](inner):
            yield Breach(clause, place, _KIND.format(name=name, kind=allowed[name][1]))


def _actor(actor: dict[str, Any], path: str, *, group: bool) -> Found:
    """An Agent has one inverse functional identifier; a Group one, or members (2.4.2)."""
    is_group = actor.get("objectType") == "Group"
    found = [name for name in _IDENTIFIERS if name in actor]
    if is_group and not group:
        yield Breach("xAPI 2.4.2.2", path, Text("这里应为 Agent", "an Agent is needed here"))
    if len(found) > 1 or (not found and not (is_group and actor.get("member"))):
        yield Breach(
            "xAPI 2.4.2.3",
            path,
            Text("应恰有一个身份标识", "exactly one inverse functional identifier is needed"),
        )
    tests: dict[str, Test] = {
        "mbox": values.is_mailto,
        "mbox_sha1sum": values.is_sha1,
        "openid": values.is_iri,
    }
    for name, test in tests.items():
        if name in actor and not test(actor[name]):
            yield Breach("xAPI 2.4.2.3", f"{path}.{name}", Text("写法不对", "badly written"))
    if isinstance(account := actor.get("account"), dict):
        yield from _shape(account, f"{path}.account", _ACCOUNT, ("homePage", "name"), "xAPI 2.4.2.4")
    for position, member in enumerate(actor.get("member") or [] if is_group else []):
        if isinstance(member, dict):
            yield from _actor(member, f"{path}.member[{position}]", group=False)


def _object(target: dict[str, Any], path: str) -> Found:
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        yield from _activity(target, path)
    elif kind in ("Agent", "Group"):
        yield from _actor(target, path, group=True)
    elif kind == "StatementRef":
        yield from _shape(target, path, _REFERENCE, ("id",), "xAPI 2.4.4.3")
    elif kind == "SubStatement":
        forbidden = [name for name in ("id", "stored", "version", "authority") if name in target]
        for name in forbidden:
            yield Breach("xAPI 2.4.4.3", f"{path}.{name}", _ONLY.format(name=name))
        inner = target.get("object")
        if isinstance(inner, dict) and inner.get("objectType") == "SubStatement":
            yield Breach(
                "xAPI 2.4.4.3",
                f"{path}.object",
                Text("子陈述不能再含子陈述", "a sub-statement can't hold another"),
            )
        yield from _body(target)
    else:
        yield Breach("xAPI 2.4.4", f"{path}.objectType", Text("未知的对象类型", "unknown object type"))


def _activity(activity: dict[str, Any], path: str) -> Found:
    yield from _shape(activity, path, _ACTIVITY, ("id",), "xAPI 2.4.4.1")
    if isinstance(definition := activity.get("definition"), dict):
        yield from _shape(definition, f"{path}.definition", _DEFINITION, (), "xAPI 2.4.4.1")
        yield from definition_breaches(definition, f"{path}.definition")


def _result(result: dict[str, Any]) -> Found:
    yield from _shape(result, "result", _RESULT, (), "xAPI 2.4.5")
    score = result.get("score")
    if not isinstance(score, dict):
        return
    yield from _shape(score, "result.score", _SCORE, (), "xAPI 2.4.5.1")
    scaled, raw, low, high = (
        inner if values.is_number(inner := score.get(name)) else None
        for name in ("scaled", "raw", "min", "max")
    )
    if scaled is not None and not -1 <= scaled <= 1:
        yield Breach("xAPI 2.4.5.1", "result.score.scaled", Text("应在 -1 与 1 之间", "must be from -1 to 1"))
    if low is not None and high is not None and low >= high:
        yield Breach("xAPI 2.4.5.1", "result.score.min", Text("min 应小于 max", "min must be less than max"))
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield Breach(
            "xAPI 2.4.5.1",
            "result.score.raw",
            Text("raw 应在 min 与 max 之间", "raw must be from min to max"),
        )


def _context(context: dict[str, Any], *, activity: bool) -> Found:
    yield from _shape(context, "context", _CONTEXT, (), "xAPI 2.4.6")
    if not activity:
        for name in ("revision", "platform"):
            if name in context:
                yield Breach(
                    "xAPI 2.4.6",
                    f"context.{name}",
                    Text("只能与 Activity 同用", "goes with an Activity only"),
                )
    for name in ("instructor", "team"):
        if isinstance(actor := context.get(name), dict):
            yield from _actor(actor, f"context.{name}", group=True)
    around = context.get("contextActivities")
    for name, found in (around if isinstance(around, dict) else {}).items():
        place = f"context.contextActivities.{name}"
        if name not in ("parent", "grouping", "category", "other"):
            yield Breach("xAPI 2.4.6.2", place, _ONLY.format(name=name))
        for position, inner in enumerate(found if isinstance(found, list) else [found]):
            if isinstance(inner, dict):
                yield from _activity(inner, f"{place}[{position}]")
            else:
                yield Breach(
                    "xAPI 2.4.6.2", f"{place}[{position}]", Text("应为 Activity", "should be an Activity")
                )
