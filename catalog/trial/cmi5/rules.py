"""What cmi5 demands of each statement of an assignable unit, by requirement number (specification, sections 7 to 11).

Every rule looks at the session, the registration and one statement, and says what is broken. A strict LMS rejects the
statement then. Shares nothing with what writes statements.
"""

from collections.abc import Callable, Iterator
from typing import Any

from catalog.trial.cmi5.session import (
    EXTENSION,
    MOVEON_CATEGORY,
    PROGRESS,
    VERBS,
    Registration,
    Session,
    Statement,
    activity_ids,
    categories,
    is_cmi5_defined,
    verb_name,
)
from catalog.trial.xapi.breach import Breach
from catalog.trial.xapi.store import ACTIVITY_LISTS, same_agent
from catalog.trial.xapi.values import is_whole
from schemas.text import Text

Found = Iterator[Breach]
_OURS = (
    "initialized",
    "completed",
    "passed",
    "failed",
    "terminated",
)  # the verbs that a unit may use as cmi5-defined
_JUDGED = ("completed", "passed", "failed")
_TIMED = ("completed", "passed", "failed", "terminated")


def session_breaches(session: Session, registration: Registration, statement: Statement) -> list[Breach]:
    """Every cmi5 rule that the statement breaks at this moment of the session."""
    found = [breach for rule in _ANY for breach in rule(session, registration, statement)]
    if is_cmi5_defined(statement):
        found += [breach for rule in _DEFINED for breach in rule(session, registration, statement)]
    return found


def _order(session: Session, _registration: Registration, statement: Statement) -> Found:
    first = verb_name(statement) == "initialized" and is_cmi5_defined(statement)
    if session.ended:
        yield Breach(
            "cmi5 9.3.0.0-5",
            "",
            Text("会话已结束，不能再发陈述", "the session has ended: no more statements"),
        )
    elif session.statements == 0 and not first:
        yield Breach(
            "cmi5 9.3.0.0-4",
            "verb",
            Text("第一条陈述应为 initialized", "the first statement must be initialized"),
        )
    if first and not session.preferences_read:
        yield Breach(
            "cmi5 11.0.0.0-3",
            "",
            Text(
                "先读取 cmi5LearnerPreferences，再发 initialized",
                "read cmi5LearnerPreferences before initialized",
            ),
        )


def _identity(_session: Session, registration: Registration, statement: Statement) -> Found:
    if "id" not in statement:
        yield Breach("cmi5 9.1.0.0-1", "id", Text("缺少 id", "the id is missing"))
    if not same_agent(statement["actor"], registration.actor):
        yield Breach(
            "cmi5 8.1.3.0-3", "actor", Text("应为启动参数中的 actor", "must be the actor of the launch")
        )
    if statement.get("context", {}).get("registration") != registration.id:
        yield Breach(
            "cmi5 9.6.1.0-1",
            "context.registration",
            Text("应为启动参数中的 registration", "must be the launch's registration"),
        )


def _time(_session: Session, _registration: Registration, statement: Statement) -> Found:
    timestamp = statement.get("timestamp")
    if timestamp is None:
        yield Breach("cmi5 9.7.0.0-1", "timestamp", Text("缺少 timestamp", "the timestamp is missing"))
    elif not str(timestamp).endswith(("Z", "+00:00", "+0000", "+00")):
        yield Breach("cmi5 9.7.0.0-2", "timestamp", Text("应为 UTC 时间", "must be in UTC"))


def _template(session: Session, _registration: Registration, statement: Statement) -> Found:
    """The context template is copied unchanged; more may be added (10.2.1)."""
    context = statement.get("context", {})
    for iri, value in session.template.get("extensions", {}).items():
        if context.get("extensions", {}).get(iri) != value:
            clause = "cmi5 9.6.3.1-4" if iri == f"{EXTENSION}sessionid" else "cmi5 10.2.1.0-7"
            yield Breach(
                clause,
                f"context.extensions.{iri}",
                Text("与 contextTemplate 不符", "differs from the contextTemplate"),
            )
    for name in ACTIVITY_LISTS:
        missing = set(activity_ids(session.template, name)) - set(activity_ids(context, name))
        for identifier in sorted(missing):
            place = f"context.contextActivities.{name}"
            yield Breach(
                "cmi5 9.6.2.0-1",
                place,
                Text(f"缺少模板中的 {identifier}", f"{identifier} of the template is missing"),
            )
    for name, value in session.template.items():
        if name not in ("extensions", "contextActivities") and context.get(name) != value:
            yield Breach(
                "cmi5 10.2.1.0-7",
                f"context.{name}",
                Text("与 contextTemplate 不符", "differs from the contextTemplate"),
            )


