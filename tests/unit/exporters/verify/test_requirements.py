"""Each requirement is met by a good package and failed by one that breaks it and nothing else."""

from pathlib import Path

import pytest

from exporters.verify import requirements, verify
from exporters.verify.rules import RULES
from schemas.package import Format, Verdict
from tests.fixtures.packages.archives import ARCHIVES, BrokenArchive
from tests.fixtures.packages.broken import BROKEN
from tests.fixtures.packages.changes import Broken
from tests.fixtures.packages.good import good, pack


@pytest.mark.parametrize("kind", list(Format))
def test_good_package_meets_every_requirement(kind: Format, tmp_path: Path) -> None:
    found = verify(pack(good(kind), tmp_path / "good.zip"))
    assert [f for f in found.findings if f.verdict is not Verdict.PASSED] == []
    assert (found.kind, found.verdict, found.unjudged) == (kind, Verdict.PASSED, ())
    asked = [r.slug for r in requirements().values() if kind in r.formats]
    assert [f.requirement for f in found.findings] == asked


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case.slug}-{case.kind}")
def test_broken_package_fails_that_requirement_alone(case: Broken, tmp_path: Path) -> None:
    found = verify(pack(case.change(good(case.kind)), tmp_path / "broken.zip"))
    wrong = [f for f in found.findings if f.verdict is not Verdict.PASSED]
    assert {f.requirement for f in wrong} == {case.slug}, wrong
    assert {f.verdict for f in wrong} == {requirements()[case.slug].verdict}
    assert any(case.words in f.where + f.message.en for f in wrong), wrong
    assert all(f.message.zh and f.message.en and f.cure.zh and f.cure.en and f.clause for f in wrong)
    assert not any("{" in f.message.zh + f.message.en + f.cure.zh + f.cure.en for f in wrong)


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.name)
def test_broken_archive_fails_that_requirement_alone(case: BrokenArchive, tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(case.content())
    found = verify(path)
    wrong = [f for f in found.findings if f.verdict is not Verdict.PASSED]
    assert {f.requirement for f in wrong} == {case.slug}, wrong
    assert any(case.words in f.where + f.message.en for f in wrong), wrong


def test_what_was_met_before_a_missing_manifest_stays_told(tmp_path: Path) -> None:
    found = verify(pack({"a.txt": b"a"}, tmp_path / "plain.zip"))
    archive = [s for s in requirements() if s.startswith("archive-") and s != "archive-zip64"]
    assert [f.requirement for f in found.findings] == [*archive, "manifest-at-root"]
    assert [f.verdict for f in found.findings] == [Verdict.PASSED] * len(archive) + [Verdict.FAILED]
    assert found.kind is None
    assert "archive-zip64" in found.unjudged
    assert all(set(requirements()[slug].formats) == set(Format) for slug in found.unjudged)


def test_a_manifest_of_scorm_that_cannot_be_read_leaves_no_other_formats_requirements(tmp_path: Path) -> None:
    found = verify(pack(good(Format.SCORM12) | {"imsmanifest.xml": b"<manifest"}, tmp_path / "cut.zip"))
    assert {f.requirement for f in found.findings if f.verdict is Verdict.PASSED} >= {
        "archive-content",
        "manifest-at-root",
    }
    assert [f.requirement for f in found.findings if f.verdict is Verdict.FAILED] == ["manifest-well-formed"]
    assert "files-present" in found.unjudged
    assert not {"course-structure-root", "tincan-root"} & set(found.unjudged)


def test_damaged_content_leaves_the_archives_other_requirements_passed(tmp_path: Path) -> None:
    case = next(case for case in ARCHIVES if case.slug == "archive-content")
    path = tmp_path / "damaged.zip"
    path.write_bytes(case.content())
    verdicts = {f.requirement: f.verdict for f in verify(path).findings}
    assert verdicts.pop("archive-content") is Verdict.FAILED
    assert set(verdicts.values()) == {Verdict.PASSED}
    assert "archive-records" in verdicts


def test_every_requirement_has_a_failing_example() -> None:
    assert {case.slug for case in (*BROKEN, *ARCHIVES)} == set(requirements())


def test_every_rule_is_in_the_table() -> None:
    gates = {slug for slug in requirements() if slug not in RULES}
    assert set(RULES) <= set(requirements())
    assert gates == {s for s in requirements() if s.startswith("archive-") and s != "archive-zip64"} | {
        "manifest-at-root",
        "manifest-safe",
        "manifest-encoding",
        "manifest-well-formed",
        "manifest-root",
        "course-structure-root",
        "tincan-root",
    }
