"""Both layouts: order, identifiers, titles, and what is left out."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from courses.reader import Reading, read_course
from schemas.course import Course
from schemas.errors import UsageError

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"
Write = Callable[[dict[str, str | bytes]], Path]


def course_of(reading: Reading) -> Course:
    assert reading.course is not None
    return reading.course


def outline(reading: Reading) -> list[tuple[str, list[str]]]:
    return [(module.id, [lesson.id for lesson in module.lessons]) for module in course_of(reading).modules]


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.diagnostics]


def test_numbers_order_and_leave_no_trace_in_identifiers(write: Write) -> None:
    folder = write(
        {
            "10-last/index.md": "# 末",
            "10-last/1-z.md": "# z\n\n文",
            "2-first/index.md": "# 首",
            "2-first/10-b.md": "# b\n\n文",
            "2-first/9-c.md": "# c\n\n文",
            "2-first/02_诊断 方法.md": "# a\n\n文",
            "2-first/unnumbered.md": "# u\n\n文",
        }
    )
    reading = read_course(folder)
    assert outline(reading) == [("first", ["诊断-方法", "c", "b", "unnumbered"]), ("last", ["z"])]
    assert reading.diagnostics == ()


def test_contents_order_modules_and_lessons(write: Write) -> None:
    folder = write(
        {
            "course.md": FRONT.replace("---\n", "---\ncontents: [b, a]\n", 1),
            "a/index.md": "---\ncontents: [two.md, one]\n---\n# A",
            "a/one.md": "# 1\n\n文",
            "a/two.md": "# 2\n\n文",
            "b/index.md": "# B",
            "b/three.md": "# 3\n\n文",
        }
    )
    reading = read_course(folder)
    assert outline(reading) == [("b", ["three"]), ("a", ["two", "one"])]
    assert reading.diagnostics == ()


def test_identifier_from_front_matter_then_heading_then_file_name(write: Write) -> None:
    folder = write(
        {
            "01-m/index.md": "---\nid: written\n---\n# M {#heading}",
            "01-m/01-x.md": "---\nid: written\ntitle: 写明的标题\nminutes: 20\n---\n# 标题 {#heading}\n\n文",
            "01-m/02-y.md": "# 标题 {#heading minutes=15}\n\n文",
            "01-m/03-z.md": "# 别的标题\n\n文",
        }
    )
    course = course_of(read_course(folder))
    assert course.modules[0].id == "written"
    assert [(x.id, x.title, x.minutes) for x in course.lessons] == [
        ("written", "写明的标题", 20),
        ("heading", "标题", 15),
        ("z", "别的标题", 0),
    ]
    assert course.lessons[0].page == "written.html"
    assert course.lessons[0].place.line == 6


def test_what_is_no_part_of_a_course(write: Write) -> None:
    folder = write(
        {
            "README.md": "给同事看的说明",
            ".git/config": "x",
            "_draft/index.md": "# 草稿",
            "01-m/index.md": "# M",
            "01-m/01-a.md": "# a\n\n文",
            "01-m/_02-b.md": "# 草稿\n\n文",
            "01-m/readme.md": "说明",
            "01-m/.hidden.md": "# x",
            "assets/_notes.txt": "x",
            "assets/Thumbs.db": b"x",
        }
    )
    reading = read_course(folder)
    assert outline(reading) == [("m", ["a"])]
    assert reading.diagnostics == ()


def test_single_file_divides_at_its_headings(write: Write) -> None:
    text = """简介。

# 认识 {#know}

模块简介。

## 为什么 {#why minutes=10}

### 小标题

正文。

怎么做
===