def _moveon(_session: Session, _registration: Registration, statement: Statement) -> Found:
    result = statement.get("result", {})
    judged = is_cmi5_defined(statement) and ("success" in result or "completion" in result)
    marked = MOVEON_CATEGORY in categories(statement)
    place = "context.contextActivities.category"
    if judged and not marked:
        yield Breach("cmi5 9.6.2.2-1", place, Text("缺少 moveOn 类别", "the moveOn category is missing"))
    if marked and not judged:
        yield Breach(
            "cmi5 9.6.2.2-2", place, Text("不应带 moveOn 类别", "the moveOn category doesn't belong here")
        )


def _voiding(_session: Session, _registration: Registration, statement: Statement) -> Found:
    if statement["verb"]["id"].endswith("/voided"):
        yield Breach("cmi5 6.3.0.0-1", "verb", Text("课件不能作废陈述", "a unit can't void statements"))


def _verb(session: Session, _registration: Registration, statement: Statement) -> Found:
    verb = verb_name(statement)
    if verb not in _OURS:
        yield Breach(
            "cmi5 9.3.0.0-1",
            "verb",
            Text("课件不能以此动词发 cmi5 定义的陈述", "not a verb for a unit's cmi5-defined statement"),
        )
    if verb in session.verbs:
        yield Breach(
            "cmi5 9.3.0.0-2", "verb", Text(f"本次会话已有 {verb}", f"{verb} was sent in this session already")
        )
    if verb in ("passed", "failed") and {"passed", "failed"} & set(session.verbs) - {verb}:
        yield Breach(
            "cmi5 9.3.0.0-3", "verb", Text("passed 与 failed 只能有一个", "only one of passed and failed")
        )
    if session.mode != "Normal" and verb in _JUDGED:
        yield Breach(
            "cmi5 10.2.2.0-5",
            "verb",
            Text(f"{session.mode} 模式不记录 {verb}", f"{verb} isn't recorded in {session.mode} mode"),
        )


def _registration_wide(session: Session, _registration: Registration, statement: Statement) -> Found:
    verb, progress = verb_name(statement), session.progress
    if verb == "completed" and progress.completed:
        yield Breach(
            "cmi5 9.3.0.0-6",
            "verb",
            Text("此注册已有 completed", "this registration has a completed already"),
        )
    if verb == "passed" and progress.passed:
        yield Breach(
            "cmi5 9.3.0.0-7", "verb", Text("此注册已有 passed", "this registration has a passed already")
        )
    if verb == "failed" and progress.passed:
        yield Breach("cmi5 9.3.0.0-8", "verb", Text("passed 之后不能再有 failed", "no failed after passed"))


def _object(session: Session, _registration: Registration, statement: Statement) -> Found:
    if statement["object"].get("id") != session.progress.activity_id:
        yield Breach(
            "cmi5 8.1.5.0-6",
            "object.id",
            Text("应为启动参数中的 activityId", "must be the launch's activityId"),
        )


def _actor(_session: Session, _registration: Registration, statement: Statement) -> Found:
    actor = statement["actor"]
    if actor.get("objectType", "Agent") != "Agent":
        yield Breach("cmi5 9.2.0.0-2", "actor", Text("应为 Agent", "must be an Agent"))
    if "account" not in actor:
        yield Breach("cmi5 9.2.0.0-3", "actor.account", Text("缺少 account", "the account is missing"))


