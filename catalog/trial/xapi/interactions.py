"""Interaction activities (xAPI 1.0.3, 2.4.4.1 and Appendix C): are definition and response well written?"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from catalog.trial.xapi import values
from catalog.trial.xapi.breach import Breach
from schemas.text import Text

Identifiers = dict[str, list[str]]  # component list -> its identifiers
Role = Literal["key", "response"]  # a correct-responses pattern, or what a learner answered

_CLAUSE = "xAPI 2.4.4.1"
COMPONENTS: dict[str, tuple[str, ...]] = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
_LISTS = ("choices", "scale", "source", "target", "steps")
_NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"
_PARAMETER = re.compile(r"\{(case_matters|order_matters|lang)=([^{}]*)\}")


def definition_breaches(definition: dict[str, Any], path: str) -> Iterator[Breach]:
    """Type known, component lists those of the type, identifiers distinct and without white space, patterns right."""
    kind = definition.get("interactionType")
    if kind is None:
        for name in (*_LISTS, "correctResponsesPattern"):
            if name in definition:
                yield Breach(
                    _CLAUSE, f"{path}.{name}", Text("没有 interactionType", "there is no interactionType")
                )
        return
    if not isinstance(kind, str):
        return  # told with the types of all properties
    if kind not in COMPONENTS:
        yield Breach(_CLAUSE, f"{path}.interactionType", Text("未知的题型", "unknown interaction type"))
        return
    identifiers: Identifiers = {}
    for name in (name for name in _LISTS if name in definition):
        if name not in COMPONENTS[kind]:
            yield Breach(_CLAUSE, f"{path}.{name}", Text(f"{kind} 没有 {name}", f"{kind} has no {name}"))
        identifiers[name] = []
        for position, component in enumerate(definition[name] if isinstance(definition[name], list) else []):
            yield from _component(component, f"{path}.{name}[{position}]", identifiers[name])
    yield from _patterns(definition.get("correctResponsesPattern"), path, kind, identifiers)


def _patterns(patterns: object, path: str, kind: str, identifiers: Identifiers) -> Iterator[Breach]:
    for position, pattern in enumerate(patterns if isinstance(patterns, list) else []):
        if not isinstance(pattern, str) or not _well_written(kind, pattern, identifiers, "key"):
            place = f"{path}.correctResponsesPattern[{position}]"
            yield Breach(
                "xAPI Appendix C", place, Text(f"不是 {kind} 的答案写法", f"not a pattern for {kind}")
            )


def response_breaches(definition: dict[str, Any], response: str) -> Iterator[Breach]:
    """The learner's response is written as its type demands."""
    kind = definition.get("interactionType")
    if not isinstance(kind, str) or kind not in COMPONENTS:
        return
    identifiers = {
        name: [str(component.get("id")) for component in definition[name] if isinstance(component, dict)]
        for name in _LISTS
        if isinstance(definition.get(name), list)
    }
    if not _well_written(kind, response, identifiers, "response"):
        yield Breach(
            "xAPI Appendix C", "result.response", Text(f"不是 {kind} 的作答写法", f"not a response to {kind}")
        )


def _component(component: object, path: str, seen: list[str]) -> Iterator[Breach]:
    if not isinstance(component, dict) or not isinstance(component.get("id"), str):
        yield Breach(_CLAUSE, path, Text("选项应有字符串 id", "a component has a string id"))
        return
    identifier = component["id"]
    if not identifier or re.search(r"\s|\[[,.:]\]", identifier):
        yield Breach(
            _CLAUSE,
            f"{path}.id",
            Text("id 不能为空、含空白或分隔符", "the id is empty or has white space or a delimiter"),
        )
    if identifier in seen:
        yield Breach(_CLAUSE, f"{path}.id", Text("id 重复", "the id occurs twice"))
    seen.append(identifier)
    if "description" in component and not values.is_language_map(component["description"]):
        yield Breach(_CLAUSE, f"{path}.description", Text("应为按语言标签的文本", "should be a language map"))


def _well_written(kind: str, text: str, identifiers: Identifiers, role: Role) -> bool:
    return _GRAMMAR[kind](text, identifiers, role)


def _known(parts: list[str], identifiers: Identifiers, name: str) -> bool:
    """Every part is one of the list's identifiers; without a list any identifier will do."""
    return all(part in identifiers[name] for part in parts) if name in identifiers else all(parts)


def _choice(text: str, identifiers: Identifiers, _role: Role) -> bool:
    parts = text.split("[,]") if text else []
    return len(set(parts)) == len(parts) and _known(parts, identifiers, "choices")


def _sequencing(text: str, identifiers: Identifiers, _role: Role) -> bool:
    return _known(text.split("[,]"), identifiers, "choices")


def _likert(text: str, identifiers: Identifiers, _role: Role) -> bool:
    return _known([text], identifiers, "scale")


def _matching(text: str, identifiers: Identifiers, _role: Role) -> bool:
    pairs = [pair.split("[.]") for pair in text.split("[,]")]
    return all(len(pair) == 2 for pair in pairs) and (
        _known([pair[0] for pair in pairs], identifiers, "source")
        and _known([pair[1] for pair in pairs], identifiers, "target")
    )


def _performance(text: str, identifiers: Identifiers, _role: Role) -> bool:
    return all("[.]" in part for part in text.split("[,]")) and _known(
        [part.split("[.]")[0] for part in text.split("[,]")], identifiers, "steps"
    )


def _numeric(text: str, _identifiers: Identifiers, role: Role) -> bool:
    if role == "key" and "[:]" in text:
        return bool(re.fullmatch(rf"({_NUMBER})?\[:\]({_NUMBER})?", text)) and text != "[:]"
    return bool(re.fullmatch(_NUMBER, text))


def _fill_in(text: str, _identifiers: Identifiers, role: Role) -> bool:
    """Leading `{name=value}` parameters are known and well valued; a response may carry `{lang=…}` alone."""
    while match := re.match(r"\{(\w+)=", text):
        parameter = _PARAMETER.match(text)
        if parameter is None:
            return match[1] not in ("case_matters", "order_matters", "lang")
        name, value = parameter[1], parameter[2]
        right = (
            values.is_language_tag(value) if name == "lang" else role == "key" and value in ("true", "false")
        )
        if not right:
            return False
        text = text[parameter.end() :]
    return True


def _boolean(text: str, _identifiers: Identifiers, _role: Role) -> bool:
    return text in ("true", "false")


def _anything(_text: str, _identifiers: Identifiers, _role: Role) -> bool:
    return True


_GRAMMAR: dict[str, Callable[[str, Identifiers, Role], bool]] = {
    "true-false": _boolean,
    "choice": _choice,
    "fill-in": _fill_in,
    "long-fill-in": _fill_in,
    "matching": _matching,
    "performance": _performance,
    "sequencing": _sequencing,
    "likert": _likert,
    "numeric": _numeric,
    "other": _anything,
}
