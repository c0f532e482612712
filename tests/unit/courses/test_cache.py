"""The cache: only what changed is rendered again, and it never changes what is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from courses import markdown, rendering
from courses.cache import BIG, Cache
from courses.reader import Reading, read_course

Write = Callable[[dict[str, str | bytes]], Path]

COURSE: dict[str, str | bytes] = {
    "01-m/index.md": "# M\n\n介绍",
    "01-m/01-a.md": "# a\n\n![图](../assets/a.png)\n\n![片](../assets/clip.mp4)",
    "01-m/02-b.md": "# b\n\n见[上一课](01-a.md)与[后面](03-c.md#end)。\n\n![没有](../assets/none.png)",
    "01-m/03-c.md": "# c\n\n## 小结 {#end}\n\n文",
    "assets/a.png": b"1",
    "assets/clip.mp4": b"1",
    "assets/clip.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\n大家好\n",
}


class Renderings:
    """Counts which parts are really rendered, by file."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def take(self) -> list[str]:
        files, self.files = self.files, []
        return sorted(set(files))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Renderings:
    seen = Renderings()
    real = markdown.render

    def watched(source: str, **options: object) -> object:
        seen.files.append(str(options["file"]))
        return real(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "render", watched)
    return seen


@pytest.fixture(params=["memory", "disk"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Cache]:
    """The cache for the next reading: the same one, or one loaded from the file that the last one wrote."""
    kept = Cache()
    return (lambda: kept) if request.param == "memory" else (lambda: Cache(tmp_path / "cache" / "x.msgpack"))


def same(first: Reading, second: Reading) -> bool:
    return (first.course, first.diagnostics, first.texts) == (second.course, second.diagnostics, second.texts)


def test_nothing_is_rendered_twice(write: Write, rendered: Renderings, cache: Callable[[], Cache]) -> None:
    folder = write(COURSE)
    first = read_course(folder, cache=cache())
    assert len(rendered.take()) == 5
    again = read_course(folder, cache=cache())
    assert rendered.take() == []
    assert same(first, again)
    assert same(first, read_course(folder))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("01-m/03-c.md", "# c\n\n## 小结 {#end}\n\n改了", ["01-m/03-c.md"]),
        ("01-m/03-c.md", "# c {#renamed}\n\n## 小结 {#end}\n\n文", ["01-m/02-b.md", "01-m/03-c.md"]),
        ("01-m/03-c.md", "# c\n\n没有小结了", ["01-m/03-c.md"]),
        ("assets/none.png", b"x", ["01-m/02-b.md"]),
        ("assets/a.png", b"longer", ["01-m/01-a.md"]),
        ("assets/clip.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n再见\n", ["01-m/01-a.md"]),
        ("assets/clip.en.vtt", "WEBVTT\n", ["01-m/01-a.md"]),
        ("assets/手册.pdf", b"x", []),
        ("01-m/00-new.md", "# 新\n\n文", ["01-m/00-new.md"]),
    ],
)
def test_what_depends_on_a_change_is_rendered_again(
    write: Write,
    rendered: Renderings,
    cache: Callable[[], Cache],
    name: str,
    content: str | bytes,
    expected: list[str],
) -> None:
    folder = write(COURSE)
    read_course(folder, cache=cache())
    rendered.take()
    write({**COURSE, name: content})
    reading = read_course(folder, cache=cache())
    assert rendered.take() == expected
    assert same(reading, read_course(folder))


def test_a_removed_lesson_breaks_the_links_to_it(write: Write, cache: Callable[[], Cache]) -> None:
    folder = write(COURSE)
    read_course(folder, cache=cache())
    (folder / "01-m" / "03-c.md").unlink()
    reading = read_course(folder, cache=cache())
    assert [found.code for found in reading.diagnostics] == ["broken-link", "missing-file"]


def test_a_single_file_with_links_across_lessons(
    write: Write, rendered: Renderings, cache: Callable[[], Cache]
) -> None:
    front = "---\nid: example\ntitle: 示例\nedition: 2022-2023\n---\n"
    text = "# M {#m}\n\n## 甲 {#a}\n\n见[小结](#end)。\n\n## 乙 {#b}\n\n### 小结 {#end}\n\n文\n"
    folder = write({"course.md": front + text})
    first = read_course(folder, cache=cache())
    assert first.diagnostics == ()
    rendered.take()
    assert same(first, read_course(folder, cache=cache()))
    assert rendered.take() == []
    write({"course.md": front + text.replace("{#end}", "{#fin}")})
    assert [found.code for found in read_course(folder, cache=cache()).diagnostics] == ["broken-link"]


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x93\xa0\x80\x80", os.urandom(4096)])
def test_a_damaged_file_is_ignored(write: Write, tmp_path: Path, damage: bytes) -> None:
    folder, file = write(COURSE), tmp_path / "cache.msgpack"
    first = read_course(folder, cache=Cache(file))
    sound = file.read_bytes()
    for content in (
        damage,
        sound[: len(sound) // 2],
        sound.replace(b"MathML", b"x").replace(b"html", b"htmm"),
    ):
        file.write_bytes(content)
        assert same(first, read_course(folder, cache=Cache(file)))
    assert file.stat().st_size > 1000


def test_another_engine_s_records_are_not_used(
    write: Write, tmp_path: Path, rendered: Renderings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = write(COURSE), tmp_path / "cache.msgpack"
    read_course(folder, cache=Cache(file))
    rendered.take()
    monkeypatch.setattr("courses.cache.engine", lambda: "a later version")
    read_course(folder, cache=Cache(file))
    assert len(rendered.take()) == 5


def test_a_cache_that_cannot_be_written_does_no_harm(write: Write, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be", encoding="utf-8")
    reading = read_course(write(COURSE), cache=Cache(tmp_path / "blocked" / "x.msgpack"))
    assert reading.course is not None


def test_old_courses_are_forgotten_when_the_folder_is_full(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.cache.MAX_FOLDER", 10_000)
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "old.msgpack").write_bytes(b"x" * 9_999)
    os.utime(folder / "old.msgpack", (1, 1))
    read_course(write(COURSE), cache=Cache(folder / "new.msgpack"))
    assert [file.name for file in folder.iterdir()] == ["new.msgpack"]


def test_a_big_file_is_read_once_while_it_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.mp4"
    big.write_bytes(b"1" * BIG)
    os.utime(big, (1, 1))
    cache = Cache(tmp_path / "cache.msgpack")
    first = cache.sha256(big, "big.mp4")
    cache.finish()
    # Same size and time: the content is not looked at.
    big.write_bytes(b"2" * BIG)
    os.utime(big, (1, 1))
    cache = Cache(tmp_path / "cache.msgpack")
    assert cache.sha256(big, "big.mp4") == first
    cache.finish()
    os.utime(big, (2, 2))
    assert Cache(tmp_path / "cache.msgpack").sha256(big, "big.mp4") != first


def test_a_file_changed_just_now_is_never_trusted(tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    big.write_bytes(b"1" * BIG)
    cache = Cache()
    first = cache.sha256(big, "big.mp4")
    cache.finish()
    status = big.stat()
    big.write_bytes(b"2" * BIG)
    os.utime(big, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert cache.sha256(big, "big.mp4") != first


def test_the_cache_folder_is_the_user_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    cache = Cache.on_disk(tmp_path)
    cache.put(b"key", cache_record())
    cache.finish()
    [file] = (tmp_path / "home").rglob("*.msgpack")
    assert file.stat().st_mode & 0o077 == 0


def cache_record() -> rendering._Anchors:
    return rendering._Anchors({})
