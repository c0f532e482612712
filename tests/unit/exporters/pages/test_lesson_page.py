"""A lesson's page as bytes: complete, safe, linear."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from exporters.pages import lesson_page
from schemas.course import Course, Lesson
from schemas.identifiers import state_key
from schemas.text import Text
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question
from tests.support.gallery import gallery

HOSTILE = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)> \u2028&'


class Outline(HTMLParser):
    """Tags in order, identifiers, and everything that would need `unsafe-inline`."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.unsafe: list[str] = []
        self.fields: list[dict[str, str | None]] = []
        self.labels: set[str | None] = set()
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.unsafe += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.unsafe += [tag] if tag in ("style", "base", "object", "iframe") else []
        self.scripts += [given] if tag == "script" else []
        self.fields += [given] if tag in ("input", "select", "textarea") else []
        self.labels |= {given.get("for")} if tag == "label" else set()


def page_of(course: Course, lesson: Lesson) -> bytes:
    return lesson_page(course, lesson, runtime="local")


@pytest.mark.parametrize("lesson", gallery().lessons, ids=lambda lesson: lesson.id)
def test_nothing_needs_an_unsafe_policy(lesson: Lesson) -> None:
    outline = Outline(page_of(gallery(), lesson))
    assert outline.unsafe == []
    assert [
        one for one in outline.scripts if "src" not in one and one.get("type") != "application/json"
    ] == []
    assert len(outline.ids) == len(set(outline.ids))


def test_every_field_has_a_name_for_screen_readers() -> None:
    outline = Outline(page_of(gallery(), lesson_named("kinds")))
    assert len(outline.fields) == 3 + 3 + 2 + 2 + 1 + 1 + 3 + 5
    assert [f for f in outline.fields if f.get("id") not in outline.labels and not f.get("aria-label")] == []


def test_titles_and_texts_are_escaped(tmp_path: Path) -> None:
    question = msgspec.structs.replace(make_question("q1"), text=HOSTILE)
    lesson = make_lesson("l1", question, title=HOSTILE)
    module = msgspec.structs.replace(make_module("m1", lesson), title=HOSTILE)
    course = make_course(tmp_path, module, title=Text(zh=HOSTILE))
    page = page_of(course, lesson)
    outline = Outline(page)
    assert len(outline.scripts) == 4
    assert outline.unsafe == []
    assert block(page)[0]["text"] == HOSTILE


def block(page: bytes) -> list[dict[str, object]]:
    """The questions' data in the page."""
    found = re.search(
        rb'<script type="application/json" id="lesson-questions">(.*?)</script>', page, re.DOTALL
    )
    assert found
    read: list[dict[str, object]] = json.loads(found[1])
    return read


def test_the_data_of_each_question_type() -> None:
    data = {str(one["type"]): one for one in block(page_of(gallery(), lesson_named("kinds")))}
    assert data["true-false"]["answer"] is False
    assert data["fill-in"]["blanks"] == [["北京", "北京市"], ["上海", "上海市"]]
    assert (data["numeric"]["low"], data["numeric"]["high"]) == (399, 401)
    assert data["long-fill-in"]["scored"] is False
    assert data["likert"]["scored"] is False
    assert data["choice"]["multiple"] is True
    assert data["choice"]["key"] == state_key("several")


def test_matching_and_sequencing_do_not_show_the_answer() -> None:
    html = page_of(gallery(), lesson_named("kinds")).decode()
    order = html.split('class="sequence"')[1].split("</ol>")[0]
    assert re.findall("诊断现状|选择场景|测算投入|分阶段实施", order) != [
        "诊断现状",
        "选择场景",
        "测算投入",
        "分阶段实施",
    ]
    menu = html.split("<select")[1].split("</select>")[0]
    assert re.findall("联网率|订单对接|主数据清单", menu) != ["联网率", "订单对接", "主数据清单"]


def test_a_modules_introduction_opens_its_first_lesson_with_its_own_anchors() -> None:
    first, second = (page_of(gallery(), lesson_named(name)).decode() for name in ("prose", "plain"))
    assert "这一模块是各种版面" in first
    assert 'id="module-怎样使用"' in first
    assert "这一模块是各种版面" not in second


def test_a_lesson_alone_carries_the_overview_and_no_way_out() -> None:
    page = lesson_page(gallery(), lesson_named("prose"), runtime="scorm12", structure="lessons").decode()
    assert "这门课不讲内容" in page
    assert "index.html" not in page
    assert 'class="turn"' not in page
    assert "player/scorm12.js" in page


def test_a_page_does_not_grow_with_the_course(tmp_path: Path) -> None:
    def size(lessons: int) -> int:
        many = tuple(make_lesson(f"l{number:04}") for number in range(lessons))
        course = make_course(tmp_path, make_module("m1", *many))
        return len(page_of(course, many[1]))

    assert size(1000) == size(3)


def test_samples_say_so() -> None:
    mark = '<span class="sample">{}</span>'
    assert mark.format("示例课程") in page_of(gallery(), lesson_named("plain")).decode()
    english = msgspec.structs.replace(gallery(), language="en")
    assert mark.format("Sample course") in page_of(english, lesson_named("plain")).decode()
    real = msgspec.structs.replace(gallery(), sample=False)
    assert 'class="sample"' not in page_of(real, lesson_named("plain")).decode()


def lesson_named(identifier: str) -> Lesson:
    return next(lesson for lesson in gallery().lessons if lesson.id == identifier)
