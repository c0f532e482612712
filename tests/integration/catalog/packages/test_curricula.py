"""A curriculum's packages hold the versions that it was published with, and are built, signed, listed and swept as a course's."""

import io
import zipfile
from pathlib import Path

import msgspec
import pytest

from catalog.database.base import utcnow
from catalog.database.session import Database
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey, Shape
from catalog.packages.index import current_index
from catalog.packages.refusals import PackageImpossibleError
from catalog.packages.signing import Kind as Statement
from catalog.packages.signing import SigningKey, open_signed
from catalog.packages.statements import IndexedCourse, PackageStatement
from catalog.packages.sweep import sweep
from catalog.packages.trust import judge, open_index
from catalog.storage import Kind, Storage
from exporters.verify import verify
from schemas.errors import UsageError
from schemas.package import Verdict
from tests.support.catalogue import People
from tests.support.curriculum_text import curriculum_text
from tests.support.published import publish_curriculum, publish_folder, withdraw, write_course


@pytest.fixture
def camp(database: Database, storage: Storage, people: People, version: int, tmp_path: Path) -> int:
    """A published curriculum of two published courses."""
    publish_folder(database, storage, people, write_course(tmp_path / "ops", "ops"))
    return publish_curriculum(database, people, curriculum_text("tsinghua/ops", "tsinghua/roadmap"))


def opened(packages: Packages, key: PackageKey) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packages.storage.read(Kind.PACKAGE, packages.ensure(key).sha256)))


def indexed(packages: Packages) -> dict[str, IndexedCourse]:
    assert packages.key is not None
    document = current_index(packages.database, packages.key)
    index = open_index(document, packages.key.public, now=utcnow())
    return {course.course: course for course in index.courses}


def test_pinned_signed_listed_and_gone_with_what_was_withdrawn(
    packages: Packages, camp: int, people: People, version: int, signing_key: SigningKey, tmp_path: Path
) -> None:
    key = PackageKey(camp, "scorm12", "moodle", Shape.CURRICULUM)
    made = packages.ensure(key)
    assert made.name == "tsinghua-curriculum.camp-v1-scorm12-moodle.zip"
    file = tmp_path / made.name
    file.write_bytes(packages.storage.read(Kind.PACKAGE, made.sha256))
    assert verify(file).verdict is Verdict.PASSED
    assert made.signature is not None
    stated = open_signed(made.signature, Statement.PACKAGE, signing_key.public, PackageStatement)
    assert (stated.course, stated.number, stated.sha256) == ("tsinghua/curriculum.camp", 1, made.sha256)

    publish_folder(
        packages.database, packages.storage, people, write_course(tmp_path / "roadmap", text="第二版")
    )
    collected = PackageKey(camp, "html", shape=Shape.SET)
    with opened(packages, collected) as archive:
        contents = msgspec.json.decode(archive.read("set.json"))
        listed = [(one["course"], one["number"]) for one in contents["packages"]]
        assert listed == [("tsinghua/ops", 1), ("tsinghua/roadmap", 1)]
        for one, row in zip(contents["packages"], (version + 1, version), strict=True):
            package = packages.ensure(PackageKey(row, "html"))
            assert archive.read(one["file"]) == packages.storage.read(Kind.PACKAGE, package.sha256)
            assert archive.read(f"{one['file']}.sig") == package.signature
    assert packages.find(key) is not None
    listed_here = indexed(packages)["tsinghua/curriculum.camp"]
    assert {one.name for one in listed_here.versions[0].packages} == {
        made.name,
        "tsinghua-curriculum.camp-v1-set-html.zip",
    }
    index = open_index(current_index(packages.database, signing_key), signing_key.public, now=utcnow())
    assert all(
        one.verdict is Verdict.PASSED
        for one in judge([file], signing_key.public, index)[0]
        if "signature" not in one.requirement
    )

    withdraw(packages.database, people, version)
    assert packages.find(key) is None
    for refused in (key, collected):
        with pytest.raises(PackageImpossibleError, match="version 1 of its course roadmap was withdrawn"):
            packages.ensure(refused)
    assert "tsinghua/curriculum.camp" not in indexed(packages)
    assert sweep(packages, lambda _: None, presets=()).blobs == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_sweep_finds_what_is_missing(packages: Packages, camp: int) -> None:
    missing = [key for key in sweep(packages, lambda _: None).missing if key.shape is Shape.CURRICULUM]
    assert {(key.version_id, key.preset) for key in missing} == {(camp, "generic")}
    formats = {key.format for key in missing}
    assert formats >= {"scorm12", "cmi5", "html"}
    assert not formats & {"xapi", "imscc"}
    one = packages.ensure(PackageKey(camp, "html", shape=Shape.CURRICULUM))
    packages.storage.delete_older(Kind.PACKAGE, one.sha256, utcnow())
    assert PackageKey(camp, "html", "generic", Shape.CURRICULUM) in sweep(packages, lambda _: None).missing
    assert packages.ensure(PackageKey(camp, "html", shape=Shape.CURRICULUM)).sha256 == one.sha256
    with pytest.raises(UsageError, match="--set"):
        packages.ensure(PackageKey(camp, "xapi", shape=Shape.CURRICULUM))
