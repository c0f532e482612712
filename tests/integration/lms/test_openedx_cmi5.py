"""Open edX's cmi5 importer takes every cmi5 package, finds the course and its units, and what it launches is there."""

import json
import logging
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import etree

from exporters.cmi5 import NAMESPACE
from exporters.verify import verify
from schemas.course import Course
from schemas.package import Format, Structure, Verdict
from tests.integration.lms.conftest import Pack
from tests.integration.lms.openedx import take
from tests.integration.lms.openedx_cmi5 import importer

pytestmark = pytest.mark.lms


@pytest.mark.parametrize("structure", ["lessons", "single"])
def test_a_package_is_taken_and_its_units_are_found(
    courses: list[Course],
    pack: Pack,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    structure: Structure,
) -> None:
    caplog.set_level(logging.WARNING)
    for course in courses:
        block = importer(tmp_path / "media", f"{course.id}-{structure}")
        take(block, pack(course, Format.CMI5, structure))
        assert caplog.messages == []
        assert block.course_data["course_id"] == f"urn:lingjun:{course.institution}:{course.id}"
        assert block.course_data["title"] == course.name
        assert block.course_data["description"]
        units = [(unit["url"], unit["title"], unit["launch_method"]) for unit in block.au_urls]
        lessons = [(lesson.page, " ".join(lesson.title.split()), "AnyWindow") for lesson in course.lessons]
        whole = [("index.html", course.name, "AnyWindow")]
        assert units == (lessons if structure == "lessons" else whole)
        assert block.index_page_path == units[0][0]
        for url, _, _ in units:
            page = block.storage.open(f"{block.extract_folder_path}/{url}").read().decode()
            assert 'src="player/cmi5.js"' in page


def test_a_launch_brings_every_parameter(courses: list[Course], pack: Pack, tmp_path: Path) -> None:
    course = courses[0]
    block = importer(tmp_path / "media")
    take(block, pack(course, Format.CMI5, "single"))
    (unit,) = block.launch_all_au_urls
    address = urlsplit(unit["url"])
    assert address.path.endswith("/index.html")
    query = dict(parse_qsl(address.query, keep_blank_values=True))
    assert set(query) >= {"endpoint", "fetch", "actor", "registration", "activityId"}
    assert query["activityId"] == block.course_data["course_id"]
    template = block.get_launch_state_data()["contextTemplate"]
    assert template["registration"] == query["registration"]
    assert json.dumps(template)


def test_the_importer_does_refuse_a_package_without_its_structure(
    courses: list[Course], pack: Pack, tmp_path: Path
) -> None:
    """Or the tests above would prove nothing."""
    from openedx_cmi5_xblock.openedx_cmi5_xblock import CMI5Error

    with pytest.raises(CMI5Error, match=r"cmi5\.xml"):
        take(importer(tmp_path / "media"), pack(courses[0], Format.XAPI, "single"))


def test_prefixes_are_as_the_importer_reads_them(courses: list[Course], pack: Pack, tmp_path: Path) -> None:
    """It looks for the default namespace alone."""
    block = importer(tmp_path / "media")
    take(block, pack(courses[0], Format.CMI5, "lessons"))
    root = etree.fromstring(block.storage.open(f"{block.extract_folder_path}/cmi5.xml").read())
    assert root.nsmap == {None: NAMESPACE}


@pytest.mark.parametrize("package_format", [Format.CMI5, Format.XAPI])
@pytest.mark.parametrize("structure", ["lessons", "single"])
def test_every_course_is_a_sound_package(
    courses: list[Course], pack: Pack, package_format: Format, structure: Structure
) -> None:
    for course in courses:
        found = verify(pack(course, package_format, structure))
        assert found.kind is package_format
        assert [one for one in found.findings if one.verdict is not Verdict.PASSED] == []


def test_what_the_component_records(courses: list[Course], pack: Pack, tmp_path: Path) -> None:
    """Statements one at a time by PUT, with an English name for the verb. Our player sends them in batches by POST, as
    xAPI allows: that is why the preset warns. When this test fails, the component has learnt more and the warning goes.
    """
    block = importer(tmp_path / "media")
    from webob import (
        Request,
    )  # its libraries are imported by now: they warn of modules that Python has deprecated

    take(block, pack(courses[0], Format.CMI5, "single"))
    passed = {
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed", "display": {"en": "passed"}},
        "result": {"score": {"scaled": 0.9}},
    }

    def send(method: str, query: str, body: object) -> int:
        request = Request.blank(
            f"/handler/lrs_endpoint{query}", method=method, body=json.dumps(body).encode()
        )
        status: int = block.lrs_endpoint(request, "").status_code
        return status

    assert send("POST", "", [passed]) == 200
    assert (block.lesson_status, block.lesson_score) == ("unknown", 0)
    assert send("PUT", "?statementId=1", {**passed, "verb": {"display": {"en-US": "passed"}}}) == 204
    assert block.lesson_status == "unknown"
    assert send("PUT", "?statementId=1", passed) == 204
    assert (block.lesson_status, block.lesson_score) == ("passed", 0.9)
