"""What must hold after every kill, and after the sweep."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.models import (
    Course,
    Curriculum,
    CurriculumCourse,
    CurriculumVersion,
    Event,
    Package,
    PackageBuild,
    SearchRow,
    Version,
    VersionFile,
)
from catalog.domain.states import State
from catalog.packages.sweep import sweep
from catalog.services import curricula
from catalog.services.backup import Backup
from catalog.services.facts import read_facts
from catalog.storage import Kind, Storage
from tests.soak.works import Place, digest

_WRITES = {
    State.DRAFT: ["version-drafted"],
    State.SUBMITTED: ["version-drafted", "version-submitted"],
    State.PUBLISHED: ["version-drafted", "version-submitted", "version-published"],
    State.SUPERSEDED: ["version-drafted", "version-submitted", "version-published", "version-superseded"],
}


def broken(place: Place, acknowledged: Sequence[str]) -> list[str]:
    """Promises that don't hold."""
    database, storage = place.database(), place.storage()
    with database.read() as session:
        found = [
            *_half_versions(session, storage),
            *_half_curricula(session),
            *_half_packages(session, storage),
            *_lost(session, storage, place, acknowledged),
        ]
    return [*found, *_half_backups(place)]


def _half_versions(session: Session, storage: Storage) -> Iterator[str]:
    for version in session.scalars(select(Version)):
        events = select(Event.action).where(Event.version_id == version.id).order_by(Event.id)
        if list(session.scalars(events)) != _WRITES[State(version.state)]:
            yield f"version {version.id} is {version.state}, its events say otherwise"
        if not session.scalar(select(func.count()).where(VersionFile.version_id == version.id)):
            yield f"version {version.id} has no files"
        if storage.size(Kind.SOURCE, version.source_sha256) != version.source_size:
            yield f"version {version.id}'s source isn't whole"
        storage.read(Kind.SOURCE, version.source_sha256)
        storage.read(Kind.READING, version.reading_sha256)
        read_facts(version.facts)
        row = session.scalar(select(SearchRow.id).where(SearchRow.version_id == version.id))
        if (row is not None) != (version.state == State.PUBLISHED):
            yield f"version {version.id} is {version.state}, the search says otherwise"
    for course in session.scalars(select(Course)):
        rows = select(Version.number).where(Version.course_id == course.id, Version.number.is_not(None))
        if sorted(session.scalars(rows)) != list(range(1, course.last_number + 1)):  # type: ignore[type-var]
            yield f"course {course.id} has numbers that aren't 1 to {course.last_number}"


def _half_curricula(session: Session) -> Iterator[str]:
    for curriculum in session.scalars(select(Curriculum)):
        rows = select(CurriculumVersion).where(CurriculumVersion.curriculum_id == curriculum.id)
        theirs = session.scalars(rows.order_by(CurriculumVersion.id)).all()
        wanted: list[str] = []
        for place, version in enumerate(theirs):
            wanted += ["curriculum-drafted", "curriculum-submitted"][
                : 1 if version.state == State.DRAFT else 2
            ]
            pins = select(func.count()).where(CurriculumCourse.curriculum_version_id == version.id)
            pinned = len(curricula.document(version).courses) if version.number else 0
            if session.scalar(pins) != pinned:
                yield f"curriculum version {version.id} is {version.state}, its courses say otherwise"
            if version.number:
                wanted += ["curriculum-superseded"] * (place > 0) + ["curriculum-published"]
        events = select(Event.action).where(Event.curriculum_id == curriculum.id).order_by(Event.id)
        if list(session.scalars(events)) != wanted:
            yield f"curriculum {curriculum.id}: its versions are {[one.state for one in theirs]}, its events say otherwise"
        numbers = sorted(version.number for version in theirs if version.number)
        if numbers != list(range(1, curriculum.last_number + 1)):
            yield f"curriculum {curriculum.id} has numbers that aren't 1 to {curriculum.last_number}"


def _half_packages(session: Session, storage: Storage) -> Iterator[str]:
    for package in session.scalars(select(Package)):
        if len(storage.read(Kind.PACKAGE, package.sha256)) != package.size:
            yield f"package {package.id} isn't whole"


def _lost(session: Session, storage: Storage, place: Place, acknowledged: Sequence[str]) -> Iterator[str]:
    for line in acknowledged:
        kind, *words = line.split()
        if kind == "published":
            version = session.get(Version, int(words[0]))
            whole = version and (str(version.number), version.source_sha256) == (words[1], words[2])
            if not whole:
                yield f"lost: {line}"
        elif kind == "composed":
            made = session.get(CurriculumVersion, int(words[0]))
            if not made or [str(made.number), curricula.document(made).source_hash] != words[1:]:
                yield f"lost: {line}"
        elif kind == "built":
            storage.read(Kind.PACKAGE, words[0])
        elif not (place.backups / words[0]).is_dir():
            yield f"lost: {line}"


def _half_backups(place: Place) -> Iterator[str]:
    """Whatever has a backup's name is a whole one."""
    for folder in place.backups.glob("[0-9]*"):
        made = msgspec.json.decode((folder / "backup.json").read_bytes(), type=Backup)
        files = [file for file in (folder / "blobs").rglob("*") if file.is_file()]
        if len(files) != made.blobs or any(digest(file) != file.name for file in files):
            yield f"backup {folder.name}: blobs"
        if any(digest(folder / "tables" / f"{t.name}.jsonl") != t.sha256 for t in made.tables):
            yield f"backup {folder.name}: tables"


def orphans(place: Place) -> list[str]:
    """What is left that nobody names, after a sweep without any grace."""
    packages = place.packages()
    sweep(packages, lambda _: None, grace=timedelta())
    with packages.database.read() as session:
        named = {
            Kind.SOURCE: set(session.scalars(select(Version.source_sha256))),
            Kind.READING: set(session.scalars(select(Version.reading_sha256))),
            Kind.PACKAGE: set(session.scalars(select(Package.sha256))),
        }
        now = datetime.now(UTC)
        claims = session.scalars(select(PackageBuild.id).where(PackageBuild.claimed_until < now)).all()
    found = [f"claim {claim}" for claim in claims]
    for kind, names in named.items():
        stored = {blob.blob.sha256 for blob in packages.storage.blobs(kind)}
        found += [f"{kind}: {name} is named by no row" for name in stored - names]
        found += [f"{kind}: {name} is missing" for name in names - stored]
    found += [f"incoming: {file.name}" for file in (place.folder / "storage" / "incoming").iterdir()]
    found += [f"workspace: {folder.name}" for folder in packages.workspace.iterdir()]
    return found
