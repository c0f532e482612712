"""`lingjun verify` on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.cli.main import main
from schemas.package import Format
from tests.fixtures.packages.broken import BROKEN
from tests.fixtures.packages.good import good, pack


@pytest.fixture
def sound(tmp_path: Path) -> str:
    return str(pack(good(Format.SCORM12), tmp_path / "sound.zip"))


@pytest.fixture
def unsound(tmp_path: Path) -> str:
    case = next(case for case in BROKEN if case.slug == "files-present")
    return str(pack(case.change(good(case.kind)), tmp_path / "unsound.zip"))


def test_sound_package(sound: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", sound, "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "✓ sound.zip · SCORM 1.2 · sound"
    assert len(lines) == 2
    assert main(["verify", sound, "--lang", "zh", "--all"]) == 0
    assert "清单是格式良好的 XML" in capsys.readouterr().out


def test_failure_with_place_clause_and_cure(unsound: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", unsound, "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "✗ unsound.zip · SCORM 1.2 · not sound"
    assert lines[1].startswith("  ✗ imsmanifest.xml:")
    assert "'b.png' is not in the package" in lines[1]
    assert "[files-present · SCORM CAM" in lines[1]
    assert lines[2].startswith("    → Add the file")


def test_one_bad_file_of_several_fails_the_call(sound: str, unsound: str) -> None:
    assert main(["verify", sound, unsound]) == 1


def test_json(sound: str, unsound: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", sound, unsound, "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["kind"], first["verdict"]) == ("scorm12", "passed")
    failed = [f for f in second["findings"] if f["verdict"] == "failed"]
    assert failed[0]["requirement"] == "files-present"
    assert set(failed[0]["message"]) == {"zh", "en"}


def test_no_such_file(sound: str, unsound: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "none.zip"), sound, unsound, "--lang", "zh"]) == 2
    streams = capsys.readouterr()
    assert "✓ sound.zip" in streams.out
    assert "✗ unsound.zip" in streams.out
    assert "没有这个文件" in streams.err
    assert main(["verify", str(tmp_path / "none.zip"), "--json"]) == 2
    assert capsys.readouterr().out == ""


def test_a_folder_is_told_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path), "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert "是文件夹" in said
    assert "lingjun export" in said
    assert "没有这个文件" not in said


def test_control_characters_of_a_package_never_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = good(Format.HTML) | {
        "two.html": b'<img src="\x9b2Jx.png">\x1b[2J<img src="a\xc2\x9b\xe2\x80\xaeb.png">'
    }
    assert main(["verify", str(pack(files, tmp_path / "a.zip"))]) == 1
    assert all(c.isprintable() or c == "\n" for c in capsys.readouterr().out)


_HELP = """
import sys
from catalog.cli.main import main
try:
    main(["verify", "--help"])
except SystemExit:
    assert not {"lxml", "exporters.verify"} & set(sys.modules)
"""


def test_help_never_imports_lxml() -> None:
    done = subprocess.run([sys.executable, "-c", _HELP], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
