"""Open edX's importer takes every package, without a warning of its own, and finds what to launch."""

import logging
import re
import zipfile
from itertools import product
from pathlib import Path

import pytest

from schemas.course import Course
from schemas.package import Format, Structure
from tests.integration.lms.conftest import Pack
from tests.integration.lms.openedx import importer, take

pytestmark = pytest.mark.lms

SCORM = (Format.SCORM12, Format.SCORM2004_3, Format.SCORM2004_4)
STRUCTURES: tuple[Structure, ...] = ("lessons", "single")


@pytest.mark.parametrize(("package_format", "structure"), [*product(SCORM, STRUCTURES)])
def test_a_package_is_taken_without_a_warning(
    courses: list[Course],
    pack: Pack,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    package_format: Format,
    structure: Structure,
) -> None:
    caplog.set_level(logging.WARNING)
    for course in courses:
        block = importer(tmp_path / "media", f"{course.id}-{structure}")
        take(block, pack(course, package_format, structure))
        assert block.package_warnings == []
        assert block.get_package_warning_messages() == []
        assert caplog.messages == []
        assert block.scorm_version == ("SCORM_12" if package_format is Format.SCORM12 else "SCORM_2004")
        start = "index.html" if structure == "single" else course.lessons[0].page
        assert block.index_page_path == start
        page = block.storage.open(f"{block.extract_folder_path}/{start}").read().decode()
        assert "<main" in page
        assert menu(block.navigation_menu) == titles(course, structure)


def menu(html: str) -> list[str]:
    """The words of the menu that Open edX shows (it doesn't escape titles: compare with white space and tags gone)."""
    return [
        " ".join(re.sub("<[^>]*>", "", text).split())
        for text in re.findall(r"class='navigation-title(?:-header)?'>(.*?)</li>", html, re.DOTALL)
    ]


def titles(course: Course, structure: Structure) -> list[str]:
    lessons = [
        title
        for module in course.modules
        for title in (module.title, *(lesson.title for lesson in module.lessons))
    ]
    found = [course.name, *(lessons if structure == "lessons" else [course.name])]
    return [" ".join(re.sub("<[^>]*>", "", title).split()) for title in found]


def test_the_importer_does_warn_of_a_package_that_reports_nothing(
    courses: list[Course], pack: Pack, tmp_path: Path
) -> None:
    """Or the test above would prove nothing."""
    package = pack(courses[0], Format.SCORM12, "single")
    silent = tmp_path / "silent.zip"
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(silent, "w") as new:
        for info in old.infolist():
            if not info.filename.startswith("player/"):
                new.writestr(info, old.read(info))
    block = importer(tmp_path / "media", "silent")
    take(block, silent)
    assert block.package_warnings == ["no_completion_status"]
