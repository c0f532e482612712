"""A course becomes a package: complete, the same every time, and honest about what it couldn't hold."""

import json
import os
import subprocess
import sys
import zipfile
from itertools import product
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from exporters.export import export
from exporters.presets import STATE_LIMITS
from exporters.receipt import encode_receipt
from schemas.course import Course
from schemas.errors import InputError, MachineError
from schemas.identifiers import ascii_name
from schemas.package import Format, Receipt, Structure
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question

SCORM = (Format.SCORM12, Format.SCORM2004_3, Format.SCORM2004_4)
STRUCTURES: tuple[Structure, ...] = ("lessons", "single")


@pytest.mark.parametrize(("package_format", "structure"), [*product(SCORM, STRUCTURES)])
def test_every_file_is_listed_and_every_listed_file_is_there(
    whole: Course, tmp_path: Path, package_format: Format, structure: Structure
) -> None:
    made = export(whole, package_format=package_format, structure=structure, folder=tmp_path / "out")
    with zipfile.ZipFile(made.path) as package:
        names = package.namelist()
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
    assert names[0] == "imsmanifest.xml"
    control = {name for name in names if name.endswith((".xsd", ".dtd"))}
    listed = [element.attrib["href"] for element in manifest.iter("{*}file")]
    assert set(listed) == set(names) - control - {"imsmanifest.xml"}
    assert {"course.js", "receipt.json", "player/player.css"} <= set(listed)
    location = manifest.attrib["{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"].split()
    assert set(location[1::2]) <= control
    launched = [
        element.attrib["href"] for element in manifest.iter("{*}resource") if "href" in element.attrib
    ]
    assert set(launched) <= set(listed)
    assert not any("unused" in name for name in names)


@pytest.mark.parametrize("package_format", Format)
def test_names_in_the_archive_are_plain_whatever_the_authors_are(
    whole: Course, tmp_path: Path, package_format: Format
) -> None:
    made = export(whole, package_format=package_format, folder=tmp_path / "out")
    assert made.path.name == f"smb-institute-digital-roadmap-{package_format.value}.zip"
    with zipfile.ZipFile(made.path) as package:
        for name in package.namelist():
            assert name.isascii()
            assert " " not in name
            assert Path(name).stem.upper() != "CON"
        picture = next(asset for asset in whole.assets if "🏭" in asset.source)
        assert package.read(picture.path) == (whole.root / picture.source).read_bytes()


def test_the_receipt_says_what_is_in_the_package(whole: Course, tmp_path: Path) -> None:
    made = export(
        whole, package_format=Format.SCORM12, lms="moodle", folder=tmp_path, generator="lingjun 1.2.3"
    )
    with zipfile.ZipFile(made.path) as package:
        infos = package.infolist()
        content = package.read("receipt.json")
    assert infos[-1].filename == "receipt.json"
    assert msgspec.json.decode(content, type=Receipt) == made.receipt
    assert content == encode_receipt(made.receipt)
    told = json.loads(content)
    assert told["files"] == len(infos)
    assert told["content_bytes"] == sum(info.file_size for info in infos[:-1])
    assert (told["lessons"], told["questions"]) == (3, 4)
    assert told["course"] == "smb-institute/digital-roadmap"
    assert told["source_sha256"] == whole.source_hash
    assert told["generator"] == "lingjun 1.2.3"
    assert (told["lms"], told["structure"], told["state_limit"]) == ("moodle", "single", 4096)
    assert made.size == made.path.stat().st_size


def test_moodle_gets_no_mastery_score(whole: Course, tmp_path: Path) -> None:
    """Moodle would fail whoever leaves half-way."""
    for lms, expected in (("moodle", False), ("generic", True)):
        made = export(whole, package_format=Format.SCORM12, lms=lms, folder=tmp_path)
        with zipfile.ZipFile(made.path) as package:
            assert (b"masteryscore" in package.read("imsmanifest.xml")) is expected


