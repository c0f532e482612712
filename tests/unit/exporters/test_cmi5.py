"""cmi5.xml: word for word the fixtures, and true to the course whatever its names and rules are."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from exporters.cmi5 import NAMESPACE, write_course_structure
from exporters.export import export
from exporters.iris import lesson_iri, module_iri
from exporters.verify.model import faults
from exporters.verify.units import CourseStructure
from schemas.course import Course, PassRule, Sequence
from schemas.package import Format, Structure
from schemas.text import Text
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"
STRUCTURES: tuple[Structure, ...] = ("lessons", "single")
NS = {"c": NAMESPACE}


def root_of(course: Course, structure: Structure = "lessons") -> etree._Element:
    return etree.fromstring(write_course_structure(course, structure))


def found(root: etree._Element, path: str) -> list[str]:
    values = root.xpath(path, namespaces=NS)
    assert isinstance(values, list)
    return [str(value) for value in values]


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_structure_is_the_fixture(whole: Course, structure: Structure) -> None:
    written = write_course_structure(whole, structure).decode()
    assert written == (FIXTURES / f"cmi5-{structure}.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("passing", [PassRule(), PassRule(score=2 / 3, lessons=0.7), PassRule(score=0)])
def test_the_form_is_that_of_the_schema(whole: Course, structure: Structure, passing: PassRule) -> None:
    root = root_of(msgspec.structs.replace(whole, passing=passing), structure)
    kinds = CourseStructure.kinds
    assert list(faults(root, CourseStructure.top, kinds, CourseStructure.namespace)) == []


def test_a_unit_is_passed_where_it_has_a_score_to_reach(whole: Course) -> None:
    course = msgspec.structs.replace(whole, passing=PassRule(score=2 / 3))
    root = root_of(course)
    assert found(root, "//c:au/@moveOn") == ["CompletedAndPassed", "CompletedAndPassed", "Completed"]
    assert found(root, "//c:au/@masteryScore") == ["0.6666", "0.6666"]  # never more than the course asks for
    assert found(root_of(course, "single"), "//c:au/@moveOn") == ["CompletedAndPassed"]
    unscored = msgspec.structs.replace(whole, passing=PassRule())
    for structure in STRUCTURES:
        assert set(found(root_of(unscored, structure), "//c:au/@moveOn")) == {"Completed"}
        assert found(root_of(unscored, structure), "//c:au/@masteryScore") == []


def test_no_score_is_asked_where_none_can_be_won(tmp_path: Path) -> None:
    course = make_course(tmp_path, make_module("m", make_lesson("a")), passing=PassRule(score=0.8))
    for structure in STRUCTURES:
        assert found(root_of(course, structure), "//c:au/@moveOn") == ["Completed"]


def test_addresses_are_entries_literally(whole: Course, tmp_path: Path) -> None:
    import zipfile

    for structure in STRUCTURES:
        made = export(
            whole, package_format=Format.CMI5, structure=structure, folder=tmp_path, generator="test"
        )
        with zipfile.ZipFile(made.path) as archive:
            names = archive.namelist()
            root = etree.fromstring(archive.read("cmi5.xml"))
        assert names[0] == "cmi5.xml"
        assert set(found(root, "//c:url/text()")) <= set(names)
        assert all(name.isascii() for name in names)


def test_words_are_in_every_language_that_there_is(tmp_path: Path) -> None:
    lesson = make_lesson("a")
    both = make_course(tmp_path, make_module("m", lesson), title=Text("课程", "Course"))
    title = "//c:course/c:title/c:langstring"
    assert found(root_of(both), f"{title}/@lang") == ["zh-CN", "en"]
    english = msgspec.structs.replace(both, language="en-GB")
    assert found(root_of(english), f"{title}/@lang") == ["en-GB", "zh-CN"]
    assert found(root_of(english), f"{title}/text()") == ["Course", "课程"]
    assert found(root_of(english), "//c:au/c:title/c:langstring/@lang") == ["en-GB"]
    nothing = msgspec.structs.replace(both, title=Text("\x00"))
    assert found(root_of(nothing), f"{title}/text()") == ["digital-roadmap"]


def test_a_lesson_is_described_by_its_first_sentence(tmp_path: Path) -> None:
    texts = ["先看“量”。再看“质”。", "Look at 3.5 first. Then on.", "长" * 200, ""]
    lessons = [make_lesson(f"l{number}", text=text) for number, text in enumerate(texts)]
    root = root_of(make_course(tmp_path, make_module("m", *lessons)))
    described = found(root, "//c:au/c:description/c:langstring/text()")
    assert described == ["先看“量”。", "Look at 3.5 first.", "长" * 119 + "…", "第 l3 课"]


def test_identifiers_survive_moving_and_renaming(whole: Course) -> None:
    first, second = whole.modules
    moved = msgspec.structs.replace(
        whole,
        modules=(
            msgspec.structs.replace(second, title="改名", prerequisites=()),
            msgspec.structs.replace(first, lessons=first.lessons[::-1]),
        ),
    )
    assert sorted(found(root_of(whole), "//@id")) == sorted(found(root_of(moved), "//@id"))
    units = set(found(root_of(whole, "single"), "//@id")) & set(found(root_of(whole), "//c:au/@id"))
    assert units == set()  # a course and its lessons are different things to an LMS


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(st.lists(NAMES, min_size=2, max_size=2, unique=True))
def test_identifiers_are_ascii_absolute_and_never_shared(names: list[str]) -> None:
    one, other = (make_lesson("x", id=name) for name in names)
    course = make_course(Path(), make_module(names[0], one, other))
    iris = [lesson_iri(course, one), lesson_iri(course, other), module_iri(course, course.modules[0])]
    assert len(set(iris)) == 3
    for iri in iris:
        assert iri.isascii()
        assert iri.startswith("urn:lingjun:smb-institute:digital-roadmap:")
        assert iri == iri.strip()
        assert not set('<>"{}|\\^` ') & set(iri)


def test_what_cmi5_cannot_hold_is_told(whole: Course, tmp_path: Path) -> None:
    def notes(course: Course, structure: Structure) -> list[str]:
        made = export(course, package_format=Format.CMI5, structure=structure, folder=tmp_path)
        return [note.code for note in made.notes]

    linear = msgspec.structs.replace(
        whole, sequence=Sequence.LINEAR, passing=PassRule(score=0.8, lessons=0.5)
    )
    assert notes(linear, "lessons") == ["score-per-lesson", "order-not-kept", "every-lesson-required"]
    assert notes(linear, "single") == []
    free = make_course(tmp_path, make_module("m", make_lesson("a", make_question("q"))))
    assert notes(free, "lessons") == []
