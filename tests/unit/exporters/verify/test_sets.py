"""Sets of packages: judged by their lists, and package by package."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from exporters.verify import unpack_set
from schemas.package import Format, Verdict
from tests.fixtures.packages.good import good, pack


@pytest.fixture
def package(tmp_path: Path) -> bytes:
    return pack(good(Format.SCORM12), tmp_path / "one.zip").read_bytes()


def written(path: Path, listed: object, **files: bytes) -> Path:
    with ZipFile(path, "w") as archive:
        archive.writestr("set.json", listed if isinstance(listed, str) else json.dumps(listed))
        for name, content in files.items():
            archive.writestr(f"packages/{name}.zip", content)
    return path


def line(name: str, content: bytes) -> dict[str, object]:
    return {
        "file": f"packages/{name}.zip",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "title": {"zh": "课"},
    }


def test_a_whole_set(tmp_path: Path, package: bytes) -> None:
    path = written(
        tmp_path / "set.zip", {"packages": [line("a", package), line("b", package)]}, a=package, b=package
    )
    found = unpack_set(path, tmp_path / "inside")
    assert found is not None
    assert (found.verification.verdict, found.verification.packages) == (Verdict.PASSED, 2)
    assert [name for name, _ in found.packages] == ["packages/a.zip", "packages/b.zip"]
    assert all(file.read_bytes() == package for _, file in found.packages)


def test_what_is_missing_changed_or_beside_the_list_is_told(tmp_path: Path, package: bytes) -> None:
    listed = {"packages": [line("a", package), line("b", package), line("../../etc/x", package)]}
    path = written(tmp_path / "set.zip", listed, a=package + b"\0", c=package)
    found = unpack_set(path, tmp_path / "inside")
    assert found is not None
    assert found.verification.verdict is Verdict.FAILED
    assert [(one.requirement, one.where) for one in found.verification.findings] == [
        ("set-complete", "packages/a.zip"),
        ("set-complete", "packages/b.zip"),
        ("set-complete", "packages/../../etc/x.zip"),
        ("set-listed", "packages/c.zip"),
    ]


@pytest.mark.parametrize("listed", ["", "{}", '{"packages": [{"file": "a.js"}]}', "\ufeff[]"])
def test_what_only_has_a_file_of_that_name_is_no_set(listed: str, tmp_path: Path) -> None:
    assert unpack_set(written(tmp_path / "pages.zip", listed), tmp_path / "inside") is None


def test_a_package_or_a_broken_archive_is_no_set(tmp_path: Path) -> None:
    assert unpack_set(pack(good(Format.SCORM12), tmp_path / "one.zip"), tmp_path / "inside") is None
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    assert unpack_set(tmp_path / "broken.zip", tmp_path / "inside") is None
