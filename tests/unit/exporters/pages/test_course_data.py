"""`course.js`, the index page, the list of built files, and the fragments that share a page."""

import json
from pathlib import Path

import msgspec
import pytest

from exporters.pages import course_data, files, index_page, player_files
from exporters.pages.fragments import rehome
from exporters.pages.words import EN, ZH
from schemas.errors import MachineError
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question
from tests.support.gallery import gallery


def test_course_data_has_what_the_player_reads() -> None:
    script = course_data(gallery(), structure="single", state_limit=4096).decode()
    assert script.startswith("globalThis.lingjunCourse = ")
    data = json.loads(script.removeprefix("globalThis.lingjunCourse = ").removesuffix(";\n"))
    assert (data["id"], data["structure"], data["stateLimit"]) == ("fixture/gallery", "single", 4096)
    assert data["pass"] == {"score": 0.6, "lessons": 1.0, "attempts": 2}
    assert data["modules"][2]["prerequisites"] == ["questions"]
    first = data["modules"][1]["lessons"][0]["questions"][0]
    assert first["label"] == "哪一条是合格的问题陈述？"
    assert (first["points"], first["attempts"], first["scored"]) == (2, 2, True)


def test_course_data_is_safe_in_a_script(tmp_path: Path) -> None:
    question = msgspec.structs.replace(make_question("q1"), text="</script>\u2028<!--<script>" + "长" * 90)
    course = make_course(tmp_path, make_module("m1", make_lesson("l1", question)))
    script = course_data(course, structure="pages", state_limit=1)
    assert b"<" not in script
    assert "\u2028".encode() not in script
    assert "长…" in script.decode()


def test_the_index_holds_overview_objectives_and_contents() -> None:
    page = index_page(gallery(), runtime="local").decode()
    for words in (
        "这门课不讲内容",
        "认识每一种版面",
        "最后一课",
        "数字化赋能",
        "专精特新“小巨人”企业",
        "测试教师",
        "8 学时",
    ):
        assert words in page
    assert page.count('id="怎样使用"') == 1
    assert '<h4 id="module-1-怎样使用">' in page


def test_diagrams_bring_mermaid_and_nothing_else_does(tmp_path: Path) -> None:
    plain = make_course(tmp_path, make_module("m1", make_lesson("l1")))
    names = [name for name, _ in player_files(plain, "scorm12")]
    assert names == ["player/early.js", "player/player.css", "player/scorm12.js"]
    assert "player/mermaid/mermaid.js" in [name for name, _ in player_files(gallery(), "local")]


def test_a_player_that_was_never_built_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BUILT", tmp_path)
    with pytest.raises(MachineError, match="isn't built"):
        player_files(gallery(), "local")


def test_both_languages_say_everything() -> None:
    for zh, en in zip(msgspec.structs.astuple(ZH), msgspec.structs.astuple(EN), strict=True):
        assert zh
        assert en
        assert str(zh).count("{}") == str(en).count("{}")
    assert ZH.kinds.keys() == EN.kinds.keys()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<h2 id="a">甲</h2>', '<h4 id="p-a">甲</h4>'),
        ('<h5 class="x" id="a">甲</h5>', '<h6 class="x" id="p-a">甲</h6>'),
        ('<a href="#a">甲</a><a href="b.html#a">乙</a>', '<a href="#p-a">甲</a><a href="b.html#a">乙</a>'),
        (
            '<p aria-labelledby="a b">id="a" href="#a"</p>',
            '<p aria-labelledby="p-a p-b">id="a" href="#a"</p>',
        ),
        ("<hr><header>x</header><br/>", "<hr><header>x</header><br/>"),
    ],
)
def test_fragments_keep_their_anchors_to_themselves(html: str, expected: str) -> None:
    assert rehome(html, "p-", deeper=2) == expected


def test_style_and_script_stay_within_the_budget() -> None:
    import gzip

    for runtime in ("scorm12", "scorm2004", "local"):
        built = [path for name, path in player_files(gallery(), runtime) if "mermaid" not in name]
        assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in built) <= 60_000
