"""`lingjun export` of a curriculum: its courses beside it or named with it, as one package or a set."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.unit.catalog.cli.conftest import COURSE, Lingjun

_CURRICULUM = """---
id: camp
institution: smb
title: {zh: 主题特训营, en: Camp}
edition: 2022-2023
theme: digital-empowerment
class: camp
courses: [{course: two, version: ">=3"}, {course: one}]
---

# 培养目标
"""


@pytest.fixture
def camp() -> Path:
    folder = Path("camp")
    (folder / "one").mkdir(parents=True)
    (folder / "curriculum.md").write_text(_CURRICULUM, encoding="utf-8")
    (folder / "one" / "course.md").write_text(COURSE.format(id="one", body="正文"), encoding="utf-8")
    return folder


def _other() -> Path:
    Path("elsewhere").mkdir()
    path = Path("elsewhere/two.md")
    path.write_text(COURSE.format(id="two", body="正文"), encoding="utf-8")
    return path


def test_courses_beside_it_and_named_with_it_become_one_package(camp: Path, lingjun: Lingjun) -> None:
    ran = lingjun("export", camp, _other(), "--format", "scorm12", "html", "-o", "out", "--json")
    assert ran.status == 0, ran.err
    [told] = json.loads(ran.out)["courses"]
    names = [Path(package["path"]).name for package in told["packages"]]
    assert names == ["smb-curriculum-camp-scorm12.zip", "smb-curriculum-camp-html.zip"]
    with zipfile.ZipFile(f"out/{names[0]}") as package:
        manifest = package.read("imsmanifest.xml").decode()
    assert manifest.index("smb/two/") < manifest.index("smb/one/")
    with zipfile.ZipFile(f"out/{names[1]}") as package:
        assert "<h2>培养目标</h2>" in package.read("index.html").decode()
    assert lingjun("verify", *(f"out/{name}" for name in names)).status == 0


def test_a_set_and_every_possible_format(camp: Path, lingjun: Lingjun) -> None:
    other = _other()
    ran = lingjun(
        "export", camp / "curriculum.md", other, "--set", "--format", "xapi", "-o", "out", "--lang", "en"
    )
    assert (ran.status, ran.err) == (0, "")
    assert "smb-curriculum-camp-set-xapi.zip" in ran.out
    ran = lingjun("export", camp, other, "--set", "--format", "xapi", "-o", "out", "--json")
    assert [one["file"] for one in json.loads(ran.out)["contents"]["packages"]] == [
        "packages/smb/smb-two-xapi.zip",
        "packages/smb/smb-one-xapi.zip",
    ]
    judged = lingjun("verify", "out/smb-curriculum-camp-set-xapi.zip", "--lang", "en")
    assert (judged.status, judged.err) == (0, "")
    assert "✓ smb-curriculum-camp-set-xapi.zip · a set of 2 packages · sound" in judged.out
    assert (
        "✓ smb-curriculum-camp-set-xapi.zip › packages/smb/smb-two-xapi.zip · xAPI (Tin Can) · sound"
        in judged.out
    )
    assert lingjun("export", camp, other, "--format", "all", "-o", "all").status == 0
    assert sorted(path.suffixes[-1] for path in Path("all").iterdir()) == [".zip"] * 5


def test_a_course_that_is_nowhere_is_told_with_its_place(camp: Path, lingjun: Lingjun) -> None:
    ran = lingjun("export", camp, "-o", "out", "--lang", "en")
    assert ran.status == 1
    assert "camp/curriculum.md:8:" in ran.err
    assert "error[course-unknown] There is no course “smb/two”" in ran.err
    assert not Path("out").exists()


def test_a_course_with_errors_stops_it_and_they_are_told(camp: Path, lingjun: Lingjun) -> None:
    other = _other()
    other.write_text(COURSE.format(id="two", body="![图](no.png)"), encoding="utf-8")
    for more in ((), ("--set",)):
        ran = lingjun("export", camp, other, "-o", "out", "--lang", "en", *more)
        assert ran.status == 1
        assert "elsewhere/two.md:" in ran.err
        assert not Path("out").exists()


def test_what_a_curriculum_cannot_be(camp: Path, lingjun: Lingjun) -> None:
    other = _other()
    assert lingjun("export", camp, other, "--format", "xapi").status == 2
    assert lingjun("export", other, "--set").status == 2


def test_check_says_what_is_wrong_in_the_curriculum_itself(camp: Path, lingjun: Lingjun) -> None:
    ran = lingjun("check", camp, camp / "one", "--lang", "en")
    assert ran.status == 0
    assert "camp: curriculum “Camp” (courses: 2): " in ran.out
    file = camp / "curriculum.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n![图](a.png)\n", encoding="utf-8")
    for path in (camp, file):
        ran = lingjun("check", path, "--json")
        assert ran.status == 1
        report = json.loads(ran.out)
        assert (report["courses"], report["curricula"][0]["courses"]) == ([], 2)
        assert [(one["code"], one["file"]) for one in report["diagnostics"]] == [
            ("curriculum-text-link", "curriculum.md")
        ]