def _score(session: Session, _registration: Registration, statement: Statement) -> Found:
    verb, score = verb_name(statement), statement.get("result", {}).get("score")
    if score is None:
        return
    if verb not in ("passed", "failed"):
        yield Breach(
            "cmi5 9.5.1.0-2",
            "result.score",
            Text("只有 passed 与 failed 带分数", "a score goes with passed and failed only"),
        )
    if "raw" in score and not ("min" in score and "max" in score):
        yield Breach("cmi5 9.5.1.0-3", "result.score", Text("raw 须带 min 与 max", "raw needs min and max"))
    mastery, scaled = session.mastery_score, score.get("scaled")
    if mastery is None:
        return
    if scaled is not None and verb == "passed" and scaled < mastery:
        yield Breach(
            "cmi5 9.3.4.0-2",
            "result.score.scaled",
            Text("低于 masteryScore 不能是 passed", "below masteryScore: not passed"),
        )
    if scaled is not None and verb == "failed" and scaled >= mastery:
        yield Breach(
            "cmi5 9.3.5.0-2",
            "result.score.scaled",
            Text("达到 masteryScore 不能是 failed", "masteryScore reached: not failed"),
        )
    if statement.get("context", {}).get("extensions", {}).get(f"{EXTENSION}masteryscore") != mastery:
        yield Breach(
            "cmi5 9.6.3.2-2",
            "context.extensions",
            Text("缺少 masteryscore 扩展", "the masteryscore extension is missing"),
        )


def _result(_session: Session, _registration: Registration, statement: Statement) -> Found:
    verb, result = verb_name(statement), statement.get("result", {})
    wanted: dict[str, dict[str, Any]] = {
        "passed": {"success": True},
        "failed": {"success": False},
        "completed": {"completion": True},
    }
    success = "9.5.2.0-2" if verb == "failed" else "9.5.2.0-1"
    clauses = {"success": (success, "9.5.2.0-3"), "completion": ("9.5.3.0-1", "9.5.3.0-2")}
    for name, (must, must_not) in clauses.items():
        expected = wanted.get(verb, {}).get(name)
        if expected is not None and result.get(name) is not expected:
            value = str(expected).lower()
            yield Breach(
                f"cmi5 {must}", f"result.{name}", Text(f"{verb} 须为 {value}", f"must be {value} with {verb}")
            )
        if expected is None and name in result:
            yield Breach(
                f"cmi5 {must_not}",
                f"result.{name}",
                Text(f"{verb} 不能带 {name}", f"{name} doesn't go with {verb}"),
            )
    if verb in _TIMED and "duration" not in result:
        number = {"terminated": 1, "completed": 2, "passed": 3, "failed": 4}[verb]
        yield Breach(
            f"cmi5 9.5.4.1-{number}", "result.duration", Text("缺少 duration", "the duration is missing")
        )


def _category(session: Session, _registration: Registration, statement: Statement) -> Found:
    """A cmi5 verb about the unit without the category is no cmi5-defined statement: an LMS would not count it."""
    about_unit = statement["object"].get("id") == session.progress.activity_id
    if (
        about_unit
        and statement["verb"]["id"] in {VERBS[verb] for verb in _OURS}
        and not is_cmi5_defined(statement)
    ):
        yield Breach(
            "cmi5 9.6.2.1-1",
            "context.contextActivities.category",
            Text("缺少 cmi5 类别", "the cmi5 category is missing"),
        )


def _progress(_session: Session, _registration: Registration, statement: Statement) -> Found:
    """9.5.5.1: percent, whole, and none with completed, which says it all."""
    value = statement.get("result", {}).get("extensions", {}).get(PROGRESS)
    place = "result.extensions.progress"
    if value is None:
        return
    if not is_whole(value) or value > 100:
        message = Text("应为 0 到 100 的整数", "must be a whole number from 0 to 100")
        yield Breach("cmi5 9.5.5.1", place, message)
    if verb_name(statement) == "completed":
        message = Text("completed 不带进度", "completed goes without progress")
        yield Breach("cmi5 9.5.5.1", place, message)


_Rule = Callable[[Session, Registration, Statement], Found]
_ANY: tuple[_Rule, ...] = (_order, _identity, _time, _template, _moveon, _voiding, _category, _progress)
_DEFINED: tuple[_Rule, ...] = (_verb, _registration_wide, _object, _actor, _score, _result)
