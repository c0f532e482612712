"""From a folder to the catalogue by the command line, on both databases."""

import shutil
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from catalog.cli.main import main
from catalog.database.models import Event, Version
from catalog.database.session import Database
from catalog.services import versions
from catalog.services.operator import operator
from tests.support.curriculum_text import curriculum_text

SAMPLE = Path(__file__).parents[3] / "courses" / "samples" / "cluster-upgrade"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGJUN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LINGJUN_DATABASE_URL", empty_url)
    monkeypatch.setenv("LINGJUN_LANG", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LINGJUN_TOKEN", raising=False)


def test_a_course_is_handed_in_revised_and_approved(
    empty_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = tmp_path / "course"
    shutil.copytree(SAMPLE, course)
    assert main(["db", "upgrade"]) == 0
    assert main(["publish", str(course)]) == 2
    assert "lingjun db add-institution sample" in capsys.readouterr().err
    assert main(["db", "add-institution", "sample", "--zh", "示例机构"]) == 0
    assert main(["publish", str(course), "--draft"]) == 0
    assert "Draft stored: sample/cluster-upgrade" in capsys.readouterr().out
    with (course / "course.md").open("a", encoding="utf-8") as file:
        file.write("\n补充说明。\n")
    assert main(["publish", str(course), "--json"]) == 0
    told = msgspec.json.decode(capsys.readouterr().out)
    assert (told["state"], told["etag"]) == ("submitted", 3)
    assert main(["publish", str(course)]) == 1
    assert "submitted" in capsys.readouterr().err
    database = Database(empty_url)
    with database.write() as session:
        versions.approve(session, operator(), told["version"], if_match=told["etag"])
    plan = tmp_path / "curriculum.md"
    for courses, status, words in (
        (("sample/cluster-upgrade", "sample/nowhere"), 1, "curriculum.md:13:14"),
        (("sample/cluster-upgrade",), 0, "Draft stored: sample/camp"),
    ):
        plan.write_text(curriculum_text(*courses, institution="sample", taught=99), encoding="utf-8")
        capsys.readouterr()
        assert main(["publish", str(plan), "--draft"]) == status
        assert words in "".join(capsys.readouterr())
    assert main(["publish", str(plan), "--json"]) == 0
    handed = msgspec.json.decode(capsys.readouterr().out)
    assert (handed["curriculum"], handed["state"], handed["etag"]) == ("sample/camp", "submitted", 3)
    with database.read() as session:
        assert session.scalars(select(Version.number)).all() == [1]
        actions = session.scalars(select(Event.action).order_by(Event.id)).all()
        assert actions == [
            "institution-added",
            "version-drafted",
            "version-replaced",
            "version-submitted",
            "version-published",
            "curriculum-drafted",
            "curriculum-replaced",
            "curriculum-submitted",
        ]
    database.close()


def test_a_course_with_errors_is_told_as_check_tells_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = tmp_path / "course"
    shutil.copytree(SAMPLE, course)
    lesson = next(course.glob("*/*.md"))
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n![图](gone.png)\n", encoding="utf-8")
    assert main(["check", str(course)]) == 1
    checked = capsys.readouterr().out
    assert main(["publish", str(course)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "missing-file" in told.err
    assert checked.rpartition("\n\n")[0] in told.err


def test_a_token_decides_who_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["db", "upgrade"])
    main(["db", "add-institution", "sample", "--zh", "示例机构"])
    main(
        ["db", "add-person", "li@example.org", "--name", "李", "--role", "author", "--institution", "sample"]
    )
    capsys.readouterr()
    assert main(["db", "issue-token", "li@example.org", "--scope", "publish"]) == 0
    secret = capsys.readouterr().out.strip()
    assert secret.startswith("lj_")
    monkeypatch.setenv("LINGJUN_TOKEN", secret)
    assert main(["publish", str(SAMPLE)]) == 1
    assert "no permission to submit" in capsys.readouterr().err
    assert main(["publish", str(SAMPLE), "--draft"]) == 0
    assert main(["publish", str(SAMPLE), "--draft", "--token", "lj_wrong"]) == 1


def test_backup_and_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["db", "upgrade"])
    main(["db", "create-admin", "wang@example.org", "--name", "王敏"])
    assert main(["backup", str(tmp_path / "backup")]) == 0
    assert main(["restore", str(tmp_path / "backup")]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["db", "status", "--json"]) == 0
    assert main(["restore", str(tmp_path)]) == 1
