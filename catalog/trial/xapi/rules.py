"""Whether a statement keeps the rules of xAPI 1.0.3, Part Two (Data). Shares nothing with what writes statements."""

from collections.abc import Iterator
from typing import Any

from catalog.trial.xapi import values
from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.interactions import definition_breaches, response_breaches
from catalog.trial.xapi.shapes import (
    ACCOUNT,
    ACTIVITY,
    AGENT,
    ATTACHMENT,
    CONTEXT,
    DEFINITION,
    GROUP,
    ONLY,
    REFERENCE,
    RESULT,
    SCORE,
    STATEMENT,
    SUB_STATEMENT,
    VERB,
    shape,
)
from schemas.text import Text

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
Found = Iterator[Breach]

_NO_ACTIVITIES = ("Agent", "Group", "StatementRef", "SubStatement")
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def statement_breaches(statement: object) -> list[Breach]:
    """Every rule that the statement breaks; none means that a store must take it."""
    if not isinstance(statement, dict):
        return [Breach("xAPI 2.2.2", "", Text("陈述应为 JSON 对象", "a statement is a JSON object"))]
    return [*_nulls(statement, ""), *_statement(statement)]


def _nulls(value: object, path: str) -> Found:
    """No null anywhere but inside extensions (2.2.2)."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "extensions" or inner is None:
                yield from _nulls(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _nulls(inner, f"{path}[{position}]")
    elif value is None:
        yield Breach("xAPI 2.2.2", path, Text("不允许 null", "null isn't allowed"))


def _statement(statement: dict[str, Any]) -> Found:
    yield from shape(statement, "", STATEMENT, ("actor", "verb", "object"), "xAPI 2.4")
    if isinstance(authority := statement.get("authority"), dict):
        yield from actor_breaches(authority, "authority")
    yield from _body(statement, "")
    if str(statement.get("version", "1.0")).split(".")[:2] != ["1", "0"]:
        yield Breach("xAPI 2.4.10", "version", Text("版本应为 1.0.x", "the version should be 1.0.x"))


def _body(statement: dict[str, Any], path: str) -> Found:
    """Actor, verb, object, result, context and attachments: what a statement and a sub-statement share."""
    if isinstance(actor := statement.get("actor"), dict):
        yield from actor_breaches(actor, f"{path}actor")
    verb, target, result, context = (
        part if isinstance(part := statement.get(name), dict) else {}
        for name in ("verb", "object", "result", "context")
    )
    if isinstance(statement.get("verb"), dict):
        yield from shape(verb, f"{path}verb", VERB, ("id",), "xAPI 2.4.3")
    if isinstance(statement.get("object"), dict):
        yield from _object(target, f"{path}object")
    yield from _result(result, f"{path}result")
    yield from _context(context, f"{path}context", activity=target.get("objectType") not in _NO_ACTIVITIES)
    yield from _attachments(statement.get("attachments"), f"{path}attachments")
    if isinstance(definition := target.get("definition"), dict) and isinstance(result.get("response"), str):
        yield from response_breaches(definition, result["response"])
    if verb.get("id") == VOIDED and target.get("objectType") != "StatementRef":
        yield Breach(
            "xAPI 2.3.2",
            f"{path}object",
            Text("作废陈述的对象应为 StatementRef", "a voiding statement's object is a StatementRef"),
        )


def actor_breaches(actor: dict[str, Any], path: str, *, group: bool = True) -> Found:
    """An Agent has one inverse functional identifier; a Group one, or members (2.4.2)."""
    kind = actor.get("objectType", "Agent")
    if kind not in ("Agent", "Group"):
        yield Breach(
            "xAPI 2.4.2", f"{path}.objectType", Text("应为 Agent 或 Group", "must be Agent or Group")
        )
        return
    is_group = kind == "Group"
    if is_group and not group:
        yield Breach("xAPI 2.4.2.2", path, Text("这里应为 Agent", "an Agent is needed here"))
    yield from shape(actor, path, GROUP if is_group else AGENT, (), "xAPI 2.4.2.3")
    found = [name for name in _IDENTIFIERS if name in actor]
    members = actor.get("member") if is_group else None
    if len(found) > 1 or (not found and not members):
        needed = Text("应恰有一个身份标识", "exactly one inverse functional identifier is needed")
        yield Breach("xAPI 2.4.2.3", path, needed)
    if isinstance(account := actor.get("account"), dict):
        yield from shape(account, f"{path}.account", ACCOUNT, ("homePage", "name"), "xAPI 2.4.2.4")
    for position, member in enumerate(members if isinstance(members, list) else []):
        place = f"{path}.member[{position}]"
        if isinstance(member, dict):
            yield from actor_breaches(member, place, group=False)
        else:
            yield Breach("xAPI 2.4.2.2", place, Text("应为 Agent", "should be an Agent"))


def _object(target: dict[str, Any], path: str) -> Found:
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        yield from _activity(target, path)
    elif kind in ("Agent", "Group"):
        yield from actor_breaches(target, path)
    elif kind == "StatementRef":
        yield from _reference(target, path)
    elif kind == "SubStatement":
        yield from shape(target, path, SUB_STATEMENT, ("actor", "verb", "object"), "xAPI 2.4.4.3")
        inner = target.get("object")
        if isinstance(inner, dict) and inner.get("objectType") == "SubStatement":
            yield Breach(
                "xAPI 2.4.4.3",
                f"{path}.object",
                Text("子陈述不能再含子陈述", "a sub-statement can't hold another"),
            )
        else:
            yield from _body(target, f"{path}.")
    else:
        yield Breach("xAPI 2.4.4", f"{path}.objectType", Text("未知的对象类型", "unknown object type"))


def _reference(reference: dict[str, Any], path: str) -> Found:
    yield from shape(reference, path, REFERENCE, ("objectType", "id"), "xAPI 2.4.4.3")
    if reference.get("objectType", "StatementRef") != "StatementRef":
        yield Breach(
            "xAPI 2.4.4.3", f"{path}.objectType", Text("应为 StatementRef", "should be StatementRef")
        )


def _attachments(attachments: object, path: str) -> Found:
    """Only those that lie elsewhere: the trial takes no multipart requests (2.4.11)."""
    needed = ("usageType", "display", "contentType", "length", "sha2", "fileUrl")
    for position, attachment in enumerate(attachments if isinstance(attachments, list) else []):
        place = f"{path}[{position}]"
        if isinstance(attachment, dict):
            yield from shape(attachment, place, ATTACHMENT, needed, "xAPI 2.4.11")
        else:
            yield Breach("xAPI 2.4.11", place, Text("应为对象", "should be an object"))


def _activity(activity: dict[str, Any], path: str) -> Found:
    yield from shape(activity, path, ACTIVITY, ("id",), "xAPI 2.4.4.1")
    if activity.get("objectType", "Activity") != "Activity":
        yield Breach("xAPI 2.4.4.1", f"{path}.objectType", Text("应为 Activity", "should be Activity"))
    if isinstance(definition := activity.get("definition"), dict):
        yield from shape(definition, f"{path}.definition", DEFINITION, (), "xAPI 2.4.4.1")
        yield from definition_breaches(definition, f"{path}.definition")


def _result(result: dict[str, Any], path: str) -> Found:
    yield from shape(result, path, RESULT, (), "xAPI 2.4.5")
    score = result.get("score")
    if not isinstance(score, dict):
        return
    path = f"{path}.score"
    yield from shape(score, path, SCORE, (), "xAPI 2.4.5.1")
    scaled, raw, low, high = (
        inner if values.is_number(inner := score.get(name)) else None
        for name in ("scaled", "raw", "min", "max")
    )
    if scaled is not None and not -1 <= scaled <= 1:
        yield Breach("xAPI 2.4.5.1", f"{path}.scaled", Text("应在 -1 与 1 之间", "must be from -1 to 1"))
    if low is not None and high is not None and low >= high:
        yield Breach("xAPI 2.4.5.1", f"{path}.min", Text("min 应小于 max", "min must be less than max"))
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield Breach(
            "xAPI 2.4.5.1",
            f"{path}.raw",
            Text("raw 应在 min 与 max 之间", "raw must be from min to max"),
        )


def _context(context: dict[str, Any], path: str, *, activity: bool) -> Found:
    yield from shape(context, path, CONTEXT, (), "xAPI 2.4.6")
    if not activity:
        for name in ("revision", "platform"):
            if name in context:
                yield Breach(
                    "xAPI 2.4.6",
                    f"{path}.{name}",
                    Text("只能与 Activity 同用", "goes with an Activity only"),
                )
    for name in ("instructor", "team"):
        if isinstance(actor := context.get(name), dict):
            yield from actor_breaches(actor, f"{path}.{name}")
    if isinstance(team := context.get("team"), dict) and team.get("objectType") != "Group":
        yield Breach("xAPI 2.4.6", f"{path}.team", Text("team 应为 Group", "a team is a Group"))
    if isinstance(reference := context.get("statement"), dict):
        yield from _reference(reference, f"{path}.statement")
    around = context.get("contextActivities")
    yield from _around(around if isinstance(around, dict) else {}, f"{path}.contextActivities")


def _around(lists: dict[str, Any], path: str) -> Found:
    """Four lists of activities; a single activity counts as a list of one (2.4.6.2)."""
    for name, found in lists.items():
        place = f"{path}.{name}"
        if name not in ("parent", "grouping", "category", "other"):
            yield Breach("xAPI 2.4.6.2", place, ONLY.format(name=name))
        for position, inner in enumerate(found if isinstance(found, list) else [found]):
            if isinstance(inner, dict):
                yield from _activity(inner, f"{place}[{position}]")
            else:
                yield Breach(
                    "xAPI 2.4.6.2", f"{place}[{position}]", Text("应为 Activity", "should be an Activity")
                )
