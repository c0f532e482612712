"""The life of a course's versions. Each change of state is one transaction, checked against the tables of
catalog.domain, and writes one event for each version whose state it changes.

Whoever decides locks the course's row first: on PostgreSQL by FOR UPDATE, on SQLite by being the one writer. Whoever
was shown an older state is told (StaleError) and changes nothing.
"""

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from catalog.database.base import utcnow
from catalog.database.models import (
    Course,
    Event,
    Institution,
    Participation,
    Version,
    VersionFile,
    VersionTheme,
)
from catalog.database.session import FRESH
from catalog.domain.errors import NotFoundError, StaleError, SuspendedError
from catalog.domain.roles import Action, Actor, Resource, require
from catalog.domain.states import OPEN, READING, SUPERSEDING, State, Transition, transition
from catalog.services import events, search
from catalog.services.comments import NewComment, add_comments
from catalog.services.events import Cause, Subject, account_id
from catalog.services.facts import read_facts, write_facts
from catalog.services.uploads import Upload
from schemas.text import Text

_VERSION = Text("这个版本", "such version")
_INSTITUTION = Text("机构“{slug}”", "institution “{slug}”")


def upload(session: Session, cause: Cause, upload: Upload, *, if_match: int | None) -> Version:
    """Store an upload as its course's draft: a new one (`if_match` None), or another content for the draft or returned
    version whose `row_version` is `if_match`.

    Raises NotFoundError (institution), ForbiddenError, StaleError, WrongStateError (it is being reviewed).
    """
    facts = upload.facts
    institution = session.scalar(select(Institution).where(Institution.slug == facts.institution))
    words = _INSTITUTION.format(slug=facts.institution)
    if institution is None:
        raise NotFoundError(words)
    resource = Resource(institution.slug)
    require(cause.actor, Action.UPLOAD, resource, see=Action.READ_PUBLISHED, what=words)
    course = _course(session, institution, facts.id)
    version = session.scalar(
        select(Version)
        .where(Version.course_id == course.id, Version.state.in_(OPEN))
        .execution_options(**FRESH)
    )
    if (version.row_version if version else None) != if_match:
        raise StaleError
    step = transition(Action.UPLOAD, State(version.state) if version else None)
    now = utcnow()
    if version is None:
        version = Version(
            course_id=course.id, created_by=account_id(cause.actor), created_at=now, row_version=0
        )
    version.state = step.after
    version.row_version += 1
    version.changed_at = now
    _fill(version, upload)
    session.add(version)
    session.flush()
    session.execute(delete(VersionFile).where(VersionFile.version_id == version.id))
    if upload.files:
        rows = [
            {"version_id": version.id, "path": file.path, "size": file.size, "sha256": file.sha256}
            for file in upload.files
        ]
        session.execute(insert(VersionFile), rows)
    _tell(session, cause, step, version, course, source=upload.source.sha256)
    return version


def submit(session: Session, cause: Cause, version_id: int, *, if_match: int) -> Version:
    """Hand a draft in for review. Raises SuspendedError beside those of every step."""
    version, course, step = _begin(session, cause, Action.SUBMIT, version_id, if_match)
    suspended = session.scalar(
        select(Participation.id).where(
            Participation.institution_id == course.institution_id,
            Participation.edition == version.edition,
            Participation.suspended_at.is_not(None),
        )
    )
    if suspended is not None:
        raise SuspendedError(course.institution.slug, version.edition)
    version.submitted_at = utcnow()
    _move(session, cause, step, version, course)
    return version


def recall(session: Session, cause: Cause, version_id: int, *, if_match: int) -> Version:
    """Take a submission back: it is a draft again."""
    version, course, step = _begin(session, cause, Action.RECALL, version_id, if_match)
    _move(session, cause, step, version, course)
    return version


def return_version(
    session: Session, cause: Cause, version_id: int, comments: tuple[NewComment, ...], *, if_match: int
) -> Version:
    """Give a submission back to its authors, with the reviewer's comments."""
    version, course, step = _begin(session, cause, Action.RETURN, version_id, if_match)
    add_comments(session, cause.actor, version, comments)
    _move(session, cause, step, version, course, comments=len(comments))
    return version


