"""What `--json` prints: shapes that a program can rely on, each field of them documented."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from catalog.cli.check import CheckReport
from exporters.verify import Verification
from schemas.diagnostics import Diagnostic
from schemas.package import Receipt
from schemas.text import Text
from tests.unit.catalog.cli.conftest import ROOT, Lingjun, write_course

_PROBLEMS = "![图](gone.png)\n\n＃ 小结\n"


class ExportedPackage(msgspec.Struct, forbid_unknown_fields=True):
    """As docs/commands.md has it."""

    path: str
    size: int
    receipt: Receipt
    notes: list[Diagnostic]


class ExportedCourse(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    packages: list[ExportedPackage]
    diagnostics: list[Diagnostic]
    failure: Text


class ExportReport(msgspec.Struct, forbid_unknown_fields=True):
    courses: list[ExportedCourse]
    failure: Text


class DoctorFinding(msgspec.Struct, forbid_unknown_fields=True):
    ok: bool
    what: str
    cure: str


class DoctorReport(msgspec.Struct, forbid_unknown_fields=True):
    ok: bool
    findings: list[DoctorFinding]


def documented(command: str) -> set[str]:
    """The names in code in the command's section of both pages."""
    found = []
    for page in ("commands.md", "commands.en.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        section = text.split(f"### {command} --json")[1].split("\n### ")[0]
        found.append(set(re.findall(r"`(\w+)`", section)))
    return found[0] & found[1]


def fields(value: Any, apart: frozenset[str]) -> Iterator[str]:
    """Every name in a JSON document, without what lies under `apart` and the words in two languages."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            if name not in apart:
                yield from fields(inner, apart)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner, apart)


def test_check(lingjun: Lingjun, tmp_path: Path) -> None:
    course, sound = write_course(tmp_path, body=_PROBLEMS), write_course(tmp_path, "two")
    status, out, err = lingjun("check", course, sound, "--json")
    assert (status, err) == (1, "")
    report = msgspec.json.decode(out, type=CheckReport)
    assert [(c.path, c.id, c.lessons) for c in report.courses] == [
        (str(course), "one", 1),
        (str(sound), "two", 1),
    ]
    told = {found.code: found for found in report.diagnostics}
    assert set(told) == {"missing-file", "look-alike"}
    assert told["missing-file"].course == str(course)
    assert (told["missing-file"].file, told["missing-file"].line) == ("course.md", 14)
    assert all(text.zh and text.en for found in told.values() for text in (found.message, found.cure))
    assert (report.counts, report.fixed) == ({"error": 1, "warning": 1, "note": 0}, 0)
    apart = frozenset({"message", "cure", "title", "counts"})
    assert set(fields(json.loads(out), apart)) <= documented("check")


def test_check_of_a_course_that_cant_be_read(lingjun: Lingjun, tmp_path: Path) -> None:
    status, out, _ = lingjun("check", tmp_path, "--json")
    assert status == 1
    report = msgspec.json.decode(out, type=CheckReport)
    assert (report.courses[0].id, report.courses[0].lessons) == ("", 0)


def test_check_says_how_many_identifiers_it_wrote(lingjun: Lingjun, tmp_path: Path) -> None:
    course = write_course(tmp_path, body="::: question true-false\n对吗？\n\n= 对\n:::")
    report = msgspec.json.decode(lingjun("check", course, "--fix", "--json").out, type=CheckReport)
    assert (report.fixed, report.diagnostics) == (1, [])
    assert msgspec.json.decode(lingjun("check", course, "--fix", "--json").out, type=CheckReport).fixed == 0


def test_export(lingjun: Lingjun, tmp_path: Path) -> None:
    essay = "::: question long-fill-in {#q1}\n写下计划。\n:::"
    sound, broken = write_course(tmp_path, body=essay), write_course(tmp_path, "two", _PROBLEMS)
    status, out, _ = lingjun("export", sound, broken, "--json", "-o", tmp_path / "out")
    assert status == 1
    report = msgspec.json.decode(out, type=ExportReport)
    first, second = report.courses
    assert (first.failure, second.packages) == (Text(), [])
    assert "missing-file" in [found.code for found in second.diagnostics]
    assert second.failure.zh
    assert second.failure.en
    [package] = first.packages
    assert Path(package.path).stat().st_size == package.size
    assert [note.code for note in package.notes] == ["essay-not-recorded"]
    apart = frozenset({"message", "cure", "receipt", "failure"})
    assert set(fields(json.loads(out), apart)) <= documented("export")


def test_verify(lingjun: Lingjun, tmp_path: Path) -> None:
    lingjun("export", write_course(tmp_path), "-o", tmp_path)
    (tmp_path / "bad.zip").write_bytes(b"no archive")
    status, out, err = lingjun("verify", *sorted(tmp_path.glob("*.zip")), "--json")
    assert (status, err) == (1, "")
    bad, good = msgspec.json.decode(out, type=list[Verification])
    assert (bad.file, bad.kind, bad.verdict) == ("bad.zip", None, "failed")
    assert bad.unjudged
    assert (good.kind, good.unjudged) == ("scorm12", ())
    apart = frozenset({"message", "cure"})
    assert set(fields(json.loads(out), apart)) <= documented("verify")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_doctor(lingjun: Lingjun, language: str) -> None:
    status, out, _ = lingjun("doctor", "--json", "--lang", language)
    report = msgspec.json.decode(out, type=DoctorReport)
    assert report.ok == all(finding.ok for finding in report.findings) == (status == 0)
    assert all(bool(finding.cure) != finding.ok for finding in report.findings)
    assert set(fields(json.loads(out), frozenset())) <= documented("doctor")


def test_errors_of_a_call_never_mix_with_json(lingjun: Lingjun) -> None:
    for command in ("check", "export", "verify"):
        status, out, err = lingjun(command, "gone", "--json")
        assert status == 2
        assert out == "" or json.loads(out)
        assert out or "gone" in err
