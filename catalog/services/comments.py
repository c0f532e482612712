"""What reviewers and authors say about lines of the source of a version, a course's or a curriculum's."""

import hashlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import (
    Comment,
    Course,
    Curriculum,
    CurriculumVersion,
    Version,
    VersionFile,
)
from catalog.database.session import FRESH
from catalog.domain.errors import NotFoundError, WrongStateError
from catalog.domain.roles import Action, Actor, Resource, require
from catalog.domain.states import READING, State
from catalog.services.events import account_id
from courses.curricula import CURRICULUM_FILE
from schemas.errors import UsageError
from schemas.text import Text

_MAX_BODY = 10_000  # characters
_VERSION = Text("这个版本", "such version")
_NO_FILE = Text("版本中没有文件“{file}”。", "The version has no file “{file}”.")
_NOT_NOW = Text(
    "只能对送审或退回的版本发表意见。", "Only what was submitted or returned can be commented on."
)
_BAD_LINE = Text("行号从 1 开始。", "Lines count from 1.")
_BAD_BODY = Text("意见需为 1 到 {most} 个字符。", "A comment has 1 to {most} characters.")


class NewComment(msgspec.Struct, frozen=True):
    """A comment to be made: `file` as in the version's list of files, `line` from 1."""

    file: str
    line: int
    body: str


def comment(session: Session, actor: Actor, version_id: int, comments: Sequence[NewComment]) -> list[Comment]:
    """Comment on a submitted or returned version, which stays as it is."""
    found = session.execute(
        select(Version, Course)
        .join(Course, Course.id == Version.course_id)
        .where(Version.id == version_id)
        .with_for_update(of=Version)
        .execution_options(**FRESH)
    ).one_or_none()
    if found is None:
        raise NotFoundError(_VERSION)
    version, course = found
    _require(actor, version, course)
    return add_comments(session, actor, version, comments)


def comment_curriculum(
    session: Session, actor: Actor, version_id: int, comments: Sequence[NewComment]
) -> list[Comment]:
    """The same for a curriculum's version."""
    found = session.execute(
        select(CurriculumVersion, Curriculum)
        .join(Curriculum, Curriculum.id == CurriculumVersion.curriculum_id)
        .where(CurriculumVersion.id == version_id)
        .with_for_update(of=CurriculumVersion)
        .execution_options(**FRESH)
    ).one_or_none()
    if found is None:
        raise NotFoundError(_VERSION)
    version, curriculum = found
    _require(actor, version, curriculum)
    return add_comments(session, actor, version, comments)


def _require(actor: Actor, version: Version | CurriculumVersion, of: Course | Curriculum) -> None:
    see = READING[State(version.state)]
    require(actor, Action.COMMENT, Resource(of.institution.slug), see=see, what=_VERSION)
    if version.state not in (State.SUBMITTED, State.RETURNED):
        raise WrongStateError(version.state, Action.COMMENT.value, _NOT_NOW)


def add_comments(
    session: Session, actor: Actor, version: Version | CurriculumVersion, comments: Sequence[NewComment]
) -> list[Comment]:
    """Write comments on the version's present source. Raises UsageError for a place that isn't in it."""
    known = _files(session, version, {new.file for new in comments})
    made = []
    for new in comments:
        if new.file not in known:
            raise UsageError(_NO_FILE.format(file=new.file))
        if new.line < 1:
            raise UsageError(_BAD_LINE)
        if not 1 <= len(new.body.strip()) <= _MAX_BODY:
            raise UsageError(_BAD_BODY.format(most=_MAX_BODY))
        made.append(
            Comment(
                **_owner(version),
                person_id=account_id(actor),
                source_sha256=source_of(version),
                file=new.file,
                line=new.line,
                body=new.body.strip(),
                created_at=utcnow(),
            )
        )
    session.add_all(made)
    session.flush()
    return made


def comments_on(session: Session, version: Version | CurriculumVersion) -> list[Comment]:
    """All comments on a version, oldest first. Whether the actor may see the version is asked when it is got."""
    return list(session.scalars(select(Comment).filter_by(**_owner(version)).order_by(Comment.id)))


def source_of(version: Version | CurriculumVersion) -> str:
    """The SHA-256 of the version's present source."""
    if isinstance(version, Version):
        return version.source_sha256
    return hashlib.sha256(version.source.encode()).hexdigest()


def _owner(version: Version | CurriculumVersion) -> dict[str, int]:
    """How a comment names its version."""
    return {"version_id" if isinstance(version, Version) else "curriculum_version_id": version.id}


def _files(session: Session, version: Version | CurriculumVersion, wanted: set[str]) -> set[str]:
    """Those that the version has. A curriculum is one."""
    if isinstance(version, CurriculumVersion):
        return {CURRICULUM_FILE}
    paths = select(VersionFile.path).where(VersionFile.version_id == version.id, VersionFile.path.in_(wanted))
    return set(session.scalars(paths))
