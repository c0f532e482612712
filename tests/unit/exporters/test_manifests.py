"""Manifests: valid by the schemas that packages ship, and word for word those in tests/fixtures/manifests."""

import copy
from itertools import product
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from exporters.contents import MANIFEST, Plan, entries
from schemas.course import Course, PassRule, Sequence
from schemas.package import Format, Structure
from schemas.text import Text
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question
from tests.support.schemas import schema

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"
SCORM = (Format.SCORM12, Format.SCORM2004_3, Format.SCORM2004_4)
STRUCTURES: tuple[Structure, ...] = ("lessons", "single")


def manifest_of(course: Course, package_format: Format, structure: Structure = "lessons") -> bytes:
    name, content = next(entries(course, Plan(package_format, structure)))
    assert name == MANIFEST
    assert isinstance(content, bytes)
    return content


def root_of(course: Course, package_format: Format, structure: Structure = "lessons") -> etree._Element:
    return etree.fromstring(manifest_of(course, package_format, structure))


def values(root: etree._Element, path: str) -> list[str]:
    """XPath over a manifest without its namespaces: `//item/@identifier`, `//masteryscore/text()`."""
    bare = copy.deepcopy(root)
    for element in bare.iter(etree.Element):
        element.tag = etree.QName(element).localname
    found = bare.xpath(path)
    assert isinstance(found, list)
    return [str(one) for one in found]