PROGRAM = """
import hashlib, sys
from pathlib import Path
from exporters.export import export
from schemas.package import Format
from tests.support.courses_by_hand import whole_course
folder = Path(sys.argv[1])
course = whole_course(folder / "course")
for package_format in Format:
    print(hashlib.sha256(export(course, package_format=package_format, folder=folder).path.read_bytes()).hexdigest())
"""


def test_packages_are_the_same_whatever_the_machine_says(tmp_path: Path) -> None:
    """Other time zone, locale, hash seed, umask and file times; the same bytes."""
    found = []
    for number, surroundings in enumerate(
        (
            {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
        )
    ):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / str(number))],
            env=os.environ | surroundings,
            umask=0o077 * number,
            capture_output=True,
            check=True,
            text=True,
        )
        found.append(done.stdout.split())
    assert found[0] == found[1]
    assert len(set(found[0])) == len(Format)


def test_open_questions_are_told_in_scorm_12_alone(whole: Course, tmp_path: Path) -> None:
    for package_format in Format:
        made = export(whole, package_format=package_format, folder=tmp_path)
        told = [note for note in made.notes if note.code == "essay-not-recorded"]
        assert [note.place.file for note in told] == (["03.md"] if package_format is Format.SCORM12 else [])


def test_long_and_broken_titles_are_told_where_they_stand(whole: Course, tmp_path: Path) -> None:
    first, second = whole.modules
    bad = msgspec.structs.replace(second.lessons[0], title="长" * 250 + "\x07")
    course = msgspec.structs.replace(whole, modules=(first, msgspec.structs.replace(second, lessons=(bad,))))
    made = export(course, package_format=Format.SCORM2004_4, structure="lessons", folder=tmp_path)
    assert [(note.code, note.place) for note in made.notes] == [
        ("title-shortened", bad.place),
        ("title-control-characters", bad.place),
    ]
    single = export(course, package_format=Format.SCORM2004_4, structure="single", folder=tmp_path)
    assert single.notes == ()


def test_a_course_whose_records_an_lms_could_lose_is_refused(tmp_path: Path) -> None:
    """Better no package than one that forgets: what was exported before stays."""
    questions = [make_question(f"q{number}", attempts=0) for number in range(500)]
    course = make_course(tmp_path, make_module("m", make_lesson("a"), make_lesson("b", *questions)))
    kept = tmp_path / "smb-institute-digital-roadmap-scorm12.zip"
    kept.write_bytes(b"before")
    with pytest.raises(InputError) as caught:
        export(course, package_format=Format.SCORM12, structure="single", folder=tmp_path)
    [told] = caught.value.diagnostics
    assert told.code == "state-over-limit"
    assert str(STATE_LIMITS[Format.SCORM12]) in told.message.zh
    assert kept.read_bytes() == b"before"
    assert export(course, package_format=Format.SCORM2004_3, folder=tmp_path).size


def test_prerequisites_without_room_are_told(tmp_path: Path) -> None:
    lessons = [make_lesson(f"a-rather-long-name-of-lesson-{number}") for number in range(9)]
    late = make_lesson("last")
    course = make_course(
        tmp_path, make_module("m1", *lessons), make_module("m2", late, prerequisites=("m1",))
    )
    made = export(course, package_format=Format.SCORM12, structure="lessons", folder=tmp_path)
    assert [(note.code, note.place) for note in made.notes] == [("prerequisites-cut", late.place)]


def test_a_course_of_one_lesson(tmp_path: Path) -> None:
    course = make_course(tmp_path, make_module("m", make_lesson("唯一的一课")))
    for package_format, structure in product(Format, STRUCTURES):
        made = export(course, package_format=package_format, structure=structure, folder=tmp_path)
        with zipfile.ZipFile(made.path) as package:
            assert f"{ascii_name('唯一的一课')}.html" in package.namelist()


def test_an_output_folder_that_is_a_file_is_told(whole: Course, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(MachineError, match="out"):
        export(whole, folder=tmp_path / "out")
