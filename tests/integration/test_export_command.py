"""`lingjun export`, as it is called: what it writes, what it says, and its exit status."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
import zipfile
from pathlib import Path

import pytest

from exporters.presets import preset

COURSE = """---
id: {id}
institution: smb
title: 数字化诊断
edition: 2022-2023
themes: [digital-empowerment]
hours: 4
---

概览。

# 基础 {{#m1}}

## 诊断 {{#diagnosis}}

{body}
"""


def write(folder: Path, name: str = "one", body: str = "正文。") -> Path:
    course = folder / name
    course.mkdir()
    (course / "course.md").write_text(COURSE.format(id=name, body=body), encoding="utf-8")
    return course


def surroundings(folder: Path) -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return os.environ | {"LINGJUN_LANG": "zh", "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": root}


def lingjun(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "catalog.cli.main", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=surroundings(cwd),
    )


def test_one_course_for_one_lms(tmp_path: Path) -> None:
    write(tmp_path)
    done = lingjun("export", "one", "--lms", "moodle", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "out/smb-one-scorm12.zip" in done.stdout
    assert "导入 Moodle" in done.stdout
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["smb-one-scorm12.zip"]


def test_several_courses_and_formats_on_all_cores(tmp_path: Path) -> None:
    """In the order of the call; a course with errors doesn't keep the others from being exported."""
    write(tmp_path, "one")
    write(tmp_path, "two", "::: question choice\n哪一项？\n\n- [ ] 甲\n- [ ] 乙\n:::\n")
    write(tmp_path, "three")
    words = ("three", "two", "one", "--format", "scorm2004-4", "html", "--json", "-o", "out")
    done = lingjun("export", *words, cwd=tmp_path)
    assert done.returncode == 1
    told = json.loads(done.stdout)["courses"]
    assert [course["path"] for course in told] == ["three", "two", "one"]
    assert [Path(package["path"]).name for package in told[0]["packages"]] == [
        "smb-three-scorm2004-4.zip",
        "smb-three-html.zip",
    ]
    assert told[1]["packages"] == []
    assert "no-right-answer" in [found["code"] for found in told[1]["diagnostics"]]
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_one_course_in_every_format_is_one_course_in_the_answer(tmp_path: Path) -> None:
    write(tmp_path)
    done = lingjun("export", "one", "--format", "all", "--json", "-o", "out", cwd=tmp_path)
    [course] = json.loads(done.stdout)["courses"]
    assert [package["receipt"]["format"] for package in course["packages"]] == [*preset("generic").formats]
    for package in course["packages"]:
        with zipfile.ZipFile(tmp_path / package["path"]) as archive:
            assert json.loads(archive.read("receipt.json")) == package["receipt"]


def test_a_course_with_errors_is_shown_where_and_not_exported(tmp_path: Path) -> None:
    write(tmp_path, body="![图](gone.png)")
    done = lingjun("export", "one", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "one/course.md:" in done.stderr
    assert "gone.png" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("one", "--format", "scorm99"), "scorm99"),
        (("one", "--lms", "chamilo", "--format", "scorm2004-4"), "Chamilo"),
        (("gone",), "gone"),
        ((), "PATH"),
    ],
)
def test_a_wrong_call_is_told_and_writes_nothing(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    write(tmp_path)
    done = lingjun("export", *words, "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_machine_that_lets_nothing_be_written_is_status_three(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "out").write_bytes(b"a file")
    done = lingjun("export", "one", "-o", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert "out" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_courses_with_one_name_are_told(tmp_path: Path) -> None:
    first = write(tmp_path, "one")
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "course.md").write_bytes((first / "course.md").read_bytes())
    done = lingjun("export", "one", "again", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "smb-one-scorm12.zip" in done.stderr


def test_ctrl_c_leaves_what_was_there(tmp_path: Path) -> None:
    """In the middle of a big video, alone and in workers."""
    body = "![讲解](clip.mp4)"
    for name in ("one", "two"):
        course = write(tmp_path, name, body)
        (course / "clip.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n讲解\n", encoding="utf-8")
        with (course / "clip.mp4").open("wb") as file:
            file.truncate(1 << 30)
    out = tmp_path / "out"
    out.mkdir()
    (out / "smb-one-scorm12.zip").write_bytes(b"before")
    for courses in (("one",), ("one", "two")):
        running = subprocess.Popen(
            [sys.executable, "-m", "catalog.cli.main", "export", *courses, "-o", "out"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=surroundings(tmp_path),
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while not any(path.stat().st_size > 1 << 20 for path in out.glob(".*.part")):
            assert time.monotonic() < until
            assert running.poll() is None
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the whole group
        _, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert "Traceback" not in said
        # Of two courses one may be done by then: what is there is old or whole, and there is nothing else.
        made = [path for path in out.iterdir() if path.stat().st_size > len(b"before")]
        assert len(made) < len(courses)
        assert all(zipfile.ZipFile(path).testzip() is None for path in made)
        assert {path.suffix for path in out.iterdir()} == {".zip"}
        old = out / "smb-one-scorm12.zip"
        assert old in made or old.read_bytes() == b"before"


def test_a_terminal_sees_a_big_export_go_on_and_a_pipe_sees_no_bar(tmp_path: Path) -> None:
    course = write(tmp_path, body="![讲解](clip.mp4)")
    (course / "clip.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n讲解\n", encoding="utf-8")
    with (course / "clip.mp4").open("wb") as file:
        file.truncate(200 << 20)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "catalog.cli.main", "export", "one", "-o", "out"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=theirs, env=surroundings(tmp_path)
    ) as running:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    assert running.returncode == 0
    assert b"B/s" in shown
    assert "B/s" not in lingjun("export", "one", "-o", "out", cwd=tmp_path).stderr
