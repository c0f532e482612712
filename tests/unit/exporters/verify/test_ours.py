"""What we export meets every requirement, in every format, structure and order, for every LMS."""

from pathlib import Path

import msgspec
import pytest

from exporters.export import export
from exporters.presets import LMS, preset
from exporters.verify import verify
from schemas.course import Course, Sequence
from schemas.package import Format, Structure, Verdict


@pytest.mark.parametrize("sequence", list(Sequence))
@pytest.mark.parametrize("structure", ["lessons", "single"])
@pytest.mark.parametrize("kind", list(Format))
def test_every_format(
    whole: Course, kind: Format, structure: Structure, sequence: Sequence, tmp_path: Path
) -> None:
    course = msgspec.structs.replace(whole, sequence=sequence)
    made = export(course, package_format=kind, structure=structure, folder=tmp_path)
    found = verify(made.path)
    assert [f for f in found.findings if f.verdict is not Verdict.PASSED] == []
    assert found.kind is kind


@pytest.mark.parametrize("lms", LMS)
def test_every_lms(whole: Course, lms: str, tmp_path: Path) -> None:
    for kind in preset(lms).formats:
        found = verify(export(whole, package_format=kind, lms=lms, folder=tmp_path).path)
        assert found.verdict is Verdict.PASSED, found.findings
