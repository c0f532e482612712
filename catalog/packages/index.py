"""The signed index: what the catalogue hands out today, with a number that only grows and an end."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Row, Select, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.database.base import utcnow
from catalog.database.models import (
    Course,
    Curriculum,
    CurriculumVersion,
    Institution,
    Package,
    PackageIndex,
    Version,
)
from catalog.database.session import Database
from catalog.domain.states import HANDED_OUT, State
from catalog.packages.signing import Kind, SigningKey
from catalog.packages.statements import Index, IndexedCourse, IndexedPackage, IndexedVersion
from catalog.services.curriculum_courses import is_whole
from exporters.programmes import listed_as

LIFE = timedelta(days=30)
_LOCK = 0x6C696E69  # PostgreSQL: one issue at a time


def current_index(
    database: Database, key: SigningKey, *, life: timedelta = LIFE, now: datetime | None = None
) -> bytes:
    """The signed index in force. A new one is issued when what it lists has changed, and when half of its life is over."""
    moment = now or utcnow()
    with database.read() as session:
        last = _last(session)
        if last is not None and _holds(last, key, _content(session), moment, life):
            return last.document
    return database.transact(lambda session: _issue(session, key, life, moment))


def _issue(session: Session, key: SigningKey, life: timedelta, now: datetime) -> bytes:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = _last(session)
    content = _content(session)
    if last is not None and _holds(last, key, content, now, life):
        return last.document
    row = PackageIndex(key_id=key.id, content=content, expires_at=now + life, document=b"")
    session.add(row)
    session.flush()
    index = Index(sequence=row.sequence, issued=now, expires=now + life, courses=_courses(session))
    row.document = key.sign(Kind.INDEX, index)
    session.flush()
    session.execute(delete(PackageIndex).where(PackageIndex.sequence < row.sequence))
    return row.document


def _last(session: Session) -> PackageIndex | None:
    return session.scalar(select(PackageIndex).order_by(PackageIndex.sequence.desc()).limit(1))


def _holds(last: PackageIndex, key: SigningKey, content: str, now: datetime, life: timedelta) -> bool:
    return last.key_id == key.id and last.content == content and last.expires_at - now > life / 2


def _content(session: Session) -> str:
    """What changes whenever the index would list something else."""
    packages = session.execute(select(func.count(), func.max(Package.id), func.max(Package.built_at))).one()
    changed = [
        session.scalar(select(func.max(version.changed_at)).where(version.number.is_not(None)))
        for version in (Version, CurriculumVersion)
    ]
    return hashlib.sha256(f"{tuple(packages)} {changed}".encode()).hexdigest()


def _courses(session: Session) -> tuple[IndexedCourse, ...]:
    courses = _lines(Version, Course, Package.version_id == Version.id, Version.course_id)
    of_curriculum = Package.curriculum_version_id == CurriculumVersion.id
    curricula = _lines(CurriculumVersion, Curriculum, of_curriculum, CurriculumVersion.curriculum_id)
    return (
        *_indexed(session.execute(courses), str),
        *_indexed(session.execute(curricula.where(is_whole())), listed_as),
    )


def _lines(
    version: type[Version] | type[CurriculumVersion],
    owner: type[Course] | type[Curriculum],
    of_version: ColumnElement[bool],
    owner_id: InstrumentedAttribute[int],
) -> Select[*tuple[object, ...]]:
    """The packages that are handed out, those of one version after another."""
    return (
        select(
            Institution.slug.label("institution"),
            owner.slug.label("slug"),
            version.number.label("number"),
            version.state.label("state"),
            Package.format,
            Package.preset,
            Package.name,
            Package.size,
            Package.sha256,
        )
        .select_from(Package)
        .join(version, of_version)
        .join(owner, owner.id == owner_id)
        .join(Institution, Institution.id == owner.institution_id)
        .where(version.state.in_(HANDED_OUT))
        .order_by(Institution.slug, owner.slug, version.number, Package.format, Package.preset, Package.shape)
    )


def _indexed(
    lines: Iterable[Row[*tuple[object, ...]]], called: Callable[[str], str]
) -> Iterator[IndexedCourse]:
    for (institution, slug), of_course in groupby(lines, key=attrgetter("institution", "slug")):
        versions = tuple(
            IndexedVersion(
                number=number, superseded=state == State.SUPERSEDED, packages=tuple(map(_package, rows))
            )
            for (number, state), rows in groupby(of_course, key=attrgetter("number", "state"))
        )
        yield IndexedCourse(course=f"{institution}/{called(slug)}", versions=versions)


def _package(line: Row[*tuple[object, ...]]) -> IndexedPackage:
    return IndexedPackage(
        format=line.format, preset=line.preset, name=line.name, size=line.size, sha256=line.sha256
    )