def approve(session: Session, cause: Cause, version_id: int, *, if_match: int) -> Version:
    """Publish a submission under the course's next number; what was published before is superseded."""
    version, course, step = _begin(session, cause, Action.APPROVE, version_id, if_match)
    earlier = session.scalar(
        select(Version)
        .where(Version.course_id == course.id, Version.state == State.PUBLISHED)
        .execution_options(**FRESH)
    )
    if earlier is not None:
        earlier.state = SUPERSEDING.after
        earlier.row_version += 1
        earlier.changed_at = utcnow()
        session.flush()
    course.last_number += 1
    version.number = course.last_number
    version.published_at = utcnow()
    version.state = step.after
    version.row_version += 1
    version.changed_at = version.published_at
    session.flush()
    search.index_version(session, version, course)
    supersedes = earlier.number if earlier else None
    event = _tell(session, cause, step, version, course, number=version.number, supersedes=supersedes)
    session.add_all(
        VersionTheme(theme=theme, event_id=event.id, version_id=version.id)
        for theme in read_facts(version.facts).themes
    )
    if earlier is not None:
        _tell(
            session, cause, SUPERSEDING, earlier, course, number=earlier.number, superseded_by=version.number
        )
    return version


def withdraw(session: Session, cause: Cause, version_id: int, reason: str, *, if_match: int) -> Version:
    """Hand a version out no more. Its record stays, its number is never used again."""
    version, course, step = _begin(session, cause, Action.WITHDRAW, version_id, if_match)
    search.remove_version(session, version.id)
    _move(session, cause, step, version, course, reason=reason, number=version.number)
    return version


def get(session: Session, actor: Actor, version_id: int) -> Version:
    """A version with its course. Raises NotFoundError where the actor may not know of it."""
    version = session.scalar(
        select(Version).where(Version.id == version_id).options(joinedload(Version.course, innerjoin=True))
    )
    if version is None:
        raise NotFoundError(_VERSION)
    see = READING[State(version.state)]
    require(actor, see, Resource(version.course.institution.slug), see=see, what=_VERSION)
    return version


def _course(session: Session, institution: Institution, slug: str) -> Course:
    """The course's row, made when it is new, locked."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"institution_id": institution.id, "slug": slug, "last_number": 0, "created_at": utcnow()}
    session.execute(make(Course).values(values).on_conflict_do_nothing())
    return session.scalars(
        select(Course)
        .where(Course.institution_id == institution.id, Course.slug == slug)
        .with_for_update(of=Course)
        .execution_options(**FRESH)
    ).one()


def _begin(
    session: Session, cause: Cause, action: Action, version_id: int, if_match: int
) -> tuple[Version, Course, Transition]:
    """The version and its course, locked; after all that can be refused was asked."""
    course_id = session.scalar(select(Version.course_id).where(Version.id == version_id))
    if course_id is None:
        raise NotFoundError(_VERSION)
    locked = select(Course).where(Course.id == course_id).with_for_update(of=Course)
    course = session.scalars(locked.execution_options(**FRESH)).one()
    version = session.scalars(
        select(Version).where(Version.id == version_id).execution_options(**FRESH)
    ).one()
    state = State(version.state)
    require(cause.actor, action, Resource(course.institution.slug), see=READING[state], what=_VERSION)
    if version.row_version != if_match:
        raise StaleError
    return version, course, transition(action, state)


def _move(
    session: Session,
    cause: Cause,
    step: Transition,
    version: Version,
    course: Course,
    **detail: str | int | None,
) -> None:
    version.state = step.after
    version.row_version += 1
    version.changed_at = utcnow()
    _tell(session, cause, step, version, course, **detail)


def _tell(
    session: Session,
    cause: Cause,
    step: Transition,
    version: Version,
    course: Course,
    **detail: str | int | None,
) -> Event:
    subject = Subject(course.institution_id, course.id, version.id)
    return events.write(session, cause, step.event.value, subject, **detail)


def _fill(version: Version, upload: Upload) -> None:
    facts = upload.facts
    version.source_sha256 = upload.source.sha256
    version.source_size = upload.source.size
    version.reading_sha256 = upload.reading.sha256
    version.content_hash = upload.content_hash
    version.edition = facts.edition
    version.language = facts.language
    version.title_zh = facts.title.zh
    version.title_en = facts.title.en
    version.facts = write_facts(facts)
    version.warnings = upload.warnings
