"""Patterns and responses of every interaction type, by xAPI 1.0.3, Part Two, Appendix C."""

from typing import Any

import pytest

from catalog.trial.xapi.interactions import COMPONENTS, definition_breaches, response_breaches

IDS = {
    "choices": ["a", "b", "c"],
    "source": ["s1", "s2"],
    "target": ["t1", "t2"],
    "scale": ["l1", "l2"],
    "steps": ["p1"],
}
# Interaction type -> what both a pattern and a response may be; what only a pattern may be; what neither may be.
GRAMMAR: dict[str, tuple[list[str], list[str], list[str]]] = {
    "true-false": (["true", "false"], [], ["True", "1", "", "true[,]false"]),
    "choice": (["a", "a[,]b", "c[,]a[,]b", ""], [], ["z", "a,b", "a[,]a", "a[,]", "[,]"]),
    "sequencing": (["a", "c[,]b[,]a"], [], ["", "a[,]z", "a[,]"]),
    "likert": (["l1"], [], ["", "l3", "l1[,]l2"]),
    "matching": (["s1[.]t1", "s1[.]t2[,]s2[.]t1"], [], ["", "s1", "t1[.]s1", "s1[.]t1[.]t2", "s1.t1", "s1[.]"]),
    "performance": (["p1[.]anything at all"], ["p1[.][:]5"], ["p1", "p2[.]x", ""]),
    "numeric": (["4", "-4.5", "0", "1e3"], ["[:]4", "4[:]", "-1[:]1.5"], ["", "[:]", "four", "4,5", "1[:]2[:]3", "٤"]),
    "fill-in": (
        ["北京", "", "a[,]b", "{lang=zh-CN}北京", "{x=1}a", "{a}"],
        ["{case_matters=false}{lang=zh-CN}北京", "{order_matters=true}a[,]b", "{case_matters=true}"],
        ["{lang=not a tag}x", "{case_matters=maybe}x", "{order_matters=1}x", "{lang=}x"],
    ),
    "long-fill-in": (["一段文字", "{lang=en}text"], ["{case_matters=false}x"], ["{lang=}x", "{case_matters=0}x"]),
    "other": (["anything", ""], [], []),
}  # fmt: skip
CASES = [
    (kind, text, role, role in allowed)
    for kind, (both, key, neither) in GRAMMAR.items()
    for texts, allowed in ((both, ("key", "response")), (key, ("key",)), (neither, ()))
    for text in texts
    for role in ("key", "response")
]


def definition(kind: str, *patterns: str) -> dict[str, Any]:
    lists = {name: [{"id": one} for one in IDS[name]] for name in COMPONENTS[kind]}
    return {"interactionType": kind, "correctResponsesPattern": list(patterns), **lists}


@pytest.mark.parametrize(("kind", "text", "role", "right"), CASES)
def test_texts(kind: str, text: str, role: str, right: bool) -> None:
    if kind == "performance" and text == "p1[.][:]5":
        right = True  # any response may be given for a step
    given = definition(kind, text) if role == "key" else definition(kind)
    found = list(definition_breaches(given, "d")) if role == "key" else list(response_breaches(given, text))
    wanted = "d.correctResponsesPattern[0]" if role == "key" else "result.response"
    assert [(breach.clause, breach.path) for breach in found] == (
        [] if right else [("xAPI Appendix C", wanted)]
    )


def test_every_type_is_tried() -> None:
    assert set(GRAMMAR) == set(COMPONENTS)


@pytest.mark.parametrize("kind", [kind for kind in COMPONENTS if COMPONENTS[kind]])
def test_without_its_lists_any_identifier_will_do(kind: str) -> None:
    text = {"matching": "x[.]y", "performance": "x[.]y"}.get(kind, "x")
    assert list(definition_breaches({"interactionType": kind, "correctResponsesPattern": [text]}, "d")) == []


@pytest.mark.parametrize("kind", list(COMPONENTS))
def test_lists_of_other_types_are_told(kind: str) -> None:
    for name in set(IDS) - set(COMPONENTS[kind]):
        given = {**definition(kind), name: [{"id": "x"}]}
        assert [b.path for b in definition_breaches(given, "d")] == [f"d.{name}"]
