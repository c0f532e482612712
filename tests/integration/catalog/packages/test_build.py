"""A package is built once, whole or not at all, and again with the same bytes."""

import hashlib
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import func, select

from catalog.database.models import Package, PackageBuild
from catalog.database.session import Database
from catalog.domain.errors import NotFoundError
from catalog.packages.build import Packages
from catalog.packages.claims import LostClaimError, PackageKey, claim
from catalog.packages.refusals import PackageImpossibleError, PackagePendingError
from catalog.packages.signing import Kind as Statement
from catalog.packages.signing import SigningKey, open_signed
from catalog.packages.statements import PackageStatement
from catalog.storage import Kind, Storage
from exporters.verify import verify
from schemas.errors import UsageError
from schemas.package import Verdict
from tests.support.catalogue import People
from tests.support.published import LIMITS, publish_folder, withdraw, write_course

BUILT = "built roadmap version 1"


def count(database: Database, table: type[Package] | type[PackageBuild]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def claimed_until(database: Database) -> datetime:
    """When the only claim ends."""
    with database.read() as session:
        end = session.scalars(select(PackageBuild.claimed_until)).one()
    assert end is not None
    return end


def tried_in_vain() -> float:
    """How many builds came to nothing in this process because the course can't be such a package."""
    return REGISTRY.get_sample_value("lingjun_package_builds_total", {"outcome": "impossible"}) or 0


def test_a_package_of_a_version_is_sound_and_signed(
    packages: Packages, version: int, signing_key: SigningKey, tmp_path: Path
) -> None:
    made = packages.ensure(PackageKey(version, "scorm2004-4", "moodle"))
    assert made.name == "tsinghua-roadmap-v1-scorm2004-4-moodle.zip"
    file = tmp_path / made.name
    file.write_bytes(packages.storage.read(Kind.PACKAGE, made.sha256))
    assert verify(file).verdict is Verdict.PASSED
    assert made.signature is not None
    stated = open_signed(made.signature, Statement.PACKAGE, signing_key.public, PackageStatement)
    assert stated == PackageStatement(
        course="tsinghua/roadmap",
        number=1,
        format="scorm2004-4",
        preset="moodle",
        name=made.name,
        size=file.stat().st_size,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )
    assert count(packages.database, PackageBuild) == 0
    assert list(packages.workspace.iterdir()) == []


def test_sixteen_who_ask_at_once_get_one_build(
    database: Database,
    storage: Storage,
    version: int,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "catalog.packages")
    barrier = Barrier(16)
    several = [Packages(database, storage, LIMITS, tmp_path / "work") for _ in range(4)]

    def ask(number: int) -> str:
        barrier.wait()
        return several[number % 4].ensure(PackageKey(version, "html")).sha256

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(ask, range(16)))
    assert len(answers) == 1
    assert caplog.text.count(BUILT) == 1
    assert count(database, Package) == 1


def test_a_rebuild_has_the_same_bytes(packages: Packages, version: int) -> None:
    key = PackageKey(version, "scorm12")
    first = packages.ensure(key)
    packages.storage.delete(Kind.PACKAGE, first.sha256)
    assert packages.find(key) is None
    again = packages.ensure(key)
    assert (again.id, again.sha256, again.signature) == (first.id, first.sha256, first.signature)
    assert again.built_at > first.built_at
    assert packages.find(key) is not None


def test_a_holder_that_lives_keeps_its_claim_and_others_are_told_to_wait(
    database: Database, packages: Packages, version: int
) -> None:
    key = PackageKey(version, "scorm12")
    lease = timedelta(seconds=2)
    mine = claim(database, key, lease)
    assert mine is not None
    first_end = claimed_until(database)
    with mine.kept():
        while claimed_until(database) < first_end + lease:  # until it is renewed after its first end
            time.sleep(0.02)
        assert claim(database, key, lease) is None
        with pytest.raises(PackagePendingError):
            packages.ensure(key, patience=0.1)
    assert claim(database, key, lease) is not None


def test_a_builder_that_lost_its_claim_writes_nothing(
    database: Database, packages: Packages, version: int
) -> None:
    key = PackageKey(version, "scorm12")
    late = claim(database, key, timedelta(0))
    assert late is not None
    time.sleep(0.01)
    assert packages.ensure(key).sha256
    with pytest.raises(LostClaimError), database.write() as session:
        late.require(session)


@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.6])
def test_a_builder_killed_at_any_moment_leaves_nothing_half(
    database: Database, database_url: str, storage: Storage, version: int, tmp_path: Path, seconds: float
) -> None:
    lease = 1.0
    arguments = [
        database_url,
        (tmp_path / "storage").as_uri(),
        str(tmp_path / "work"),
        str(lease),
        str(version),
    ]
    builder = subprocess.Popen(
        [sys.executable, "-m", "tests.support.build_once", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with builder:
        assert builder.stdin is not None
        assert builder.stdout is not None
        assert builder.stdout.readline() == b"ready\n"
        builder.stdin.write(b"go\n")
        builder.stdin.flush()
        time.sleep(seconds + secrets.randbelow(100) / 1000)
        builder.kill()
    for found in storage.blobs(Kind.PACKAGE):
        assert hashlib.sha256(storage.read(Kind.PACKAGE, found.blob.sha256)).hexdigest() == found.blob.sha256
    packages = Packages(database, storage, LIMITS, tmp_path / "work", lease=timedelta(seconds=lease))
    made = packages.ensure(PackageKey(version, "scorm12"), patience=30)
    assert hashlib.sha256(storage.read(Kind.PACKAGE, made.sha256)).hexdigest() == made.sha256
    assert count(database, Package) == 1


def test_what_is_not_handed_out_is_not_built(
    database: Database, packages: Packages, version: int, people: People
) -> None:
    with pytest.raises(NotFoundError):
        packages.ensure(PackageKey(version + 100, "html"))
    packages.ensure(PackageKey(version, "html"))
    withdraw(database, people, version)
    with pytest.raises(NotFoundError):
        packages.ensure(PackageKey(version, "html"))


def test_unknown_formats_and_presets_are_usage_errors(packages: Packages, version: int) -> None:
    for package_format, preset in (("scorm3", "generic"), ("html", "nowhere"), ("imscc", "moodle")):
        with pytest.raises(UsageError):
            packages.ensure(PackageKey(version, package_format, preset))


def test_a_course_that_a_format_cannot_hold_is_told_once_for_all(
    database: Database, storage: Storage, people: People, tmp_path: Path, packages: Packages
) -> None:
    folder = write_course(tmp_path / "long", "long")
    question = "::: question choice {{#q{n}}}\n题？\n\n- [x] 甲\n- [ ] 乙\n:::\n\n"
    lesson = "# 课 {#l%d}\n\n" + "".join(question.format(n=f"%d-{i}") for i in range(40))
    for number in range(40):
        text = lesson.replace("%d", str(number))
        (folder / "01-m" / f"{number + 10}-x{number}.md").write_text(text, encoding="utf-8")
    version = publish_folder(database, storage, people, folder)
    key = PackageKey(version, "scorm12")
    before = tried_in_vain()
    with pytest.raises(PackageImpossibleError) as first:
        packages.ensure(key)
    with pytest.raises(PackageImpossibleError) as second:
        packages.ensure(key)
    assert tried_in_vain() - before == 1
    assert second.value.message == first.value.message
    assert packages.ensure(PackageKey(version, "html")).size
