"""What SCORM's two run-time standards allow in each element, written down from the standards and from nothing of ours.

`violations` judges what an LMS recorded. Sources: SCORM 1.2 Run-Time Environment (2001), chapter 3.4; SCORM 2004
Run-Time Environment, chapter 4 (data types in 4.1.1).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

_DECIMAL = r"-?\d{1,10}(\.\d+)?"
_UP_TO_100 = r"(100(\.0+)?|\d{1,2}(\.\d+)?)"
_SHARE = r"(1(\.0{1,7})?|0(\.\d{1,7})?)"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?"
_TIMESPAN12 = r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?"
_TIMESPAN2004 = r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?"
_TIMESTAMP = r"(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?(Z|[+-]\d\d(:\d\d)?)?"
_IDENTIFIER12 = r"[A-Za-z0-9_-]{1,255}"
_LONG_IDENTIFIER = r"(?!urn:)[\w.~()+:=@;$!*'%/#?&-]{1,4000}"
_STATUS12 = r"passed|completed|failed|incomplete|browsed|not attempted"

SCORM12: Mapping[str, str] = {
    r"cmi\.core\.lesson_location": r"[\x20-\x7e]{0,255}",
    r"cmi\.core\.lesson_status": r"passed|completed|failed|incomplete|browsed",  # a SCO may not set `not attempted`
    r"cmi\.core\.score\.(raw|min|max)": _UP_TO_100,
    r"cmi\.core\.exit": r"time-out|suspend|logout|",
    r"cmi\.core\.session_time": _TIMESPAN12,
    r"cmi\.suspend_data": r"[\x20-\x7e]{0,4096}",
    r"cmi\.objectives\.\d+\.id": _IDENTIFIER12,
    r"cmi\.objectives\.\d+\.score\.(raw|min|max)": _UP_TO_100,
    r"cmi\.objectives\.\d+\.status": _STATUS12,
    r"cmi\.interactions\.\d+\.id": _IDENTIFIER12,
    r"cmi\.interactions\.\d+\.objectives\.\d+\.id": _IDENTIFIER12,
    r"cmi\.interactions\.\d+\.time": _CLOCK,
    r"cmi\.interactions\.\d+\.type": r"true-false|choice|fill-in|matching|performance|likert|sequencing|numeric",
    r"cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern": r"(?s).{0,255}",
    r"cmi\.interactions\.\d+\.student_response": r"(?s).{0,255}",
    r"cmi\.interactions\.\d+\.weighting": _DECIMAL,
    r"cmi\.interactions\.\d+\.result": rf"correct|wrong|unanticipated|neutral|{_DECIMAL}",
    r"cmi\.interactions\.\d+\.latency": _TIMESPAN12,
}

SCORM2004: Mapping[str, str] = {
    r"cmi\.location": r"(?s).{0,1000}",
    r"cmi\.completion_status": r"completed|incomplete|not attempted|unknown",
    r"cmi\.success_status": r"passed|failed|unknown",
    r"cmi\.progress_measure": _SHARE,
    r"cmi\.score\.scaled": rf"-?{_SHARE}",
    r"cmi\.score\.(raw|min|max)": _DECIMAL,
    r"cmi\.exit": r"time-out|suspend|logout|normal|",
    r"cmi\.session_time": _TIMESPAN2004,
    r"cmi\.suspend_data": r"(?s).{0,64000}",
    r"cmi\.objectives\.\d+\.id": _LONG_IDENTIFIER,
    r"cmi\.objectives\.\d+\.score\.scaled": rf"-?{_SHARE}",
    r"cmi\.objectives\.\d+\.score\.(raw|min|max)": _DECIMAL,
    r"cmi\.objectives\.\d+\.success_status": r"passed|failed|unknown",
    r"cmi\.objectives\.\d+\.completion_status": r"completed|incomplete|not attempted|unknown",
    r"cmi\.objectives\.\d+\.progress_measure": _SHARE,
    r"cmi\.interactions\.\d+\.id": _LONG_IDENTIFIER,
    r"cmi\.interactions\.\d+\.type": (
        r"true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|likert|numeric|other"
    ),
    r"cmi\.interactions\.\d+\.objectives\.\d+\.id": _LONG_IDENTIFIER,
    r"cmi\.interactions\.\d+\.timestamp": _TIMESTAMP,
    r"cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern": r"(?s).*",
    r"cmi\.interactions\.\d+\.weighting": _DECIMAL,
    r"cmi\.interactions\.\d+\.learner_response": r"(?s).*",
    r"cmi\.interactions\.\d+\.result": rf"correct|incorrect|unanticipated|neutral|{_DECIMAL}",
    r"cmi\.interactions\.\d+\.latency": _TIMESPAN2004,
    r"cmi\.interactions\.\d+\.description": r"(?s).{0,250}",
    r"adl\.nav\.request": r"continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\{target=\S+\}(choice|jump)",
}

# RTE 3.4.2.7: single characters 0–9 and a–z; what only pattern or only response may be is the same here.
RESPONSES12: Mapping[str, str] = {
    "true-false": r"[01tf]",
    "choice": r"[0-9a-z](,[0-9a-z])*",
    "fill-in": r"(?s).{0,255}",
    "numeric": _DECIMAL,
    "likert": r"[0-9a-z]",
    "matching": r"[0-9a-z]\.[0-9a-z](,[0-9a-z]\.[0-9a-z])*",
    "performance": r"(?s).{0,255}",
    "sequencing": r"[0-9a-z](,[0-9a-z])*",
}

_SHORT = r"[\w.~()+:=@;$!*'%/#-]{1,250}"
_REAL = r"-?\d+(\.\d{1,7})?"
_PLAIN = r"(?:(?!\[[,.:]\])[^\n]){0,250}"
_LOCALIZED = rf"(\{{lang=[A-Za-z-]+\}})?(?!\{{){_PLAIN}"
_LONG = r"(\{lang=[A-Za-z-]+\})?(?!\{)(?s:.){0,4000}"


def _items(item: str, most: int) -> str:
    return rf"{item}(\[,\]{item}){{0,{most - 1}}}"


# RTE table 4.2.9.2a.
RESPONSES2004: Mapping[str, str] = {
    "true-false": "true|false",
    "choice": _items(_SHORT, 36),
    "fill-in": _items(_LOCALIZED, 10),
    "long-fill-in": _LONG,
    "likert": _SHORT,
    "matching": _items(rf"{_SHORT}\[\.\]{_SHORT}", 36),
    "sequencing": _items(_SHORT, 36),
    "numeric": _REAL,
}
# RTE table 4.2.9.1a.
PATTERNS2004: Mapping[str, str] = {
    **RESPONSES2004,
    "fill-in": rf"(\{{case_matters=(true|false)\}})?(\{{order_matters=(true|false)\}})?{_items(_LOCALIZED, 10)}",
    "numeric": rf"({_REAL})?\[:\]({_REAL})?",
}


def violations(version: str, recorded: Mapping[str, str]) -> Iterator[str]:
    """Every recorded element that its standard doesn't allow. `version` is `1.2` or `2004`."""
    allowed = SCORM12 if version == "1.2" else SCORM2004
    for element, value in recorded.items():
        rules = [rule for name, rule in allowed.items() if re.fullmatch(name, element)]
        if not rules:
            yield f"{element} is no element that a SCO may set"
        elif not re.fullmatch(rules[0], value, re.ASCII):
            yield f"{element} can't be {value!r}"
        elif re.search(r"\.(pattern|\w+_response)$", element):
            yield from _response(version, element, value, recorded)