做 {#do}
---

正文。
"""
    reading = read_course(
        write({"course.md": FRONT + text.replace("怎么做\n", "怎么做 {#how prerequisites=know}\n")})
    )
    course = course_of(reading)
    assert outline(reading) == [("know", ["why"]), ("how", ["do"])]
    assert course.text.strip() == "简介。"
    assert course.modules[0].text.strip() == "模块简介。"
    assert course.modules[1].prerequisites == ("know",)
    assert course.lessons[0].minutes == 10
    assert [(heading.level, heading.text) for heading in course.lessons[0].headings] == [(2, "小标题")]
    assert "===" not in course.modules[1].html
    assert course.lessons[1].place.line == 21
    assert reading.diagnostics == ()


@pytest.mark.parametrize("name", ["course.md", "别的.md", "Course.MD"])
def test_a_file_may_be_given_instead_of_its_folder(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(FRONT + "# M {#m}\n\n## L {#l}\n\n文\n", encoding="utf-8")
    (tmp_path / "另外的文件.pdf").write_bytes(b"x")
    reading = read_course(file)
    assert outline(reading) == [("m", ["l"])]
    # Other files beside a single document are none of the course's.
    assert "unused-asset" not in codes(reading) or name != "别的.md"


def test_course_file_of_a_folder_course_means_the_folder(write: Write) -> None:
    folder = write({"01-m/index.md": "# M", "01-m/01-a.md": "# a\n\n文"})
    assert outline(read_course(folder / "course.md")) == [("m", ["a"])]


@pytest.mark.parametrize("missing", ["nowhere", "nowhere.md", "x" * 5000, "nul\0"])
def test_a_missing_path_is_a_wrong_call(tmp_path: Path, missing: str) -> None:
    with pytest.raises(UsageError):
        read_course(tmp_path / missing)


def test_another_kind_of_file_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "课.docx").write_bytes(b"PK")
    with pytest.raises(UsageError):
        read_course(tmp_path / "课.docx")


def test_byte_order_mark_and_line_ends_change_nothing(write: Write) -> None:
    text = FRONT + "# M {#m}\n\n## L {#l}\n\n一段文字。\n\n- [ ] 列表\n"
    plain = course_of(read_course(write({"course.md": text})))
    for variant in ("\ufeff" + text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        other = read_course(write({"course.md": variant}))
        assert other.diagnostics == ()
        assert course_of(other).modules == plain.modules


def test_decomposed_names_of_macos_are_the_composed_ones(write: Write) -> None:
    name = unicodedata.normalize("NFD", "01-éclair.md")
    folder = write(
        {
            "01-m/index.md": "# M",
            f"01-m/{name}": "# É\n\n见[下一课](02-naïve.md)。",
            "01-m/" + unicodedata.normalize("NFD", "02-naïve.md"): "# N\n\n文",
        }
    )
    reading = read_course(folder)
    assert reading.diagnostics == ()
    assert outline(reading) == [("m", ["éclair", "naïve"])]


def test_front_matter_fills_the_course(write: Write) -> None:
    front = """---
id: digital-roadmap
institution: hust
title: {zh: 数字化转型, en: Going digital}
summary: 从诊断到路线图
language: zh-CN
edition: 2022-2023
themes: [digital-empowerment, large-sme-integration]
audience: [srdi-sme]
hours: 16
mode: blended
objectives: [{id: o1, text: 能诊断}]
prerequisites: [intro]
instructors: [{name: 张三, affiliation: {zh: 华中科技大学, en: HUST}}]
pass: {score: 0.8, lessons: 0.5, attempts: 2}
sequence: linear
visits: [{theme: digital-empowerment, industry: C34, count: 2, objectives: [o1]}]
licence: CC-BY-NC-4.0
sample: true
---
# M {#m}

## L {#l}

::: question true-false {#q1 objectives=o1}
对吗？

= 对
:::
"""
    reading = read_course(write({"course.md": front}))
    course = course_of(reading)
    assert reading.diagnostics == ()
    assert (course.title.zh, course.title.en) == ("数字化转型", "Going digital")
    assert (course.summary.zh, course.summary.en) == ("从诊断到路线图", "")
    assert course.themes == {"digital-empowerment": 8.0, "large-sme-integration": 8.0}
    assert (course.passing.score, course.passing.lessons, course.passing.attempts) == (0.8, 0.5, 2)
    assert course.instructors[0].affiliation.en == "HUST"
    assert course.visits[0].count == 2
    assert course.sample
    assert (course.mode, course.sequence) == ("blended", "linear")


def test_source_hash_follows_what_was_read_and_nothing_else(write: Write) -> None:
    files: dict[str, str | bytes] = {
        "01-m/index.md": "# M",
        "01-m/01-a.md": "# a\n\n![图](../assets/a.png)",
        "assets/a.png": b"1",
    }
    first = course_of(read_course(write(files))).source_hash
    assert len(first) == 64
    assert course_of(read_course(write({**files, "assets/unused.png": b"x"}))).source_hash == first
    picture = course_of(read_course(write({**files, "assets/a.png": b"2"}))).source_hash
    text = course_of(
        read_course(write({**files, "01-m/01-a.md": "# a\n\n![图](../assets/a.png) "}))
    ).source_hash
    assert len({first, picture, text}) == 3


def test_lessons_that_were_never_put_into_a_module_are_told(write: Write) -> None:
    reading = read_course(write({"01-why.md": "# 为什么\n\n文", "assets/说明.md": "# 给设计师的说明"}))
    assert codes(reading) == ["stray-lesson", "no-lessons"]
