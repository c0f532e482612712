"""`check --fix` writes identifiers down and touches nothing else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from courses.fix import write_identifiers
from courses.reader import Reading, read_course

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"
Write = Callable[[dict[str, str | bytes]], Path]

BEFORE = (
    FRONT
    + """# 认识诊断

## 为什么 {minutes=10}

::: question true-false {points=2}
诊断要先看业务。

= 对
:::

## 怎么做 ##

::: question numeric
三加四等于几？

= 7
:::

深入
===

分两行的
标题
---

文
"""
)


def fixed(folder: Path) -> tuple[dict[str, int], Reading]:
    return write_identifiers(read_course(folder)), read_course(folder)


def identifiers(reading: Reading) -> list[str]:
    assert reading.course is not None
    course = reading.course
    questions = [question.id for lesson in course.lessons for question in lesson.questions]
    return [*(module.id for module in course.modules), *(lesson.id for lesson in course.lessons), *questions]


def test_identifiers_become_permanent_as_they_were(write: Write) -> None:
    folder = write({"course.md": BEFORE})
    before = read_course(folder)
    assert {found.code for found in before.diagnostics} == {"missing-identifier"}
    written, after = fixed(folder)
    assert written == {"course.md": 7}
    assert after.diagnostics == ()
    assert identifiers(after) == identifiers(before)
    text = (folder / "course.md").read_text(encoding="utf-8")
    assert "# 认识诊断 {#认识诊断}\n" in text
    assert "## 为什么 {#为什么 minutes=10}\n" in text
    assert "深入 {#深入}\n===\n" in text
    assert fixed(folder)[0] == {}


def test_nothing_else_changes(write: Write) -> None:
    raw = b"\xef\xbb\xbf" + BEFORE.replace("\n", "\r\n").encode()
    folder = write({"course.md": raw})
    (folder / "course.md").chmod(0o640)
    fixed(folder)
    after = (folder / "course.md").read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.count(b"\n") == after.count(b"\r\n") == raw.count(b"\n")
    for old, new in zip(raw.split(b"\r\n"), after.split(b"\r\n"), strict=True):
        assert old == new or b"{#" in new
    assert (folder / "course.md").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in folder.iterdir()] == ["course.md"]


def test_questions_in_lessons_of_a_folder(write: Write) -> None:
    question = "::: question true-false\n诊断要先看业务。\n\n= 对\n:::\n"
    folder = write(
        {"01-m/index.md": "# M", "01-m/01-a.md": f"# a\n\n{question}", "01-m/02-b.md": "# b\n\n文"}
    )
    written, after = fixed(folder)
    assert written == {"01-m/01-a.md": 1}
    assert after.diagnostics == ()


def test_the_same_words_twice_get_two_identifiers(write: Write) -> None:
    question = "::: question true-false\n诊断要先看业务。\n\n= 对\n:::\n\n"
    folder = write(
        {
            "course.md": FRONT
            + "# M {#m}\n\n## 小结\n\n"
            + question * 2
            + "## 小结\n\n文\n\n## 别的 {#小结-2}\n\n文\n"
        }
    )
    _, after = fixed(folder)
    assert len(set(identifiers(after))) == len(identifiers(after)) == 6
    assert {found.code for found in after.diagnostics} <= {"duplicate-title"}


def test_a_file_changed_meanwhile_is_left_alone(write: Write) -> None:
    folder = write({"course.md": BEFORE})
    reading = read_course(folder)
    newer = BEFORE + "\n刚写的一段。\n"
    (folder / "course.md").write_text(newer, encoding="utf-8")
    assert write_identifiers(reading) == {}
    assert (folder / "course.md").read_text(encoding="utf-8") == newer


def test_a_folder_that_cannot_be_written_keeps_its_file(write: Write) -> None:
    folder = write({"course.md": BEFORE})
    reading = read_course(folder)
    for parent in folder.parents[:-2]:  # as deep as the test run put it, up to the temporary folder
        parent.chmod(0o711)
    folder.chmod(0o700 & ~0o200 | 0o055)
    ordinary_user = 65534
    root = os.geteuid() == 0
    if root:  # may write anywhere
        os.seteuid(ordinary_user)
    try:
        with pytest.raises(PermissionError):
            write_identifiers(reading)
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
    assert (folder / "course.md").read_text(encoding="utf-8") == BEFORE
