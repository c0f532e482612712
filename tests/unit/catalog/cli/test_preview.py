"""`lingjun preview`: the real server, asked over HTTP while the author writes."""

import http.client
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import watchfiles

from tests.unit.catalog.cli.conftest import Lingjun, start, write_course


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Preview:
    """A running preview and its address."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.said = process.stdout.readline()
        self.port = int(self.said.split("127.0.0.1:")[1].split("/")[0])

    def get(self, path: str, host: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return answer

    def after(self, revision: int) -> dict[str, Any]:
        """The problems once there is a newer revision: the page's own long question."""
        found: dict[str, Any] = json.loads(self.get(f"/-/events?{revision}").body)
        return found


@contextmanager
def preview(course: Path, *words: str) -> Iterator[Preview]:
    process = start("preview", course, "--port", "0", *words)
    try:
        yield Preview(process)
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode == 0


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "one").mkdir(exist_ok=True)
    (tmp_path / "one").rmdir()
    folder = write_course(tmp_path, body="第一版正文。\n\n![图](图.svg)")
    (folder / "图.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return folder


def test_pages_player_and_pictures_are_served(course: Path) -> None:
    with preview(course) as running:
        index = running.get("/")
        assert index.status == 200
        assert "数字化诊断" in index.text
        assert '<script src="-/preview.js" defer>' in index.text
        lesson = running.get("/diagnosis.html")
        assert "第一版正文。" in lesson.text
        assert running.get("/player/local.js").headers["Content-Type"].startswith("text/javascript")
        picture = lesson.text.split('<img src="')[1].split('"')[0]
        assert running.get(f"/{picture}").headers["Content-Type"] == "image/svg+xml"
        assert running.get("/gone.html").status == 404
        assert running.get("/-/gone").status == 404


def test_every_answer_is_guarded(course: Path) -> None:
    with preview(course) as running:
        for path in ("/", "/diagnosis.html", "/player/local.js", "/-/problems.json", "/gone"):
            headers = running.get(path).headers
            assert "default-src 'self'" in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "[::1]:80"])
def test_another_sites_name_gets_nothing(course: Path, host: str) -> None:
    with preview(course) as running:
        answer = running.get("/", host=host)
        assert (answer.status, answer.body) == (421, b"")
        assert running.get("/", host=f"localhost:{running.port}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/course.md",
        "/../course.md",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/course.md",
        "//etc/passwd",
        "/-/../x",
    ],
)
def test_nothing_outside_the_package_is_served(course: Path, path: str) -> None:
    with preview(course) as running:
        assert running.get(path).status == 404


def test_a_change_is_a_new_revision(course: Path) -> None:
    with preview(course) as running:
        before = running.after(0)
        assert before["problems"] == []
        text = (course / "course.md").read_text(encoding="utf-8")
        (course / "course.md").write_text(text.replace("第一版", "第二版"), encoding="utf-8")
        after = running.after(before["revision"])
        assert after["revision"] > before["revision"]
        assert "第二版正文。" in running.get("/diagnosis.html").text


def test_a_broken_course_keeps_its_last_good_pages_and_tells(course: Path) -> None:
    with preview(course) as running:
        revision = running.after(0)["revision"]
        good = (course / "course.md").read_text(encoding="utf-8")
        (course / "course.md").write_bytes(b"---\nid: one\n---\n\xff\xfe")
        broken = running.after(revision)
        assert "not-utf8" in {problem["code"] for problem in broken["problems"]}
        assert all(problem["message"] and problem["cure"] for problem in broken["problems"])
        assert "第一版正文。" in running.get("/diagnosis.html").text
        (course / "course.md").write_text(good, encoding="utf-8")
        assert running.after(broken["revision"])["problems"] == []


def test_a_course_that_is_broken_from_the_start_can_be_written_to_its_cure(course: Path) -> None:
    good = (course / "course.md").read_text(encoding="utf-8")
    (course / "course.md").write_text("没有课程头", encoding="utf-8")
    with preview(course, "--lang", "en") as running:
        assert "Preview: http" in running.said
        assert "can't be shown yet" in running.get("/").text
        told = running.after(0)
        assert told["language"] == "en"
        assert "front-matter-missing" in {problem["code"] for problem in told["problems"]}
        (course / "course.md").write_text(good, encoding="utf-8")
        running.after(told["revision"])
        assert "第一版正文。" in running.get("/diagnosis.html").text


@pytest.mark.parametrize(
    ("first", "then"), [("没有课程头", "---\nid: [\n---\n"), (None, "没有课程头"), (None, None)]
)
def test_what_is_saved_while_the_preview_starts_is_told(
    course: Path, lingjun: Lingjun, monkeypatch: pytest.MonkeyPatch, first: str | None, then: str | None
) -> None:
    """Saved after the first reading and before the watch is up, so that no watcher reports it."""
    real = watchfiles.watch

    def late(*folders: Path, **options: Any) -> Iterator[object]:
        if then is not None:
            (course / "course.md").write_text(then, encoding="utf-8")
        yield next(real(*folders, **options))
        raise KeyboardInterrupt

    if first is not None:
        (course / "course.md").write_text(first, encoding="utf-8")
    monkeypatch.setattr(watchfiles, "watch", late)
    ran = lingjun("preview", str(course), "--port", "0")
    assert ran.status == 0
    assert ("已更新" in ran.err) is (then is not None)
