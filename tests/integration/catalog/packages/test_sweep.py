"""The sweep builds what is missing, once, and removes what nobody names, never anything else."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from catalog.database.session import Database
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey, claim
from catalog.packages.signing import Kind as Statement
from catalog.packages.signing import open_signed
from catalog.packages.statements import PackageStatement
from catalog.packages.sweep import sweep
from catalog.storage import Kind, Storage
from exporters.presets import preset
from tests.support.catalogue import People
from tests.support.published import packages_in, withdraw

FORMATS = {found.value for found in preset("generic").formats}


def missing(packages: Packages, grace: timedelta = timedelta(days=1)) -> list[PackageKey]:
    noted: list[PackageKey] = []
    sweep(packages, noted.append, grace=grace)
    return noted


def age(path: Path, hours: int = 48) -> None:
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


def age_blob(storage: Storage, kind: Kind, sha256: str) -> None:
    path = storage.local_path(kind, sha256)
    assert path is not None
    age(path)


def test_what_a_published_version_lacks_is_built_once(packages: Packages, version: int) -> None:
    assert {key.format for key in missing(packages)} == FORMATS
    packages.ensure(PackageKey(version, "html"))
    assert {key.format for key in missing(packages)} == FORMATS - {"html"}
    sweep(packages, packages.ensure)
    assert missing(packages) == []


def test_a_lost_blob_is_built_again_whatever_its_preset(packages: Packages, version: int) -> None:
    sweep(packages, packages.ensure)
    key = PackageKey(version, "scorm12", "moodle")
    made = packages.ensure(key)
    packages.storage.delete(Kind.PACKAGE, made.sha256)
    assert sweep(packages, lambda _: None, whole=False).missing == ()
    assert missing(packages) == [key]
    sweep(packages, packages.ensure)
    assert packages.find(key) is not None


def test_what_is_being_built_is_left_to_its_builder(
    packages: Packages, database: Database, version: int
) -> None:
    assert claim(database, PackageKey(version, "html")) is not None
    assert {key.format for key in missing(packages)} == FORMATS - {"html"}


def test_a_withdrawn_version_is_not_built(
    packages: Packages, database: Database, people: People, version: int
) -> None:
    withdraw(database, people, version)
    assert missing(packages) == []


def test_orphans_go_after_the_grace_period_and_nothing_else(packages: Packages, version: int) -> None:
    storage = packages.storage
    kept = packages.ensure(PackageKey(version, "html"))
    for kind in Kind:
        for found in storage.blobs(kind):
            age_blob(storage, kind, found.blob.sha256)
    orphan = storage.put(Kind.PACKAGE, b"nobody's")
    young = storage.put(Kind.SOURCE, b"about to be named")
    age_blob(storage, Kind.PACKAGE, orphan.sha256)
    swept = sweep(packages, lambda _: None)
    assert swept.blobs == 1
    assert [found.blob for found in storage.blobs(Kind.PACKAGE)] == [orphan.__class__(kept.sha256, kept.size)]
    assert young.sha256 in {found.blob.sha256 for found in storage.blobs(Kind.SOURCE)}
    assert packages.find(PackageKey(version, "html")) is not None


def test_an_old_blob_that_is_stored_again_is_young_again(packages: Packages, version: int) -> None:
    storage = packages.storage
    blob = storage.put(Kind.SOURCE, b"twice")
    age_blob(storage, Kind.SOURCE, blob.sha256)
    assert storage.put(Kind.SOURCE, b"twice") == blob
    assert sweep(packages, lambda _: None).blobs == 0
    assert not storage.delete_older(Kind.SOURCE, blob.sha256, datetime.now(UTC) - timedelta(hours=24))
    assert storage.read(Kind.SOURCE, blob.sha256) == b"twice"


def test_folders_of_killed_processes_go_those_at_work_stay(packages: Packages, version: int) -> None:
    packages.ensure(PackageKey(version, "html"))
    for name in ("upload-old", "build-old", "build-new", "precious"):
        (packages.workspace / name / "course").mkdir(parents=True)
    for name in ("upload-old", "build-old", "precious"):
        age(packages.workspace / name)
    assert sweep(packages, lambda _: None).folders == 2
    assert sorted(path.name for path in packages.workspace.iterdir()) == ["build-new", "precious"]


def test_what_was_built_before_there_was_a_key_is_signed(
    packages: Packages, database: Database, storage: Storage, version: int, tmp_path: Path
) -> None:
    unsigned = packages_in(database, storage, tmp_path)
    assert unsigned.ensure(PackageKey(version, "html")).signature is None
    assert sweep(unsigned, lambda _: None).signed == 0
    assert sweep(packages, lambda _: None).signed == 1
    assert sweep(packages, lambda _: None).signed == 0
    made = packages.find(PackageKey(version, "html"))
    assert made is not None
    assert made.signature is not None
    assert packages.key is not None
    stated = open_signed(made.signature, Statement.PACKAGE, packages.key.public, PackageStatement)
    assert stated.sha256 == made.sha256
