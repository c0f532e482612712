"""Whatever lies in the folder, reading ends in diagnostics and never in an exception."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.reader import Reading, read_course

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"
Write = Callable[[dict[str, str | bytes]], Path]
COURSE: dict[str, str | bytes] = {"01-m/index.md": "# M", "01-m/01-a.md": "# a\n\n文"}

BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(
        st.sampled_from("---\n#:{}[]()!|>*_`$&<>\"' \t\r\0\x85\u2028abc：＃中\U0001f600=~^"), max_size=120
    ).map(str.encode),
    st.text(max_size=60).map(lambda text: text.encode("utf-16")),
)
NAME = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12)


def codes(reading: Reading) -> set[str]:
    return {found.code for found in reading.diagnostics}


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("course.md", "01-m/index.md", "01-m/01-a.md", "01-m/a.vtt", "assets/x.svg"), BYTES
        ),
    ),
    NAME,
)
@example({"course.md": b"---\nid: a\n---\n# x\n## y\n\xff"}, "x")
@example({"course.md": (FRONT + "# {#}\n\n## {#a prerequisites}\n").encode()}, "\u202e.md")
def test_any_bytes_in_any_file(files: dict[str, bytes], name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, content in files.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(content)
        if name not in (".", ".."):
            (root / "01-m").mkdir(exist_ok=True)
            (root / "01-m" / name).write_bytes(files.get("course.md", b""))
        reading = read_course(root)
        assert reading.diagnostics == tuple(
            sorted(reading.diagnostics, key=lambda found: (found.place, found.code))
        )
        for found in reading.diagnostics:
            assert found.message.zh.isprintable() or "\n" not in found.message.zh


def test_special_files_are_not_opened(write: Write) -> None:
    folder = write(COURSE)
    os.mkfifo(folder / "01-m" / "02-pipe.md")
    os.mkfifo(folder / "pipe.png")
    assert read_course(folder).diagnostics == ()


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("01-m/02-b.md", "/etc/hosts"),
        ("01-m/02-b.md", "../../outside.md"),
        ("01-m/02-b.md", "02-b.md"),
        ("01-m/02-b.md", "nowhere.md"),
        ("02-n", "01-m"),
        ("02-n", "."),
        ("02-n", "/"),
        ("assets/x", "/dev/zero"),
    ],
)
def test_links_that_leave_or_loop_are_refused(write: Write, link: str, target: str) -> None:
    folder = write(COURSE)
    (folder.parent / "outside.md").write_text("秘密", encoding="utf-8")
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).symlink_to(target)
    reading = read_course(folder)
    assert codes(reading) == {"symlink-refused"}
    assert not any("秘密" in text for text in reading.texts.values())


def test_a_link_to_a_file_of_the_course_is_that_file(write: Write) -> None:
    folder = write({**COURSE, "01-m/01-a.md": "# a\n\n![图](b.png)", "assets/a.png": b"x"})
    (folder / "01-m" / "b.png").symlink_to("../assets/a.png")
    reading = read_course(folder)
    assert codes(reading) == {"unused-asset"}
    assert reading.course is not None
    assert [asset.source for asset in reading.course.assets] == ["01-m/b.png"]


def test_a_course_folder_may_be_a_link_itself(write: Write, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(write(COURSE))
    assert read_course(tmp_path / "link").diagnostics == ()


def test_folders_too_deep_and_too_full_end_the_search(write: Write) -> None:
    folder = write(COURSE)
    deep = folder
    for _ in range(100):
        deep /= "d"
        deep.mkdir()
    assert codes(read_course(folder)) == {"too-many-files"}


def test_a_crowded_folder_ends_the_search(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.tree.MAX_ENTRIES", 10)
    folder = write({**COURSE, **{f"assets/{n}/x.png": b"" for n in range(20)}})
    assert "too-many-files" in codes(read_course(folder))


def test_a_course_file_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "course.md").mkdir()
    reading = read_course(tmp_path)
    assert codes(reading) == {"missing-course-file"}
    assert reading.course is None


def test_very_many_titles_prerequisites_and_modules(write: Write) -> None:
    chain = "".join(f"# M {{#m{n} prerequisites=m{n + 1}}}\n\n## L {{#l{n}}}\n\n文\n\n" for n in range(300))
    start = time.process_time()
    reading = read_course(write({"course.md": FRONT + chain}))
    assert codes(reading) == {"unknown-prerequisite"}
    assert time.process_time() - start < 10


def test_reading_grows_linearly(tmp_path: Path) -> None:
    """1,000 lessons cost at most 15 times what 100 cost (garbage collection and caches leave their mark)."""
    seconds = {}
    for lessons in (100, 1000):
        root = tmp_path / str(lessons)
        for module in range(lessons // 10):
            folder = root / f"{module:03d}-m{module}"
            folder.mkdir(parents=True)
            (folder / "index.md").write_text(f"# 模块 {module}\n", encoding="utf-8")
            for lesson in range(10):
                text = f"# 课 {module}-{lesson}\n\n正文，见[本模块](index.md)。\n\n![图](../assets/a.png)\n"
                (folder / f"{lesson}-l{module}-{lesson}.md").write_text(text, encoding="utf-8")
        (root / "assets").mkdir()
        (root / "assets" / "a.png").write_bytes(b"x")
        (root / "course.md").write_text(FRONT, encoding="utf-8")
        read_course(root)
        start = time.process_time()
        reading = read_course(root)
        seconds[lessons] = time.process_time() - start
        assert reading.course is not None
        assert len(reading.course.lessons) == lessons
    assert seconds[1000] < 15 * seconds[100], seconds


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such names")
def test_names_that_cannot_be_written_down(write: Write) -> None:
    folder = write(COURSE)
    for name in (b"\xd5\xef.png", "换\n行.png".encode(), "\u202eevil.png".encode(), b"\x1b[31m.md"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"x")
    reading = read_course(folder)
    assert codes(reading) == {"file-name-encoding"}
    assert len(reading.diagnostics) == 4
    assert all(found.place.file.isprintable() for found in reading.diagnostics)
