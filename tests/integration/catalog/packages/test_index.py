"""The index lists what is handed out, its number only grows, and it is renewed before it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from catalog.database.base import utcnow
from catalog.database.session import Database
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey
from catalog.packages.index import LIFE, current_index
from catalog.packages.signing import SigningKey
from catalog.packages.statements import Index
from catalog.packages.trust import open_index
from catalog.storage import Storage
from tests.support.catalogue import People
from tests.support.published import publish_folder, withdraw, write_course


def read(database: Database, key: SigningKey) -> Index:
    return open_index(current_index(database, key), key.public, now=utcnow())


def test_it_lists_every_version_that_is_handed_out(
    database: Database,
    storage: Storage,
    packages: Packages,
    people: People,
    version: int,
    signing_key: SigningKey,
    tmp_path: Path,
) -> None:
    assert read(database, signing_key).courses == ()
    first = packages.ensure(PackageKey(version, "html"))
    packages.ensure(PackageKey(version, "scorm12", "moodle"))
    newer = publish_folder(
        database, storage, people, write_course(tmp_path / "roadmap-2", "roadmap", "新的正文")
    )
    packages.ensure(PackageKey(newer, "html"))
    index = read(database, signing_key)
    (course,) = index.courses
    assert course.course == "tsinghua/roadmap"
    assert [(v.number, v.superseded, [p.format for p in v.packages]) for v in course.versions] == [
        (1, True, ["html", "scorm12"]),
        (2, False, ["html"]),
    ]
    assert course.versions[0].packages[0].sha256 == first.sha256
    withdraw(database, people, version)
    assert [v.number for v in read(database, signing_key).courses[0].versions] == [2]


def test_its_number_grows_when_it_changes_and_only_then(
    database: Database, packages: Packages, version: int, signing_key: SigningKey
) -> None:
    first = current_index(database, signing_key)
    assert current_index(database, signing_key) == first
    packages.ensure(PackageKey(version, "html"))
    second = read(database, signing_key)
    assert second.sequence > open_index(first, signing_key.public, now=utcnow()).sequence
    later = utcnow() + LIFE / 2 + timedelta(minutes=1)
    renewed = open_index(current_index(database, signing_key, now=later), signing_key.public, now=later)
    assert renewed.sequence > second.sequence
    assert renewed.courses == second.courses


def test_many_who_ask_at_once_get_one_index(database: Database, signing_key: SigningKey) -> None:
    with ThreadPoolExecutor(8) as pool:
        documents = set(pool.map(lambda _: current_index(database, signing_key), range(8)))
    assert len(documents) == 1
