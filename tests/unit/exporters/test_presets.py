"""LMS presets: complete data, and a clear word where a combination doesn't work."""

from itertools import product

import pytest

from exporters.export import make_plan
from exporters.presets import LMS, STATE_LIMITS, import_steps, preset
from schemas.errors import UsageError
from schemas.package import Format


@pytest.mark.parametrize("name", LMS)
def test_every_preset_is_complete(name: str) -> None:
    found = preset(name)
    assert found.why.zh
    assert found.why.en
    assert found.source
    assert len(found.steps["zh"]) == len(found.steps["en"]) >= 3
    assert all(known in STATE_LIMITS for known in found.formats)
    assert make_plan(name, None, None) == (found.formats[0], found.structure, found.mastery_score)


def test_every_format_has_a_limit_and_works_somewhere() -> None:
    assert set(STATE_LIMITS) == set(Format)
    assert {known for name in LMS for known in preset(name).formats} == set(Format)


@pytest.mark.parametrize(
    ("name", "package_format"),
    [("chamilo", Format.SCORM2004_4), ("moodle", Format.HTML), ("canvas", Format.HTML)],
)
def test_what_an_lms_does_not_take_is_refused_with_what_it_does(name: str, package_format: Format) -> None:
    with pytest.raises(UsageError) as caught:
        make_plan(name, package_format, None)
    for words in (caught.value.message.zh, caught.value.message.en):
        assert package_format.value in words
        assert preset(name).formats[0].value in words
    assert caught.value.exit_status == 2


def test_an_unknown_lms_is_told_what_there_is() -> None:
    with pytest.raises(UsageError, match="moodle"):
        preset("modle")


def test_web_pages_are_plain_pages_whatever_structure_is_asked_for() -> None:
    assert make_plan("generic", Format.HTML, "lessons").structure == "pages"


def test_import_steps_speak_of_the_format() -> None:
    for name, package_format in product(LMS, (Format.SCORM12, Format.HTML)):
        steps = import_steps(preset(name), package_format)
        assert ("index.html" in "".join(steps["en"])) is (package_format is Format.HTML)
