"""One mistake, one diagnostic: what follows from a mistake that was told is not told again."""

from pathlib import Path

import pytest

from courses.reader import read_course

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"
OBJECTIVE = FRONT.replace("edition", "objectives: [{id: o1, text: 会选题}]\nedition")
ASSESSING = ':::question choice {#q1 objectives="o1"}\n选哪个？\n\n- [x] 甲\n- [ ] 甲\n:::\n'


def codes(folder: Path) -> list[str]:
    return [found.code for found in read_course(folder).diagnostics]


@pytest.mark.parametrize("index", ["# 第二章 {#second}\n", None])
def test_a_module_whose_only_lesson_cannot_be_read_is_not_called_empty(
    index: str | None, tmp_path: Path
) -> None:
    (tmp_path / "course.md").write_text(FRONT, encoding="utf-8")
    for name in ("01-first", "02-second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "01-l.md").write_text(f"# 课 {{#{name}-l}}\n\n文\n", encoding="utf-8")
    (tmp_path / "01-first" / "index.md").write_text("# 第一章 {#first}\n", encoding="utf-8")
    (tmp_path / "02-second" / "01-l.md").write_bytes("# 课\n".encode("gb18030"))
    if index:
        (tmp_path / "02-second" / "index.md").write_text(index, encoding="utf-8")
    told = codes(tmp_path)
    assert "not-utf8" in told
    assert "empty-module" not in told


def with_question(question: str, folder: Path) -> list[str]:
    text = OBJECTIVE + "\n# 章 {#m}\n\n## 课 {#l}\n\n文\n\n" + question
    (folder / "course.md").write_text(text, encoding="utf-8")
    return codes(folder)


@pytest.mark.parametrize(
    ("question", "told"),
    [(ASSESSING, "duplicate-option"), (ASSESSING.replace("choice", "chioce"), "unknown-question-type")],
)
def test_an_objective_named_by_a_question_with_mistakes_counts_as_assessed(
    question: str, told: str, tmp_path: Path
) -> None:
    assert with_question(question, tmp_path) == [told]


@pytest.mark.parametrize(
    "question",
    [
        ASSESSING.replace(' objectives="o1"', ""),
        ASSESSING.replace("#q1", "#q1 points=0"),
        ASSESSING.replace("choice", "likert").replace("[x] ", "").replace("[ ] ", ""),
    ],
    ids=["names no objective", "without points", "a scale"],
)
def test_a_question_with_mistakes_that_would_not_assess_it_does_not_count(
    question: str, tmp_path: Path
) -> None:
    assert with_question(question, tmp_path) == ["objective-not-assessed", "duplicate-option"]


UNREADABLE = "# 课 {#l}\n\n![图](../a.png)\n\n" + ASSESSING.replace("[ ] 甲", "[ ] 乙")


def test_what_an_unreadable_lesson_may_hold_is_not_called_missing(tmp_path: Path) -> None:
    """Its questions, the files it uses, and the lesson itself where another links to it."""
    front = OBJECTIVE.replace("edition", "pass: {score: 0.8}\nedition")
    (tmp_path / "course.md").write_text(front, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    module = tmp_path / "01-m"
    module.mkdir()
    (module / "index.md").write_text("# 章 {#m}\n", encoding="utf-8")
    (module / "02-k.md").write_text("# 另一课 {#k}\n\n见[上一课](01-l.md)。\n", encoding="utf-8")
    (module / "01-l.md").write_text(UNREADABLE, encoding="gb18030")
    assert codes(tmp_path) == ["not-utf8"]
    (module / "01-l.md").write_text(UNREADABLE, encoding="utf-8")
    assert codes(tmp_path) == []
    (module / "01-l.md").write_text("# 课 {#l}\n\n文\n", encoding="utf-8")
    assert sorted(codes(tmp_path)) == ["objective-not-assessed", "pass-without-questions", "unused-asset"]


def test_files_that_an_unreadable_introduction_may_use_are_not_called_unused(tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text(FRONT, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "01-m").mkdir()
    (tmp_path / "01-m" / "index.md").write_text("# 章 {#m}\n\n![图](../a.png)\n", encoding="gb18030")
    (tmp_path / "01-m" / "01-l.md").write_text("# 课 {#l}\n\n文\n", encoding="utf-8")
    assert codes(tmp_path) == ["not-utf8"]


@pytest.mark.parametrize(
    ("question", "needed"),
    [(ASSESSING, False), (ASSESSING.replace("#q1", "#q1 points=0"), True)],
    ids=["scored", "without points"],
)
def test_a_score_may_come_from_a_question_with_mistakes(
    question: str, tmp_path: Path, *, needed: bool
) -> None:
    text = FRONT.replace("edition", "pass: {score: 0.8}\nedition")
    text += "\n# 章 {#m}\n\n## 课 {#l}\n\n文\n\n" + question.replace(' objectives="o1"', "")
    (tmp_path / "course.md").write_text(text, encoding="utf-8")
    assert ("pass-without-questions" in codes(tmp_path)) is needed
