"""tincan.xml: word for word the fixture; and what cmi5's and xAPI's pages get that others don't."""

import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from exporters.contents import Plan, entries
from exporters.export import export, make_plan
from exporters.pages import course_data
from exporters.presets import LMS, preset
from exporters.verify.model import faults
from exporters.verify.units import TinCan
from exporters.xapi import write_tincan
from schemas.course import Course
from schemas.package import Format, Structure
from schemas.xapi import vocabulary
from tests.support.courses_by_hand import make_course, make_lesson, make_module

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"


def test_the_description_is_the_fixture(whole: Course) -> None:
    written = write_tincan(whole).decode()
    assert written == (FIXTURES / "tincan.xml").read_text(encoding="utf-8")


def test_the_form_is_that_of_the_schema(whole: Course) -> None:
    root = etree.fromstring(write_tincan(whole))
    assert list(faults(root, TinCan.top, TinCan.kinds, TinCan.namespace)) == []
    assert len(TinCan(root).launches) == 1


@pytest.mark.parametrize("asked", ["lessons", "single", None])
def test_one_activity_is_launched_whatever_structure_is_asked_for(
    whole: Course, asked: Structure | None, tmp_path: Path
) -> None:
    made = export(whole, package_format=Format.XAPI, structure=asked, folder=tmp_path)
    assert made.receipt.structure == "single"
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist()[0] == "tincan.xml"
        assert "index.html" in archive.namelist()


def test_the_best_structure_is_that_of_the_format() -> None:
    assert make_plan("generic", Format.CMI5, None).structure == "lessons"
    assert make_plan("ilias", Format.SCORM2004_4, None).structure == "lessons"
    assert make_plan("ilias", Format.CMI5, None).structure == "single"
    assert make_plan("openedx", Format.CMI5, "lessons").structure == "lessons"


@pytest.mark.parametrize("name", LMS)
def test_each_lms_that_takes_them_tells_how(name: str) -> None:
    chosen = preset(name)
    taken = {Format.CMI5, Format.XAPI} & set(chosen.formats)
    assert set(chosen.own) == taken
    for own in chosen.own.values():
        assert own.source
        assert len(own.steps["zh"]) == len(own.steps["en"]) >= 3


def test_only_pages_with_a_store_may_speak_to_other_hosts(whole: Course) -> None:
    for package_format in Format:
        plan = Plan(package_format, "pages" if package_format is Format.HTML else "single")
        pages = [content for name, content in entries(whole, plan) if name.endswith(".html")]
        assert pages
        for page in pages:
            assert isinstance(page, bytes)
            stored = package_format in (Format.CMI5, Format.XAPI)
            assert (b"connect-src 'self' http: https:" in page) is stored
            assert b"default-src 'self'" in page


def test_pages_know_the_iris_of_what_they_report(tmp_path: Path, whole: Course) -> None:
    course = make_course(tmp_path, make_module("m", make_lesson("诊断 1")), objectives=whole.objectives)
    written = course_data(course, structure="single", state_limit=1, iris=True)
    data = json.loads(written.removeprefix(b"globalThis.lingjunCourse = ").removesuffix(b";\n"))
    base = "urn:lingjun:smb-institute:digital-roadmap"
    assert data["iri"] == base
    assert data["modules"][0]["lessons"][0]["iri"] == f"{base}:%E8%AF%8A%E6%96%AD%201"
    assert [objective["iri"] for objective in data["objectives"]] == [
        f"{base}:objective:o1",
        f"{base}:objective:o2",
    ]
    assert b'"iri"' not in course_data(course, structure="single", state_limit=1)


def test_types_are_those_of_the_vocabulary(whole: Course) -> None:
    types = etree.fromstring(write_tincan(whole)).xpath("//@type")
    known = vocabulary().activities
    assert types == [known["course"], *[known["lesson"]] * len(whole.lessons)]