@pytest.mark.parametrize(("package_format", "structure"), [*product(SCORM, STRUCTURES)])
def test_manifest_is_the_fixture(whole: Course, package_format: Format, structure: Structure) -> None:
    written = manifest_of(whole, package_format, structure).decode()
    assert written == (FIXTURES / f"{package_format.value}-{structure}.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("package_format", [Format.SCORM12, Format.SCORM2004_4])
def test_linear_manifest_is_the_fixture(whole: Course, package_format: Format) -> None:
    linear = msgspec.structs.replace(whole, sequence=Sequence.LINEAR)
    written = manifest_of(linear, package_format).decode()
    assert written == (FIXTURES / f"{package_format.value}-linear.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("package_format", "structure", "sequence"), [*product(SCORM, STRUCTURES, Sequence)])
@pytest.mark.parametrize("passing", [PassRule(), PassRule(score=2 / 3, lessons=0.7)])
def test_manifest_is_valid(
    whole: Course, package_format: Format, structure: Structure, sequence: Sequence, passing: PassRule
) -> None:
    course = msgspec.structs.replace(whole, sequence=sequence, passing=passing)
    schema(package_format).assertValid(root_of(course, package_format, structure))


def test_the_schemas_refuse_what_is_wrong(whole: Course) -> None:
    """Or the test above would prove nothing."""
    for package_format, broken in product(SCORM, (b"isvisible", b"identifierref", b"<title>")):
        manifest = manifest_of(whole, package_format).replace(
            broken, b"<wrong>" if broken[:1] == b"<" else b"wrong"
        )
        manifest = manifest.replace(b"</title>", b"</wrong>") if broken == b"<title>" else manifest
        assert not schema(package_format).validate(etree.fromstring(manifest)), (package_format, broken)


@pytest.mark.parametrize("package_format", SCORM)
def test_titles_that_xml_cannot_hold_are_cleaned_and_cut(whole: Course, package_format: Format) -> None:
    course = msgspec.structs.replace(whole, title=Text("甲\x00\x0b\x1b乙 \n丙\ufffe" + "长" * 300))
    root = root_of(course, package_format)
    title = values(root, "//organization/title/text()")[0]
    assert title.startswith("甲乙 丙长")
    assert len(title) == 200
    assert title.endswith("…")
    schema(package_format).assertValid(root)


def test_a_title_of_nothing_visible_is_the_identifier(whole: Course) -> None:
    course = msgspec.structs.replace(whole, title=Text("\x01 \x02"))
    assert values(root_of(course, Format.SCORM12), "//organization/title/text()") == ["digital-roadmap"]


@pytest.mark.parametrize("package_format", SCORM)
def test_identifiers_survive_moving_and_renaming(whole: Course, package_format: Format) -> None:
    """Lessons swap places and modules, everything gets another title: no identifier changes."""

    def renamed(lessons: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(msgspec.structs.replace(lesson, title="新标题") for lesson in reversed(lessons))

    first, second = whole.modules
    moved = msgspec.structs.replace(
        whole,
        modules=(
            msgspec.structs.replace(
                second, lessons=renamed((*second.lessons, first.lessons[1])), prerequisites=()
            ),
            msgspec.structs.replace(first, title="改名", lessons=renamed(first.lessons[:1])),
        ),
    )
    before, after = (root_of(course, package_format) for course in (whole, moved))
    for path in ("//item/@identifier", "//resource/@identifier", "//item/@identifierref"):
        assert sorted(values(before, path)) == sorted(values(after, path))
    assert values(before, "/manifest/@identifier") == values(after, "/manifest/@identifier")


def test_identifiers_are_unique_and_plain(whole: Course) -> None:
    for package_format, structure in product(SCORM, STRUCTURES):
        found = values(root_of(whole, package_format, structure), "//@identifier")
        assert len(found) == len(set(found))
        assert all(name.isascii() and name[0].isalpha() for name in found)


def test_the_starting_sco_stands_first_among_resources(whole: Course) -> None:
    """Open edX launches the first resource with an address."""
    assert values(root_of(whole, Format.SCORM12), "//resource/@href")[0] == "x-40ff6300.html"
    assert values(root_of(whole, Format.SCORM2004_3, "single"), "//resource/@href") == ["index.html"]


def test_prerequisites_keep_the_nearest_lessons_where_room_ends(tmp_path: Path) -> None:
    lessons = [make_lesson(f"a-rather-long-name-of-lesson-{number}") for number in range(9)]
    course = make_course(
        tmp_path,
        make_module("m1", *lessons),
        make_module("m2", make_lesson("last"), prerequisites=("m1",)),
    )
    script = values(root_of(course, Format.SCORM12), "//prerequisites/text()")[0]
    assert len(script) <= 200
    assert script.endswith("&lesson-a-rather-long-name-of-lesson-8")
    assert "lesson-4" in script
    assert "lesson-1" not in script


def test_measures_weigh_what_points_weigh(tmp_path: Path) -> None:
    """The organization's measure, rolled up as SN RB.1.1 says, is points won by points possible."""
    points = {"m1": (4.0, 2.0), "m2": (1.0,), "m3": (0.0,)}
    course = make_course(
        tmp_path,
        *(
            make_module(
                name,
                *(
                    make_lesson(
                        f"{name}-{number}",
                        *([make_question(f"{name}{number}", points=worth)] if worth else []),
                    )
                    for number, worth in enumerate(worths)
                ),
            )
            for name, worths in points.items()
        ),
        passing=PassRule(score=0.6),
    )
    root = root_of(course, Format.SCORM2004_4)
    scores = {"lesson-m1-0": 0.5, "lesson-m1-1": 1.0, "lesson-m2-0": 0.0}

    def measure(element: etree._Element) -> float:
        inner = [child for child in element if str(child.tag).endswith("}item")]
        if not inner:
            return scores.get(element.attrib["identifier"], 0.0)
        weights = [
            float(values(child, "./sequencing/rollupRules/@objectiveMeasureWeight")[0]) for child in inner
        ]
        rolled = sum(weight * measure(child) for weight, child in zip(weights, inner, strict=True))
        return rolled / sum(weights) if sum(weights) else 0.0

    organization = root.find(".//{*}organization")
    assert organization is not None
    assert measure(organization) == pytest.approx((2 + 2 + 0) / 7, abs=2e-4)
    assert values(root, "//organization/sequencing/objectives/primaryObjective/@satisfiedByMeasure") == [
        "true"
    ]


def test_each_global_objective_has_one_writer(whole: Course) -> None:
    linear = msgspec.structs.replace(whole, sequence=Sequence.LINEAR)
    for course, structure in product((whole, linear), STRUCTURES):
        root = root_of(course, Format.SCORM2004_4, structure)
        writers = values(root, "//mapInfo[@writeSatisfiedStatus='true']/@targetObjectiveID")
        assert writers
        assert len(writers) == len(set(writers))


def test_no_score_is_asked_where_none_can_be_won(tmp_path: Path) -> None:
    course = make_course(tmp_path, make_module("m", make_lesson("a")), passing=PassRule(score=0.8))
    for structure in STRUCTURES:
        assert b"masteryscore" not in manifest_of(course, Format.SCORM12, structure)
        assert b"minNormalizedMeasure" not in manifest_of(course, Format.SCORM2004_4, structure)


def test_a_share_of_the_lessons_completes_the_course(tmp_path: Path) -> None:
    course = make_course(tmp_path, make_module("m", make_lesson("a")), passing=PassRule(lessons=2 / 3))
    single = root_of(course, Format.SCORM2004_3, "single")
    assert values(single, "//completionThreshold/text()") == ["0.6666"]
    fourth = root_of(course, Format.SCORM2004_4, "single")
    assert values(fourth, "//completionThreshold/@minProgressMeasure") == ["0.6666"]
    lessons = root_of(course, Format.SCORM2004_3)
    assert values(lessons, "//rollupRule/@minimumPercent") == ["0.6666", "0.6666"]
    assert values(lessons, "//completionThreshold/text()") == ["1"]
