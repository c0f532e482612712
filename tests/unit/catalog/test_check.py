"""`lingjun check` as it is called."""

import json
from pathlib import Path

import pytest

from catalog.cli.main import main

FRONT = "---\nid: example\ntitle: 示例课程\nedition: 2022-2023\n---\n"
SOUND = FRONT + "# M {#m}\n\n## L {#l}\n\n文\n"
WARNED = FRONT + "# M {#m}\n\n## L {#l}\n"
BROKEN = FRONT + "# M {#m}\n\n## L {#l}\n\n![图](没有.png)\n"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def course(name: str, text: str) -> str:
    Path(name).mkdir()
    (Path(name) / "course.md").write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize(("text", "status"), [(SOUND, 0), (WARNED, 0), (BROKEN, 1)])
def test_exit_status(text: str, status: int) -> None:
    assert main(["--lang", "zh", "check", course("课", text)]) == status


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "check", course("课", BROKEN)]) == 1
    out = capsys.readouterr().out
    assert (
        "课/course.md:10:6 错误[missing-file] 找不到文件“没有.png”。\n  10 | ![图](没有.png)\n     |       ^^^^^^^^\n"
        in out
    )
    assert out.endswith("课：“示例课程”：1 个模块，1 课，0 题；1 个错误。\n")


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "en", "check", course("course", BROKEN)])
    out = capsys.readouterr().out
    assert "error[missing-file] There is no file “没有.png”." in out
    assert out.endswith("course: “示例课程” (modules: 1, lessons: 1, questions: 0): 1 error.\n")


def test_several_courses_and_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["--lang", "zh", "check", course("一", SOUND), course("二", BROKEN), course("三", WARNED)]) == 1
    )
    assert capsys.readouterr().out.endswith("\n1 个错误，1 个警告\n")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "check", "--json", course("一", SOUND), course("二", BROKEN)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert [found["id"] for found in report["courses"]] == ["example", "example"]
    [found] = report["diagnostics"]
    assert found["course"] == "二"
    assert (found["code"], found["severity"]) == ("missing-file", "error")
    assert (found["file"], found["line"], found["column"], found["length"]) == ("course.md", 10, 6, 6)
    assert found["message"] == {"zh": "找不到文件“没有.png”。", "en": "There is no file “没有.png”."}
    assert set(found["cure"]) == {"zh", "en"}


def test_json_of_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("空").mkdir()
    assert main(["--lang", "zh", "check", "--json", "空"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["courses"][0]["id"] == ""
    assert report["diagnostics"][0]["code"] == "missing-course-file"


@pytest.mark.parametrize("arguments", [["没有这个文件夹"], []])
def test_a_wrong_call(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(["--lang", "zh", "check", *arguments])
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    assert status == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_device_is_no_course(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "check", "/dev/null"]) == 2
    assert "“/dev/null”既不是课程文件夹，也不是 .md 文件。" in capsys.readouterr().err


def test_fix(capsys: pytest.CaptureFixture[str]) -> None:
    name = course("课", SOUND.replace(" {#l}", ""))
    assert main(["--lang", "zh", "check", "--fix", name]) == 0
    out = capsys.readouterr().out
    assert out.startswith("已写入 1 个标识：course.md\n")
    assert out.endswith("；没有发现问题。\n")
    assert (Path(name) / "course.md").read_text(encoding="utf-8") == SOUND.replace("{#l}", "{#l}")


def test_fix_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "zh", "check", "--fix", "--json", course("课", SOUND.replace(" {#l}", ""))])
    assert json.loads(capsys.readouterr().out)["fixed"] == 1


def test_a_single_file_and_the_folder_one_stands_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = course("课", BROKEN)
    main(["--lang", "zh", "check", f"{name}/course.md"])
    assert "课/course.md:10:6 " in capsys.readouterr().out
    monkeypatch.chdir(name)
    main(["--lang", "zh", "check", "."])
    assert capsys.readouterr().out.startswith("course.md:10:6 ")
