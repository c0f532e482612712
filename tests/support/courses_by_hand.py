"""Courses made by hand: small, complete, with names that no file system or LMS likes."""

from pathlib import Path
from typing import Any

from schemas.course import Asset, Course, Lesson, Module, Objective, PassRule
from schemas.diagnostics import Place
from schemas.identifiers import ascii_name, state_key
from schemas.questions import Choice, LongFillIn, Option, Question, TrueFalse
from schemas.text import Text


def make_question(identifier: str, **changes: Any) -> Choice:
    """A single choice for one point."""
    options = (Option("a", "<p>对</p>", "对", correct=True), Option("b", "<p>错</p>", "错"))
    return Choice(
        id=identifier,
        key=state_key(identifier),
        place=Place("01-a/01-a.md", 5),
        prompt="<p>哪一项正确？</p>",
        text="哪一项正确？",
        options=options,
        **changes,
    )


def make_lesson(identifier: str, *questions: Question, **changes: Any) -> Lesson:
    """A lesson with those questions."""
    marks = "".join(f'<div data-question="{question.id}"></div>' for question in questions)
    fields: dict[str, Any] = {
        "id": identifier,
        "key": state_key(identifier),
        "page": f"{ascii_name(identifier)}.html",
        "title": f"第 {identifier} 课",
        "place": Place(f"{identifier}.md"),
        "html": f"<p>正文</p>{marks}",
        "text": "正文",
        "questions": questions,
    }
    return Lesson(**fields | changes)


def make_module(identifier: str, *lessons: Lesson, **changes: Any) -> Module:
    """A module of those lessons."""
    return Module(
        id=identifier, title=f"模块 {identifier}", place=Place("index.md"), lessons=lessons, **changes
    )


def make_course(root: Path, *modules: Module, **changes: Any) -> Course:
    """A course of those modules."""
    fields: dict[str, Any] = {
        "id": "digital-roadmap",
        "institution": "smb-institute",
        "title": Text("数字化转型诊断与路线图", "Digital roadmap"),
        "language": "zh-CN",
        "edition": "2022-2023",
        "modules": modules,
        "root": root,
        "source_hash": "0" * 64,
    }
    return Course(**fields | changes)


def whole_course(root: Path) -> Course:
    """Two modules, three lessons, scored and unscored questions, objectives, assets with trying names."""
    (root / "assets").mkdir(parents=True)
    names = ("图 1：流程 🏭.png", "CON.txt", "A.svg", "unused.png")
    assets = []
    for name in names:
        (root / "assets" / name).write_bytes(name.encode() * 40)
        stem, _, suffix = name.rpartition(".")
        path = f"assets/{ascii_name(stem)}.{suffix}"
        assets.append(Asset(f"assets/{name}", path, len(name.encode()) * 40, "image/png"))
    essay = LongFillIn(
        id="q4",
        key=state_key("q4"),
        place=Place("03.md", 9),
        prompt="<p>谈谈你的看法</p>",
        text="谈谈你的看法",
    )
    truth = TrueFalse(
        id="q3",
        key=state_key("q3"),
        place=Place("02.md"),
        prompt="<p>对吗</p>",
        text="对吗",
        answer=True,
        points=2,
    )
    return make_course(
        root,
        make_module(
            "基础",
            make_lesson(
                "诊断", make_question("q1", objectives=("o1",)), assets=("assets/图 1：流程 🏭.png",)
            ),
            make_lesson(
                "roadmap", make_question("q2", objectives=("o1", "o2")), truth, title="路线图 <b>&</b> “落地”"
            ),
            html="<p>本模块</p>",
            assets=("assets/A.svg",),
        ),
        make_module("m2", make_lesson("practice", essay), prerequisites=("基础",)),
        summary=Text("用数据说话。", ""),
        objectives=(Objective("o1", Text("会诊断")), Objective("o2", Text("会规划"))),
        passing=PassRule(score=0.8, lessons=1.0),
        html="<p>概览</p>",
        overview_assets=("assets/CON.txt",),
        assets=tuple(assets),
    )
