"""What `render` promises beside its HTML."""

import subprocess
import sys

import pytest

from courses.markdown import render
from schemas.course import Heading
from schemas.diagnostics import Diagnostic, Place
from tests.unit.courses.markdown.cases import Folder, rendered


def test_lines_count_in_the_file() -> None:
    _, found = rendered("文字\n\n::: tipp\n:::", first_line=10)
    assert [(one.code, one.place) for one in found] == [("unknown-container", Place("lesson.md", 12, 5, 4))]


def test_windows_line_ends() -> None:
    body, found = rendered("一\r\n二\r\n\r\n::: tipp\r\n:::\r\n")
    assert body.html.startswith("<p>一二</p>")
    assert [one.place.line for one in found] == [4]


@pytest.mark.parametrize(("title_level", "source"), [(1, "## 甲\n\n### 乙"), (2, "### 甲\n\n#### 乙")])
def test_headings_begin_at_h2(title_level: int, source: str) -> None:
    body, found = rendered(source, title_level=title_level)
    assert body.headings == (Heading("甲", 2, "甲"), Heading("乙", 3, "乙"))
    assert found == []


def test_the_language_of_what_we_add() -> None:
    source = "::: tip\na[^1]\n:::\n\n- [x] done\n\n[^1]: n"
    chinese, english = rendered(source)[0].html, rendered(source, language="en-GB")[0].html
    for zh, en in (
        ("提示", "Tip"),
        ("已完成", "Done"),
        ("脚注 1", "Footnote 1"),
        ("回到正文", "Back to the text"),
    ):
        assert zh in chinese
        assert en in english
        assert zh not in english


def test_questions_have_a_place_to_stand() -> None:
    found: list[Diagnostic] = []
    source = "前\n\n::: question true-false {#q}\n问\n= 对\n:::\n\n后"
    body = render(
        source, file="index.md", language="zh", links=Folder(), report=found.append, with_questions=False
    )
    assert body.questions == ()
    assert "data-question" not in body.html
    assert [(one.code, one.place.line) for one in found] == [("question-not-allowed", 3)]


def test_assets_anchors_links_and_diagrams() -> None:
    body, _ = rendered(
        "## 甲 {#a}\n\n[x]{#b} [课](01-why.md#c) [表](表.csv)\n\n![v](clip.mp4){poster=a.png}\n\n```mermaid\nx\n```"
    )
    assert set(body.anchors) == {"a", "b"}
    assert set(body.assets) == {"表.csv", "clip.mp4", "a.png", "clip.zh.vtt", "clip.en.vtt"}
    assert body.links == (("why", "c", Place("lesson.md", 3, 13, 11)),)
    assert body.diagrams
    assert not rendered("a")[0].diagrams


def test_text_for_search_tells_no_answers() -> None:
    body, _ = rendered(
        "## 甲\n\n**粗**体 $x$ ![图](a.png)\n\n::: question choice {#q}\n问\n- [x] 选项\n  > 反馈\n- [ ] 二\n\n> 解析\n:::\n\n"
        "::: question numeric {#n}\n数\n= 42\n:::\n"
    )
    for word in ("甲", "粗体", "x", "图", "问", "选项", "数"):
        assert word in body.text
    for word in ("反馈", "解析", "42"):
        assert word not in body.text


def test_too_large_a_text() -> None:
    body, found = rendered("字" * 100_000)
    assert (body.html, [one.code for one in found]) == ("", ["file-too-large"])


def test_text_that_grows_out_of_proportion() -> None:
    body, found = rendered("[^1]" * 10_000 + "\n\n[^1]: a")
    assert (body.html, [one.code for one in found]) == ("", ["output-too-large"])


def test_diagnostics_are_bounded() -> None:
    assert len(rendered("![](https://example.com/a.png) " * 5_000)[1]) == 300


def test_a_long_table_keeps_its_places() -> None:
    _, found = rendered("| a | a |\n|---|---|\n| 甲 | 甲 |\n| x | a ![](a.png) |")
    assert [(one.code, one.place) for one in found] == [
        ("missing-alternative-text", Place("lesson.md", 4, 13, 5))
    ]


def test_converters_load_only_when_needed() -> None:
    """A cold export of a plain course imports neither Pygments nor latex2mathml."""
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.unit.courses.markdown.cases import rendered\n"
        "rendered('## a\\n\\n**b** [c](01-x.md)\\n\\n::: tip\\n:::')\n"
        "print([name for name in ('pygments', 'latex2mathml', 'lxml', 'yaml', 'tqdm') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
