"""Calls to the SCORM API in words, and the rules that a value breaks (SCORM 1.2 RTE 3.4, SCORM 2004 RTE 4.2)."""

import re

import msgspec

from catalog.trial.xapi.breach import Breach
from schemas.text import Text


class ValueCall(msgspec.Struct, forbid_unknown_fields=True):
    """One call to the API as the author's page saw it; `error` is the API's GetLastError after it."""

    call: str
    element: str = ""
    value: str = ""
    error: int = 0


_NUMBER = r"-?[0-9]+(\.[0-9]+)?"
_PERCENT = r"(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)"
_DURATION = r"P(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]{1,2})?S)?)?"
_CLOCK = r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?"
_INSTANT = r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9](\.[0-9]{1,2})?(Z|[+-][0-9][0-9](:[0-9][0-9])?)?"
_TYPES_12 = "true-false|choice|fill-in|matching|performance|sequencing|likert|numeric"

# Element (a pattern) -> its name in words, and the values that the standard allows.
_ELEMENTS: tuple[tuple[str, Text, str], ...] = (
    (
        r"cmi\.core\.lesson_status",
        Text("学习状态", "lesson status"),
        "passed|completed|failed|incomplete|browsed",
    ),
    (r"cmi\.core\.lesson_location", Text("学习位置", "lesson location"), r"[\s\S]{0,255}"),
    (r"cmi\.core\.score\.(raw|min|max)", Text("成绩", "score"), _PERCENT + "|"),
    (r"cmi\.core\.exit", Text("退出方式", "exit"), "time-out|suspend|logout|"),
    (r"cmi\.core\.session_time", Text("本次时长", "session time"), _CLOCK),
    (
        r"cmi\.completion_status",
        Text("完成状态", "completion status"),
        "completed|incomplete|not attempted|unknown",
    ),
    (r"cmi\.success_status", Text("通过状态", "success status"), "passed|failed|unknown"),
    (
        r"cmi\.(score|objectives\.[0-9]+\.score)\.scaled",
        Text("换算成绩", "scaled score"),
        r"-?(0(\.[0-9]+)?|1(\.0+)?)",
    ),
    (r"cmi\.(objectives\.[0-9]+\.)?score\.(raw|min|max)", Text("成绩", "score"), _NUMBER),
    (
        r"cmi\.(objectives\.[0-9]+\.)?progress_measure",
        Text("进度", "progress measure"),
        r"0(\.[0-9]+)?|1(\.0+)?",
    ),
    (r"cmi\.location", Text("学习位置", "location"), r"[\s\S]{0,1000}"),
    (r"cmi\.exit", Text("退出方式", "exit"), "time-out|suspend|logout|normal|"),
    (r"cmi\.session_time", Text("本次时长", "session time"), _DURATION),
    (r"cmi\.suspend_data", Text("续学数据", "suspend data"), r"[\s\S]{0,64000}"),
    (r"cmi\.objectives\.[0-9]+\.id", Text("学习目标", "objective"), r"\S{1,4000}"),
    (r"cmi\.objectives\.[0-9]+\..+", Text("学习目标的状态", "status of an objective"), r"[\s\S]*"),
    (r"cmi\.interactions\.[0-9]+\.id", Text("题目", "interaction"), r"\S{1,4000}"),
    (r"cmi\.interactions\.[0-9]+\.type", Text("题型", "interaction type"), _TYPES_12 + "|long-fill-in|other"),
    (r"cmi\.interactions\.[0-9]+\.(student|learner)_response", Text("作答", "response"), r"[\s\S]*"),
    (
        r"cmi\.interactions\.[0-9]+\.result",
        Text("作答结果", "result"),
        f"correct|wrong|incorrect|unanticipated|neutral|{_NUMBER}",
    ),
    (r"cmi\.interactions\.[0-9]+\.latency", Text("作答用时", "latency"), f"{_CLOCK}|{_DURATION}"),
    (r"cmi\.interactions\.[0-9]+\.time", Text("作答时间", "time"), _CLOCK),
    (r"cmi\.interactions\.[0-9]+\.timestamp", Text("作答时间", "time"), _INSTANT),
    (r"cmi\.interactions\.[0-9]+\.weighting", Text("分值", "weighting"), _NUMBER),
    (
        r"cmi\.interactions\.[0-9]+\.correct_responses\.[0-9]+\.pattern",
        Text("正确答案", "correct response"),
        r"[\s\S]*",
    ),
    (r"cmi\.interactions\.[0-9]+\.description", Text("题干", "description"), r"[\s\S]{0,250}"),
    (r"adl\.nav\.request", Text("导航请求", "navigation request"), r".+"),
)
_CALLS = {
    "Initialize": Text("开始会话", "opens the session"),
    "Terminate": Text("结束会话", "ends the session"),
    "Commit": Text("提交", "commits"),
}


def call_says(call: ValueCall) -> Text:
    """The call in words."""
    name = call.call.removeprefix("LMS").replace("Finish", "Terminate")
    if name in _CALLS:
        return _CALLS[name]
    element = next(
        (text for pattern, text, _ in _ELEMENTS if re.fullmatch(pattern, call.element)), Text(call.element)
    )
    shown = call.value if len(call.value) <= 80 else f"{call.value[:77]}…"
    read = Text("读取{element}：{value}", "reads {element}: {value}")
    write = Text("{element} = {value}", "{element} = {value}")
    return (read if name == "GetValue" else write).format(element=element, value=shown)


def call_breaches(call: ValueCall, *, scorm12: bool) -> tuple[Breach, ...]:
    """What the API refused, and what the standard's definition of the element doesn't allow."""
    found = []
    if call.error not in (0, 403):  # 403: reading an element that was never set (SCORM 2004 RTE 3.1.7.6)
        found.append(
            Breach(f"SCORM {call.error}", call.element, Text("平台报告错误", "the LMS reports an error"))
        )
    if call.call.endswith("SetValue"):
        limit = 4096 if scorm12 else 64000
        if call.element == "cmi.suspend_data" and len(call.value) > limit:
            found.append(
                Breach("SCORM RTE", call.element, Text(f"超过 {limit} 字符", f"more than {limit} characters"))
            )
        allowed = next(
            (values for pattern, _, values in _ELEMENTS if re.fullmatch(pattern, call.element)), None
        )
        if allowed is not None and not re.fullmatch(allowed, call.value):
            found.append(
                Breach(
                    "SCORM RTE",
                    call.element,
                    Text("标准不允许这个值", "the standard doesn't allow this value"),
                )
            )
    return tuple(found)
