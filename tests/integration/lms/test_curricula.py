"""LMSs take a curriculum's package: every course in its place in the contents, every page found, each course judged alone."""

import logging
from pathlib import Path
from typing import Any

import msgspec
import pytest
from scormhost.config import HostSettings
from scormhost.packages import extract_scorm_zip
from scormhost.storage import PackageStore

from exporters.combined import entries, export_curriculum, place, prefix
from exporters.contents import Plan
from schemas.course import Course, PassRule, Sequence
from schemas.package import Format, Structure
from tests.integration.lms import openedx, openedx_cmi5
from tests.integration.lms.test_openedx import menu, titles
from tests.integration.lms.test_sequencing import choose, play_manifest, report
from tests.support.courses_by_hand import make_course, make_lesson, make_module, make_question
from tests.support.programmes import programme

pytestmark = pytest.mark.lms
STRUCTURES: tuple[Structure, ...] = ("lessons", "single")


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("package_format", [Format.SCORM12, Format.SCORM2004_4])
def test_importers_find_every_course_and_page(
    courses: list[Course],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    package_format: Format,
    structure: Structure,
) -> None:
    caplog.set_level(logging.WARNING)
    three = courses[:3]
    made = export_curriculum(
        programme(*three), package_format=package_format, structure=structure, folder=tmp_path
    )
    block = openedx.importer(tmp_path / "media", "camp")
    openedx.take(block, made.path)
    assert (block.package_warnings, caplog.messages) == ([], [])
    pages = [
        place(course) + page
        for course in three
        for page in (["index.html"] if structure == "single" else [one.page for one in course.lessons])
    ]
    assert block.index_page_path == pages[0]
    entitled = [titles(course, structure) for course in three]
    wanted = [title for found in entitled for title in (found if structure == "lessons" else found[:1])]
    assert menu(block.navigation_menu) == ["主题特训营", *wanted]
    store = PackageStore(HostSettings.from_env(tmp_path / "data"))
    name = extract_scorm_zip(store, made.path.read_bytes(), made.path.name)
    assert [launch["href"] for launch in store.load_meta(name)["manifest"]["launches"]] == pages
    assert all((store.package_root(name) / page).is_file() for page in pages)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_cmi5_units_keep_the_identifiers_of_their_courses(
    courses: list[Course], tmp_path: Path, caplog: pytest.LogCaptureFixture, structure: Structure
) -> None:
    caplog.set_level(logging.WARNING)
    made = export_curriculum(
        programme(*courses[:3]), package_format=Format.CMI5, structure=structure, folder=tmp_path
    )
    block = openedx_cmi5.importer(tmp_path / "media", "camp")
    openedx.take(block, made.path)
    assert caplog.messages == []
    assert block.course_data["course_id"] == "urn:lingjun:smb-institute:curriculum.camp"
    pages = [
        place(course) + page
        for course in courses[:3]
        for page in (["index.html"] if structure == "single" else [one.page for one in course.lessons])
    ]
    assert [unit["url"] for unit in block.au_urls] == pages


def _course(root: Path, name: str, **changes: Any) -> Course:
    lessons = [make_lesson(f"{name}{n}", make_question(f"{name}q{n}")) for n in (1, 2)]
    return make_course(root, make_module("m", *lessons), id=name, passing=PassRule(score=0.8), **changes)


@pytest.mark.parametrize("package_format", [Format.SCORM2004_3, Format.SCORM2004_4])
def test_each_course_has_its_own_order_and_score(tmp_path: Path, package_format: Format) -> None:
    """A linear course opens lesson by lesson without a look at the other; the whole is passed when both are."""
    first, second = _course(tmp_path, "a", sequence=Sequence.LINEAR), _course(tmp_path, "b")
    _, manifest = next(iter(entries(programme(first, second), Plan(package_format, "lessons"))))

    def of(course: Course, lesson: str) -> dict[str, Any]:
        return choose(f"{prefix(course)}lesson-{lesson}")

    done = report("completed", "passed", 1, 1.0)
    steps = [
        (of(second, "b2"), True),
        (done, True),
        (of(first, "a2"), False),
        (of(first, "a1"), True),
        (done, True),
        (of(first, "a2"), True),
        (done, True),
    ]
    half = play_manifest(manifest, *(step for step, _ in steps))
    assert half["results"] == [expected for _, expected in steps]
    assert half["root"]["completionStatus"] != "completed"
    whole = play_manifest(manifest, *(step for step, _ in steps), of(second, "b1"), done)
    assert (whole["root"]["objectiveSatisfiedStatus"], whole["root"]["completionStatus"]) == (
        True,
        "completed",
    )
    failed = play_manifest(
        manifest, *(step for step, _ in steps), of(second, "b1"), report("completed", "failed", 1, 0.0)
    )
    assert failed["root"]["objectiveSatisfiedStatus"] is not True


def test_a_course_without_questions_takes_nothing_from_the_score(tmp_path: Path) -> None:
    plain = make_course(tmp_path, make_module("m", make_lesson("x")), id="plain", passing=PassRule())
    scored = msgspec.structs.replace(_course(tmp_path, "a"))
    _, manifest = next(iter(entries(programme(plain, scored), Plan(Format.SCORM2004_4, "lessons"))))
    steps = [choose(f"{prefix(plain)}lesson-x"), report("completed", "passed", 1)]
    for lesson in ("a1", "a2"):
        steps += [choose(f"{prefix(scored)}lesson-{lesson}"), report("completed", "passed", 1, 1.0)]
    played = play_manifest(manifest, *steps)
    assert all(played["results"])
    assert played["root"]["objectiveNormalizedMeasure"] == pytest.approx(1)
