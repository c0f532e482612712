"""`lingjun publish --server`: from an institution's folder into a catalogue elsewhere, over a real connection."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.types import ASGIApp, Receive, Scope, Send

from catalog.cli.main import main
from catalog.web.app import create_app
from tests.integration.catalog.web.conftest import Desk, Person
from tests.support.archives import course_zip
from tests.support.curriculum_text import curriculum_text
from tests.support.serving import served


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINGJUN_LANG", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    zipfile.ZipFile(io.BytesIO(course_zip())).extractall(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def server(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LINGJUN_TOKEN", desk.token(desk.people.publisher))
    with served(create_app(desk.parts)) as port:
        yield f"http://127.0.0.1:{port}"


def test_drafted_revised_and_handed_in(folder: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(folder), "--server", server, "--draft"]) == 0
    assert "Draft stored: tsinghua/roadmap" in capsys.readouterr().out
    lesson = folder / "01-why" / "01-diagnosis.md"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("先看清现状", "先看清问题"), encoding="utf-8"
    )
    assert main(["publish", str(folder), "--server", server, "--json"]) == 0
    told = msgspec.json.decode(capsys.readouterr().out.splitlines()[-1])  # the server's log is here too
    assert (told["course"], told["state"], told["etag"]) == ("tsinghua/roadmap", "submitted", 3)
    assert main(["publish", str(folder), "--server", server]) == 1
    assert "The server says (409)" in capsys.readouterr().err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_curriculum_is_handed_in_likewise(
    server: str,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LINGJUN_LANG", "en")
    plan = tmp_path / "camp" / "curriculum.md"
    plan.parent.mkdir()
    plan.write_text(curriculum_text("tsinghua/roadmap"), encoding="utf-8")
    assert main(["publish", str(plan), "--server", server]) == 1
    assert "curriculum.md:12: There is no course “tsinghua/roadmap”" in capsys.readouterr().err
    Person(desk, desk.people.publisher).published(course_zip(), Person(desk, desk.people.reviewer))
    assert main(["publish", str(plan.parent), "--server", server, "--draft"]) == 0
    assert "Draft stored: tsinghua/camp" in capsys.readouterr().out
    plan.write_text(curriculum_text("tsinghua/roadmap", taught=20), encoding="utf-8")
    assert main(["publish", str(plan), "--server", server, "--json"]) == 0
    told = msgspec.json.decode(capsys.readouterr().out.splitlines()[-1])
    assert (told["curriculum"], told["state"], told["etag"]) == ("tsinghua/camp", "submitted", 3)
    plan.write_text(
        curriculum_text("tsinghua/roadmap").replace("hours: 24", "hours: 25", 1), encoding="utf-8"
    )
    assert main(["publish", str(plan), "--server", server]) == 1
    assert "The plan adds up to 24 hours" in capsys.readouterr().err


def test_what_is_refused_is_told(
    folder: Path, server: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINGJUN_TOKEN", desk.token(desk.people.stranger))
    assert main(["publish", str(folder), "--server", server]) == 1
    assert "(403)" in capsys.readouterr().err
    monkeypatch.setenv("LINGJUN_TOKEN", "nonsense")
    assert main(["publish", str(folder), "--server", server]) == 1
    assert "(401): Sign in first" in capsys.readouterr().err
    monkeypatch.delenv("LINGJUN_TOKEN")
    assert main(["publish", str(folder), "--server", server]) == 2
    assert "LINGJUN_TOKEN" in capsys.readouterr().err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_server_there(folder: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(folder), "--server", "http://127.0.0.1:9"]) == 3
    assert "can't be reached" in capsys.readouterr().err
    assert main(["publish", str(folder), "--server", "http://catalogue.example.org"]) == 2
    assert "begins with https://" in capsys.readouterr().err
    assert main(["publish", str(folder), "--server", f"{server}/courses"]) == 1
    assert "(404)" in capsys.readouterr().err


class Forgetful:
    """Does what is asked the first time, and says that it failed: as a proxy whose answer got lost."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.lost = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or self.lost:
            await self.app(scope, receive, send)
            return
        self.lost += 1

        async def nowhere(_: Any) -> None:
            return

        await self.app(scope, receive, nowhere)
        await send({"type": "http.response.start", "status": 502, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def test_a_lost_answer_costs_nothing(
    folder: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINGJUN_TOKEN", desk.token(desk.people.publisher))
    app = Forgetful(create_app(desk.parts))
    with served(app) as port:
        assert main(["publish", str(folder), "--server", f"http://127.0.0.1:{port}", "--json"]) == 0
    told = msgspec.json.decode(capsys.readouterr().out.splitlines()[-1])  # the server's log is here too
    assert (told["state"], told["etag"], app.lost) == ("submitted", 2, 1)
