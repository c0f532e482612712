"""What is killed: publishing courses and curricula, building and backing up, in a process that says what was acknowledged."""

import hashlib
import tempfile
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from catalog.database.models import Course, Version
from catalog.database.session import Database
from catalog.demonstration.courses import sample_course
from catalog.domain.roles import Action, Role
from catalog.domain.states import State
from catalog.intake import reading, sources
from catalog.intake.upload import WORKSPACE, Intake
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey, Shape
from catalog.services import curricula, uploads, versions
from catalog.services.backup import back_up
from catalog.services.operator import operator
from catalog.services.uploads import Upload
from catalog.settings import LimitsSettings
from catalog.storage import Storage
from courses.curricula.model import CourseChoice, Curriculum, Kind
from courses.reader import read_course
from schemas.package import Format
from schemas.text import Text

LEASE = timedelta(seconds=1)
FORMATS = (Format.SCORM12, Format.HTML, Format.CMI5)
Acknowledge = Callable[[str], object]


class Place(NamedTuple):
    """Where the catalogue is."""

    database_url: str
    folder: Path

    @property
    def backups(self) -> Path:
        """Where backups go."""
        return self.folder / "backups"

    def database(self) -> Database:
        """Its database, for this process."""
        return Database(self.database_url)

    def storage(self) -> Storage:
        """Its storage, for this process."""
        return Storage((self.folder / "storage").as_uri())

    def packages(self) -> Packages:
        """Its packages, for this process."""
        workspace = self.folder / WORKSPACE
        return Packages(self.database(), self.storage(), LimitsSettings(), workspace, lease=LEASE)


def publish(place: Place, turn: int, acknowledge: Acknowledge) -> None:
    """Courses come in as strangers' do and are published, first and second versions in turn."""
    database, storage = place.database(), place.storage()
    intake = Intake(LimitsSettings(), place.folder / WORKSPACE)
    number = 0
    while True:
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), turn * 10 + number // 2, number)
            with intake.receive_folder(Path(folder)) as received:
                stored = uploads.store(storage, received.reading, received.source)
        acknowledge(f"published {_publish(database, stored)}")
        number += 1


def compose(place: Place, turn: int, acknowledge: Acknowledge) -> None:
    """Curricula of two courses that are published already, first and second versions in turn, and the set of each."""
    packages = place.packages()
    number = 0
    while True:
        with packages.database.read() as session:
            rows = select(Course).join(Version).where(Version.state == State.PUBLISHED).limit(50)
            courses = [(one.institution.slug, one.slug) for one in session.scalars(rows)]
        chosen = [courses[(number + turn + further) % len(courses)] for further in (0, 1)]
        written = Curriculum(
            id=f"camp-{turn}-{number // 2}",
            institution="tsinghua",
            title=Text(f"主题特训营（示例 {number}）"),
            language="zh-CN",
            edition="2022-2023",
            theme="digital-empowerment",
            kind=Kind.CAMP,
            courses=tuple(CourseChoice(*names) for names in dict.fromkeys(chosen)),
            source_hash=str(number),
        )
        version_id, line = _publish_curriculum(packages.database, written)
        acknowledge(f"composed {line}")
        package = packages.ensure(PackageKey(version_id, Format.HTML.value, shape=Shape.SET))
        acknowledge(f"built {package.sha256}")
        number += 1


def build(place: Place, turn: int, acknowledge: Acknowledge) -> None:
    """Packages of everything that is published."""
    packages = place.packages()
    while True:
        with packages.database.read() as session:
            published = session.scalars(select(Version.id).where(Version.state == State.PUBLISHED)).all()
        for place_in_line, version_id in enumerate(published):
            for package_format in FORMATS:
                # Each turn begins elsewhere, so that there is always something to build for a while.
                other = published[(place_in_line + 7 * turn) % len(published)] or version_id
                package = packages.ensure(PackageKey(other, package_format.value))
                acknowledge(f"built {package.sha256}")


def back_up_all(place: Place, turn: int, acknowledge: Acknowledge) -> None:
    """Backups, while courses are published."""
    threading.Thread(target=_publish_quickly, args=(place, turn, acknowledge), daemon=True).start()
    database, storage = place.database(), place.storage()
    number = 0
    while True:
        target = place.backups / f"{turn}-{number}"
        back_up(database, storage, target)
        acknowledge(f"saved {target.name}")
        number += 1


WORKS = {"publish": publish, "compose": compose, "build": build, "backup": back_up_all}


def _publish_quickly(place: Place, turn: int, acknowledge: Acknowledge) -> None:
    database, storage = place.database(), place.storage()
    number = 0
    while True:
        with tempfile.TemporaryDirectory() as name:
            course = Path(name) / "course"
            course.mkdir()
            _write(course, 5_000 + turn * 10 + number // 2, number)
            read = read_course(course)
            packed = sources.pack(course, Path(name) / "source.zip")
            made = uploads.store(storage, reading.bounded(read.course, read.diagnostics), packed)
        acknowledge(f"published {_publish(database, made)}")
        number += 1


def _write(folder: Path, course: int, revision: int) -> None:
    (folder / "course.md").write_text(
        sample_course(course).text + f"\n示例：修订 {revision}。\n", encoding="utf-8"
    )


def _publish(database: Database, stored: Upload) -> str:
    """The address of a version that is published now."""
    institution = stored.facts.institution
    publisher, centre = operator(institution), operator()
    assert publisher.actor.roles[0].role is Role.PUBLISHER
    with database.write() as session:
        made = versions.upload(session, publisher, stored, if_match=None)
        made = versions.submit(session, publisher, made.id, if_match=made.row_version)
    with database.write() as session:
        made = versions.approve(session, centre, made.id, if_match=made.row_version)
    return f"{made.id} {made.number} {stored.source.sha256}"


def _publish_curriculum(database: Database, written: Curriculum) -> tuple[int, str]:
    """The version that is published now, and its address."""
    publisher, centre = operator(written.institution), operator()
    with database.write() as session:
        made = curricula.upload(session, publisher, written, if_match=None)
        made = curricula.take_step(session, publisher, Action.SUBMIT, made.id, if_match=made.row_version)
    with database.write() as session:
        made = curricula.take_step(session, centre, Action.APPROVE, made.id, if_match=made.row_version)
        return made.id, f"{made.id} {made.number} {written.source_hash}"


def digest(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
