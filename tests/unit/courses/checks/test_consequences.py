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
