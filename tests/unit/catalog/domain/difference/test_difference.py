"""The whole difference: structure, questions, front matter, files; as JSON and as text."""

from collections.abc import Callable

import msgspec
import pytest

from catalog.domain.difference import Difference, compare, render_difference
from schemas.course import Asset, Course
from schemas.text import Language
from tests.support.courses_by_hand import make_course, make_lesson, make_module

Version = Callable[[tuple[tuple[str, str], ...]], Course]


def outline(course: Course, text: str) -> Course:
    """A course from `m1: a b c / m2: d`; a title other than `identifier` follows an equals sign."""
    modules = []
    for part in filter(None, (part.strip() for part in text.split("/"))):
        name, _, lessons = part.partition(":")
        identifier, _, title = name.partition("=")
        made = [
            make_lesson(id_, title=named or id_, text=f"课文 {named or id_}")
            for id_, _, named in (lesson.partition("=") for lesson in lessons.split())
        ]
        module = make_module(identifier, *made)
        modules.append(msgspec.structs.replace(module, title=title or identifier))
    return msgspec.structs.replace(course, modules=tuple(modules))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("m: a b c", "m: a b c", []),
        ("m: a b", "m: a b c", ["lesson c added:  1.3"]),
        ("m: a b c", "m: a c", ["lesson b removed: 1.2 "]),
        ("m: a b c d", "m: b c d a", ["lesson a moved: 1.1 1.4"]),  # one moved, not three
        ("m: a b / n: c", "m: a / n: b c", ["lesson b moved: 1.2 2.1"]),
        ("m: a / n: b", "n: b / m: a", ["module n moved: 2 1"]),
        ("m: a", "m=基础: a=诊断", ["module m renamed: m 基础", "lesson a renamed: a 诊断"]),
        ("m: a", "m: a / n: b", ["module n added:  2", "lesson b added:  2.1"]),
        ("m: a / n: b", "m: a", ["module n removed: 2 ", "lesson b removed: 2.1 "]),
        ("m: a=诊断", "m: b=诊断", ["lesson b reidentified: a b"]),
        ("m: a=诊断 b", "m: b c=诊断", ["lesson c reidentified: a c"]),
    ],
)
def test_structure(old: str, new: str, expected: list[str], version: Version) -> None:
    course = version(())
    changes = compare(outline(course, old), outline(course, new)).structure
    assert [f"{c.part} {c.id} {c.change.value}: {c.before} {c.after}" for c in changes] == expected


def test_questions_tell_what_changed(version: Version) -> None:
    edits = (
        ("先做什么？", "首先做什么？"),
        ("points=2", "points=3"),
        ("= 42", "= 41..43"),
        ("写下你的打算。\n:::", "写下你的打算。\n\n> 参考：先定目标。\n:::"),
    )
    changes = compare(version(()), version(edits)).questions
    assert [(c.id, c.lesson, [(a.name, a.before, a.after) for a in c.aspects]) for c in changes] == [
        ("q1", "l1", [("prompt", "先做什么？", "首先做什么？")]),
        ("q2", "l1", [("points", "2", "3")]),
        ("q4", "l2", [("right-answer", "= 42", "= 41..43")]),
        ("q8", "l4", [("explanation", "", "参考：先定目标。")]),
    ]


def test_a_question_without_an_identifier_is_found_again(version: Version) -> None:
    """The identifier comes from the words, so better words lose it: that is told with its cure."""
    old = version((("{#q4 objectives", "{objectives"),))
    new = version((("{#q4 objectives", "{objectives"), ("六乘七等于几？", "六乘以七等于几？")))
    [change] = compare(old, new).questions
    assert (change.change.value, change.before, change.after) == ("reidentified", *_derived(old, new))
    [reason] = compare(old, new).reasons
    assert reason.code == "question-reidentified"
    assert f"{{#{change.before}}}" in reason.words.zh


def _derived(*courses: Course) -> tuple[str, ...]:
    return tuple(q.id for course in courses for q in course.lessons[1].questions if q.id.startswith("q-"))


def test_front_matter(version: Version) -> None:
    edits = (
        ("en: Roadmap", "en: The roadmap"),
        ("hours: 8", "hours: 10\naudience: [srdi-sme]\nmode: blended"),
        ("{#m2}", '{#m2 prerequisites="m1"}'),
    )
    changes = compare(version(()), version(edits)).metadata
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("title.en", "Roadmap", "The roadmap"),
        ("audience", "", '["srdi-sme"]'),
        ("hours", "8", "10"),
        ("mode", "online", "blended"),
        ("m2.prerequisites", "", "m1"),
    ]