def _response(version: str, element: str, value: str, recorded: Mapping[str, str]) -> Iterator[str]:
    kind = recorded.get(re.sub(r"^(cmi\.interactions\.\d+)\..*", r"\1.type", element), "no type")
    formats = (
        RESPONSES12 if version == "1.2" else PATTERNS2004 if element.endswith("pattern") else RESPONSES2004
    )
    if not re.fullmatch(formats.get(kind, "(?!)"), value, re.ASCII):
        yield f"{element} of type {kind} can't be {value!r}"


_KINDS = ("initialize", "get", "set", "commit", "terminate")
_SESSION = {
    "1.2": ("cmi.core.exit", "cmi.core.session_time"),
    "2004": ("cmi.exit", "cmi.session_time"),
}
_STATUS = re.compile(r"cmi\.(core\.lesson_status|completion_status|success_status)")
_SCORE = re.compile(r"cmi\.(core\.)?score\.\w+")
_NEEDS_TYPE = re.compile(r"(cmi\.interactions\.\d+\.)(correct_responses\..*|\w+_response)")


def misordered(version: str, calls: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is out of order in one launch: `calls` are its kinds (`initialize`, `get`, `set`, `commit`, `error`,
    `terminate`) with their words, and `tried` for a value that the LMS refused; whatever else there is counts for nothing.

    SCORM 1.2 RTE 3.2 and 3.4; SCORM 2004 RTE 3.1 and 4.2. That scores come before statuses no standard says:
    some LMSs publish a grade the moment a status arrives.
    """
    told = [call for call in calls if call[0] in (*_KINDS, "tried")]
    kinds = [call[0] for call in told]
    if kinds[0] != "initialize" or kinds.count("initialize") != 1:
        yield f"{kinds[:3]}: a session begins with one initialize"
    if kinds[-1] != "terminate" or kinds.count("terminate") != 1:
        yield f"{kinds[-3:]}: a session ends with one terminate"
    if kinds[-2:] != ["commit", "terminate"]:
        yield f"{kinds[-3:]}: what was set last is not committed before terminate"
    elements = [call[1] for call in told if call[0] == "set"]
    yield from (f"{name} is not set" for name in _SESSION[version] if name not in elements)
    yield from _within(told)


def _within(told: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is out of order between two commits, and inside an interaction."""
    statuses: list[str] = []
    refused: set[str] = set()
    typed: set[str] = set()
    for kind, *words in told:
        if kind == "commit":
            statuses.clear()
        if kind == "tried":  # in its turn; what comes later is another try
            refused.add(words[0])
        if kind != "set":
            continue
        element = words[0]
        if _STATUS.fullmatch(element):
            statuses.append(element)
        if _SCORE.fullmatch(element) and statuses and element not in refused:
            yield f"{element} after {statuses}"
        if element.endswith(".type"):
            typed.add(element.removesuffix("type"))
        found = _NEEDS_TYPE.fullmatch(element)
        if found and found[1] not in typed:
            yield f"{element} before its type"
