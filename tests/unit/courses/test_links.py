"""Links to lessons, anchors and files, as an author writes them."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from courses.reader import Reading, read_course

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"
Write = Callable[[dict[str, str | bytes]], Path]

FOLDER: dict[str, str | bytes] = {
    "01-m/index.md": "# M\n\n开始：[第一课](01-a.md)",
    "01-m/02-b.md": "# b\n\n## 小结 {#end}\n\n文",
    "02-n/index.md": "# N",
    "02-n/01-c.md": "# c\n\n文",
}


def read(write: Write, text: str, more: dict[str, str | bytes] | None = None) -> Reading:
    return read_course(write({**FOLDER, "01-m/01-a.md": f"# a\n\n{text}\n", **(more or {})}))


def html(reading: Reading, lesson: int = 0) -> str:
    assert reading.course is not None
    return reading.course.lessons[lesson].html


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.diagnostics]


@pytest.mark.parametrize(
    ("target", "lesson", "address"),
    [
        ("02-b.md", "b", "b.html"),
        ("02-b.md#end", "b", "b.html#end"),
        ("../02-n/01-c.md", "c", "c.html"),
        ("../02-n/./../02-n/01-c.md", "c", "c.html"),
        ("../02-n/index.md", "c", "c.html"),
        ("../course.md", "a", "a.html"),
    ],
)
def test_a_link_leads_to_the_lesson(write: Write, target: str, lesson: str, address: str) -> None:
    reading = read(write, f"[看]({target})")
    assert reading.diagnostics == ()
    assert f'href="{address}"' in html(reading)
    assert f'data-lesson="{lesson}"' in html(reading)


def test_anchors_of_a_single_file_lead_to_the_lesson_that_has_them(write: Write) -> None:
    text = """# M {#m}

## 甲 {#a}

到[乙](#b)，到[乙的小结](#end)，到[自己的](#own)。

### 自己 {#own}

文

## 乙 {#b}

### 小结 {#end}

回到[甲](#a)与[小节](#own)。
"""
    reading = read_course(write({"course.md": FRONT + text}))
    assert reading.diagnostics == ()
    assert 'href="b.html"' in html(reading)
    assert 'href="b.html#end"' in html(reading)
    assert 'href="#own"' in html(reading)
    assert 'href="a.html#own"' in html(reading, 1)


def test_a_link_out_of_a_module_without_lessons_is_told(write: Write) -> None:
    reading = read(write, "[看](../02-n/index.md)", {"02-n/01-c.md": b"\xff"})
    assert "broken-link" in codes(reading)


@pytest.mark.parametrize(
    "target", ["/etc/passwd", "../../x.png", "../../../etc/hosts", "C:/x.png", "../assets/../../x.png"]
)
def test_a_path_never_leaves_the_folder(write: Write, target: str) -> None:
    reading = read(write, f"[看]({target})")
    assert set(codes(reading)) <= {"outside-folder", "html-removed"}
    assert reading.diagnostics
    assert reading.course is not None
    assert reading.course.assets == ()


@pytest.mark.parametrize(
    "target", [".git/config", "../.git/config", "assets", "../assets", "01-a.md/x", "\\assets\\a.png"]
)
def test_hidden_files_folders_and_odd_paths_are_no_files(write: Write, target: str) -> None:
    reading = read(write, f"[看](<{target}>)", {".git/config": "x", "01-m/.git/config": "x", "assets/_": "x"})
    assert set(codes(reading)) <= {"missing-file", "broken-link", "remote-resource"}
    assert reading.diagnostics


def test_chinese_and_decomposed_file_names(write: Write) -> None:
    name = unicodedata.normalize("NFD", "Überblick 图.csv")
    reading = read(write, "[表](../assets/Überblick%20图.csv)", {f"assets/{name}": "a,b"})
    assert reading.diagnostics == ()
    assert reading.course is not None
    [asset] = reading.course.assets
    assert asset.source == f"assets/{name}"
    assert asset.path.isascii()
    assert (reading.course.root / asset.source).read_bytes() == b"a,b"
    assert asset.media_type == "text/csv"


def test_captions_beside_a_video_come_along(write: Write) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\n大家好\n"
    more: dict[str, str | bytes] = {f"assets/clip{tag}.vtt": vtt for tag in ("", ".en", ".zh-Hant", ".1")}
    reading = read(write, "![讲解](../assets/clip.mp4)", {"assets/clip.mp4": b"\0", **more})
    assert codes(reading) == ["unused-asset"]
    assert reading.course is not None
    used = {asset.source for asset in reading.course.assets}
    assert used == {"assets/clip.mp4", "assets/clip.vtt", "assets/clip.en.vtt", "assets/clip.zh-Hant.vtt"}
    assert set(reading.course.lessons[0].assets) == used
    for label in ("简体中文", "繁體中文", "English"):
        assert label in html(reading)


def test_captions_in_a_foreign_encoding_are_told(write: Write) -> None:
    more: dict[str, str | bytes] = {
        "assets/clip.mp4": b"\0",
        "assets/clip.vtt": "WEBVTT\n\n大家好".encode("gbk"),
    }
    reading = read(write, "![讲解](../assets/clip.mp4)", more)
    assert "not-utf8" in codes(reading)


def test_nearest_names_are_looked_for_a_bounded_number_of_times(write: Write) -> None:
    reading = read(
        write, "\n\n".join(f"![图](../assets/leves{n}.png)" for n in range(200)), {"assets/levels.png": b"x"}
    )
    hints = [found for found in reading.diagnostics if "levels.png" in found.cure.zh]
    assert 0 < len(hints) <= 50
    assert codes(reading).count("missing-file") == 200
