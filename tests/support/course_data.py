"""`course.js` data for tests of the engine, in the shapes of exporters/player/src/course.ts, by hand: these tests
say what the engine does with them, not how a Markdown folder becomes them."""

from collections.abc import Sequence
from typing import Any

from schemas.identifiers import state_key

Data = dict[str, Any]


def question(name: str, kind: str = "true-false", **more: Any) -> Data:
    """The data of one question; `more` are the fields of its type."""
    common = {
        "points": 1,
        "attempts": 1,
        "shuffle": False,
        "objectives": [],
        "scored": True,
        "text": f"问题 {name}",
    }
    answers: dict[str, Data] = {
        "true-false": {"answer": True},
        "choice": {"multiple": False, "options": options("abc"), "correct": ["b"]},
        "fill-in": {"blanks": [["北京", "北京市"]]},
        "numeric": {"low": 3.13, "high": 3.15},
        "matching": {"sources": options("abc"), "targets": options("xyz")},
        "sequencing": {"items": options("abc")},
        "likert": {"scale": options("12345"), "scored": False},
        "long-fill-in": {"scored": False},
    }
    return {"id": name, "key": state_key(name), "type": kind, **common, **answers[kind], **more}


def options(identifiers: Sequence[str]) -> list[Data]:
    """Options that are called what they are."""
    return [{"id": identifier, "text": f"选项 {identifier}"} for identifier in identifiers]


def lesson(name: str, *questions: Data) -> Data:
    """One lesson with the summaries of its questions."""
    kept = ("id", "key", "scored", "points", "attempts", "objectives")
    summaries = [{**{field: each[field] for field in kept}, "label": each["text"]} for each in questions]
    return {
        "id": name,
        "key": state_key(name),
        "title": f"课 {name}",
        "page": f"{name}.html",
        "minutes": 10,
        "questions": summaries,
    }


def module(name: str, *lessons: Data, prerequisites: Sequence[str] = ()) -> Data:
    """One module."""
    return {
        "id": name,
        "title": f"模块 {name}",
        "prerequisites": list(prerequisites),
        "lessons": list(lessons),
    }


def course(*modules: Data, **more: Any) -> Data:
    """One course: 60% of the points and all lessons, two attempts, as SCORM 1.2 with one SCO."""
    rule = {"score": 0.6, "lessons": 1, "attempts": 2, **more.pop("passing", {})}
    return {
        "id": "test/course",
        "title": "课程",
        "language": "zh-CN",
        "interface": "zh",
        "sample": False,
        "structure": "single",
        "sequence": "free",
        "pass": rule,
        "stateLimit": 4096,
        "objectives": [],
        "modules": list(modules),
        **more,
    }


def launch(state: str = "", **more: Any) -> Data:
    """What a run-time interface says at the start."""
    prior = {"completed": False, "passed": False, "share": None}
    return {
        "mode": "normal",
        "resumed": False,
        "learner": "",
        "state": state,
        "location": "",
        "prior": prior,
        **more,
    }