def test_every_field_of_a_course_is_compared(version: Version) -> None:
    """A new field of Course has to find its place in the difference."""
    elsewhere = {"modules", "root", "html", "text", "overview_assets", "assets", "source_hash"}
    from catalog.domain.difference.metadata import _KEYS

    assert set(_KEYS) == set(Course.__struct_fields__) - elsewhere


def test_files(version: Version) -> None:
    def having(*files: tuple[str, int]) -> Course:
        assets = tuple(Asset(source, source, size, "image/png") for source, size in files)
        return msgspec.structs.replace(make_course(version(()).root), assets=assets)

    changes = compare(
        having(("a.png", 1), ("b.png", 2), ("c.png", 3)), having(("b.png", 2), ("c.png", 4), ("d.png", 5))
    )
    assert [(c.source, c.change.value, c.before, c.after) for c in changes.assets] == [
        ("a.png", "removed", 1, 0),
        ("c.png", "changed", 3, 4),
        ("d.png", "added", 0, 5),
    ]


EDITS = (
    ("先做什么？", "首先做什么？"),
    ("= 42", "= 43"),
    ("规划分三步走", "规划分四步走"),
    ("hours: 8", "hours: 10"),
    ("## 复盘 {#l4}", "## 复盘与改进 {#l4}"),
)
ZH = """\
新建一个学习活动放新课程包，旧的保留给已开始的学员。
前提：新旧课程包的格式与结构（每课一个 SCO，或全课一个 SCO）相同；否则一律新建活动。

原因
  正确答案变了：“六乘七等于几？”（q4）。已记的对错不会重新评判，与新答案不符。

结构
  改名 课 “复盘与改进” (l4): 复盘 → 复盘与改进

文字
  课 “诊断” (l1)
    {+首+}先做什么？
  课 “规划” (l2)
    规划分[-三-]{+四+}步走。

题目
  修改 “首先做什么？” (l1 / q1)
    题干: 先做什么？ → 首先做什么？
  修改 “六乘七等于几？” (l2 / q4)
    正确答案: = 42 → = 43

课程信息
  hours: 8 → 10
"""
EN = """\
It depends on the package:
  Replace the package in place; learners' records survive.
    cmi5
    xAPI
  Make a new activity for the new package; leave the old one to those who have begun.
    SCORM 1.2
    SCORM 2004 3rd
    SCORM 2004 4th
This holds for a package of the same format and structure (one SCO a lesson, or one for the course) as the old one; \
otherwise always make a new activity.

Why
  The score to reach rose from 80% to 90%: the LMS judges by the new one, and learners who had passed may lose the pass.
    [SCORM 1.2 / SCORM 2004 3rd / SCORM 2004 4th]

Good to know
  The score to reach rose from 80% to 90%: whoever had passed stays passed, the others are judged by the new one.
    [cmi5 / xAPI]

Front matter
  pass: {"score":0.8,"lessons":1.0,"attempts":0} → {"score":0.9,"lessons":1.0,"attempts":0}
"""


def test_as_text(version: Version) -> None:
    assert render_difference(compare(version(()), version(EDITS)), "zh") == ZH
    assert render_difference(compare(version(()), version((("score: 0.8", "score: 0.9"),))), "en") == EN


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "两个版本没有可见的差异。"), ("en", "The two versions show no difference.")]
)
def test_no_difference(language: Language, said: str, version: Version) -> None:
    difference = compare(version(()), version(()))
    assert difference.empty
    assert render_difference(difference, language).endswith(f"\n\n{said}\n")


def test_an_authors_line_break_makes_no_line_of_ours(version: Version) -> None:
    old, new = version(()), version(())
    title = msgspec.structs.replace(new.title, en="Roadmap\nReplace the package in place")
    text = render_difference(compare(old, msgspec.structs.replace(new, title=title)), "en")
    assert "title.en: Roadmap → Roadmap Replace the package in place" in text


def test_as_json(version: Version) -> None:
    difference = compare(version(()), version(EDITS))
    encoded = msgspec.json.encode(difference)
    assert msgspec.json.decode(encoded, type=Difference) == difference
    assert msgspec.json.schema(Difference)
