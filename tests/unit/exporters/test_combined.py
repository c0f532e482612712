"""A curriculum's package: its courses as they are, side by side, and nothing that moves records when the curriculum changes."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import msgspec
import pytest

from exporters.collected import export_set
from exporters.combined import FORMATS, export_curriculum, place
from exporters.export import export
from exporters.verify import verify
from schemas.course import Course, Sequence
from schemas.errors import InputError, UsageError
from schemas.package import Format, Structure, Verdict
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question, whole_course
from tests.support.programmes import programme

STRUCTURES: tuple[Structure, ...] = ("lessons", "single")


@pytest.fixture
def courses(tmp_path: Path) -> tuple[Course, Course]:
    """Two whose institution and identifier make the same words, with the same lessons."""
    first = whole_course(tmp_path / "course")
    one = msgspec.structs.replace(first, institution="smb", id="institute-x")
    return one, msgspec.structs.replace(first, institution="smb-institute", id="x", sequence=Sequence.LINEAR)


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("package_format", FORMATS)
def test_it_is_sound_and_holds_each_course_as_its_own_package_does(
    courses: tuple[Course, Course], tmp_path: Path, package_format: Format, structure: Structure
) -> None:
    found = {"package_format": package_format, "structure": structure}
    made = export_curriculum(programme(*courses), folder=tmp_path / "all", **found)  # type: ignore[arg-type]
    judged = verify(made.path)
    assert [one for one in judged.findings if one.verdict is not Verdict.PASSED] == []
    assert judged.kind is package_format
    with zipfile.ZipFile(made.path) as package:
        names = set(package.namelist())
        for course in courses:
            own = export(course, folder=tmp_path / "own", **found)  # type: ignore[arg-type]
            with zipfile.ZipFile(own.path) as alone:
                for name in alone.namelist():
                    if name.endswith((".xml", ".xsd", ".dtd", "receipt.json")):
                        continue
                    assert package.read(place(course) + name) == alone.read(name)
                    names.remove(place(course) + name)
    assert not {name for name in names if "/" in name and not name.endswith((".xsd", ".dtd"))}
    again = export_curriculum(programme(*courses), folder=tmp_path / "again", **found)  # type: ignore[arg-type]
    assert again.path.read_bytes() == made.path.read_bytes()
    assert made.path.name == f"smb-institute-curriculum-camp-{package_format.value}.zip"


@pytest.mark.parametrize("package_format", [Format.SCORM12, Format.SCORM2004_4])
def test_identifiers_stay_when_courses_are_moved_or_added(
    courses: tuple[Course, Course], tmp_path: Path, package_format: Format
) -> None:
    third = make_course(tmp_path, make_module("m", make_lesson("l", make_question("q"))), id="third")
    before = _launches(tmp_path / "a", package_format, *courses)
    after = _launches(tmp_path / "b", package_format, third, courses[1], courses[0])
    assert len(before) == len(set(before.values())) == 2 * len(courses[0].lessons)
    assert before.items() < after.items()


def _launches(folder: Path, package_format: Format, *courses: Course) -> dict[str, str]:
    """What is launched, by the identifier of its item."""
    made = export_curriculum(
        programme(*courses), package_format=package_format, structure="lessons", folder=folder
    )
    with zipfile.ZipFile(made.path) as package:
        root = fromstring(package.read("imsmanifest.xml"))  # noqa: S314 (our own)
    hrefs = {r.get("identifier", ""): r.get("href", "") for r in root.iterfind(".//{*}resource")}
    return {
        item.get("identifier", ""): hrefs[item.get("identifierref", "")]
        for item in root.iterfind(".//{*}item")
        if item.get("identifierref")
    }


def test_prerequisites_name_the_items_of_their_own_course(
    courses: tuple[Course, Course], tmp_path: Path
) -> None:
    made = export_curriculum(
        programme(*courses), package_format=Format.SCORM12, structure="lessons", folder=tmp_path
    )
    with zipfile.ZipFile(made.path) as package:
        root = fromstring(package.read("imsmanifest.xml"))  # noqa: S314 (our own)
    found = 0
    for course in root.iterfind(".//{*}organization/{*}item"):
        own = {item.get("identifier", "") for item in course.iterfind(".//{*}item")}
        for script in course.iterfind(".//{*}prerequisites"):
            found += 1
            assert any(identifier in str(script.text) for identifier in own)
    assert found


def test_a_format_that_launches_one_course_and_an_empty_curriculum_are_refused(tmp_path: Path) -> None:
    course = whole_course(tmp_path / "course")
    with pytest.raises(UsageError, match="xapi"):
        export_curriculum(programme(course), package_format=Format.XAPI, folder=tmp_path)
    for write in (export_curriculum, export_set):
        with pytest.raises(InputError):
            write(programme(), folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_set_holds_the_courses_own_packages_and_says_so_to_people_and_programs(
    courses: tuple[Course, Course], tmp_path: Path
) -> None:
    made = export_set(programme(*courses[::-1]), package_format=Format.XAPI, folder=tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [
        "smb-institute-curriculum-camp-set-xapi.zip"
    ]
    with zipfile.ZipFile(made.path) as found:
        said = msgspec.json.decode(found.read("set.json"))
        assert [one["course"] for one in said["packages"]] == ["smb-institute/x", "smb/institute-x"]
        assert said["curriculum"]["visits"][0]["industry"] == "C34"
        page = found.read("index.html").decode()
        for course, one in zip(courses[::-1], said["packages"], strict=True):
            own = export(course, package_format=Format.XAPI, folder=tmp_path / "own").path
            assert found.read(one["file"]) == own.read_bytes()
            assert f'href="{one["file"]}"' in page
        for words in ("实地教学", "Site visits", "数字化赋能", "Digital empowerment", "C34"):
            assert words in page
