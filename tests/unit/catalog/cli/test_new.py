"""`lingjun new`: a folder that is sound as it is, or nothing."""

import json
from pathlib import Path

import pytest

from courses.reader import read_course
from tests.unit.catalog.cli.conftest import Lingjun


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_new_course_is_sound_and_exports(lingjun: Lingjun, tmp_path: Path, language: str) -> None:
    course = tmp_path / "my-course"
    made = lingjun("new", course, "--lang", language, "--institution", "tsinghua")
    assert (made.status, made.err) == (0, "")
    assert str(course) in made.out
    reading = read_course(course)
    assert reading.diagnostics == ()
    assert reading.course is not None
    assert (reading.course.id, reading.course.institution) == ("my-course", "tsinghua")
    assert reading.course.interface == language
    assert (course / "assets").is_dir()
    exported = lingjun("export", course, "--format", "all", "-o", tmp_path / "out", "--json")
    assert exported.status == 0
    packages = [package["path"] for package in json.loads(exported.out)["courses"][0]["packages"]]
    assert packages
    assert lingjun("verify", *packages).status == 0


def test_an_empty_folder_is_used(lingjun: Lingjun, tmp_path: Path) -> None:
    (tmp_path / "course-1").mkdir()
    assert lingjun("new", tmp_path / "course-1").status == 0
    assert (tmp_path / "course-1" / "course.md").is_file()


def test_the_current_folder_is_named_after_itself(
    lingjun: Lingjun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert lingjun("new", ".").status == 0
    course = read_course(tmp_path / "here").course
    assert course is not None
    assert course.id == "here"


@pytest.mark.parametrize("name", ["draft.md", ".git"])
def test_a_folder_that_holds_something_is_left_alone(lingjun: Lingjun, tmp_path: Path, name: str) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (course / name).write_bytes(b"mine")
    status, out, err = lingjun("new", course)
    assert (status, out) == (2, "")
    assert str(course) in err
    assert [path.name for path in course.iterdir()] == [name]


def test_a_file_is_left_alone(lingjun: Lingjun, tmp_path: Path) -> None:
    (tmp_path / "course").write_bytes(b"mine")
    assert lingjun("new", tmp_path / "course").status == 2
    assert (tmp_path / "course").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["我的课程", "My-Course", "a_b", "a b", "-a", "a--b", "a."])
def test_a_name_that_is_no_identifier_is_refused(lingjun: Lingjun, tmp_path: Path, name: str) -> None:
    status, _, err = lingjun("new", "--", tmp_path / name)
    assert status == 2
    assert name in err
    assert list(tmp_path.iterdir()) == []


def test_an_institution_that_is_no_identifier_is_refused(lingjun: Lingjun, tmp_path: Path) -> None:
    status, _, err = lingjun("new", tmp_path / "course", "--institution", "清华大学")
    assert status == 2
    assert "清华大学" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "title",
    [
        "数字化转型：诊断与路线图",
        'a "quoted" \\ title: yes # no',
        "{zh: x}",
        "- item",
        "2024",
        "COURSE_ID INSTITUTION COURSE_TITLE",
        "*anchor &alias !tag",
        "🚀 起飞 {#id}",
        "第一行\n第二行",
        "no",
    ],
)
def test_any_title_arrives_as_it_was_given(lingjun: Lingjun, tmp_path: Path, title: str) -> None:
    assert lingjun("new", tmp_path / "course", "--title", title).status == 0
    reading = read_course(tmp_path / "course")
    assert reading.diagnostics == ()
    assert reading.course is not None
    assert reading.course.name == " ".join(title.split())


def test_without_a_title_there_is_one(lingjun: Lingjun, tmp_path: Path) -> None:
    lingjun("new", tmp_path / "one", "--title", "")
    course = read_course(tmp_path / "one").course
    assert course is not None
    assert course.name == "新课程"


@pytest.mark.parametrize("title", [" ", "a\x01b", "\udcff"], ids=["blank", "control character", "no UTF-8"])
def test_a_title_that_cant_be_one_is_refused(lingjun: Lingjun, tmp_path: Path, title: str) -> None:
    assert lingjun("new", tmp_path / "course", "--title", title).status == 2
    assert list(tmp_path.iterdir()) == []
