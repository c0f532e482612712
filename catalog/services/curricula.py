"""The life of a curriculum's versions: the states, steps and promises of a course's (catalog.services.versions)."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import Curriculum, CurriculumVersion, Institution, Participation
from catalog.database.session import FRESH
from catalog.domain.difference import Answer
from catalog.domain.difference.curricula import CurriculumDifference, Member, compare_curricula
from catalog.domain.errors import NotFoundError, StaleError, SuspendedError
from catalog.domain.roles import Action, Actor, Resource, require
from catalog.domain.states import OPEN, READING, SUPERSEDING, State, Transition, transition
from catalog.intake.curricula import ReadCurriculum
from catalog.services import accounts, curriculum_courses, events
from catalog.services.answers import answer
from catalog.services.comments import NewComment, add_comments
from catalog.services.curriculum_courses import PinnedCourse
from catalog.services.events import Cause, Subject, account_id
from catalog.services.pages import Page, decode_cursor, encode_cursor
from catalog.services.shelves import CURRICULA
from catalog.storage import Storage
from courses import curricula
from schemas.diagnostics import Diagnostic
from schemas.errors import InputError
from schemas.text import Text

_VERSION = Text("这个培训方案版本", "such version of a curriculum")
_THE_CURRICULUM = Text("培训方案", "curriculum")
_ERRORS = Text(
    "培训方案有 {n} 个错误，未保存。请按提示修改后再上传。",
    "The curriculum has errors ({n}) and was not stored. Cure them and upload it again.",
)


class Wanted(msgspec.Struct, frozen=True):
    """Which curricula to list; an empty string leaves it open."""

    theme: str = ""
    kind: str = ""
    edition: str = ""
    institution: str = ""


def receive(
    session: Session, cause: Cause, read: ReadCurriculum, *, if_match: int | None
) -> CurriculumVersion:
    """Check a curriculum that was read against the catalogue, and `upload` it. Raises InputError, with the diagnostics,
    where it has errors."""
    if read.reading is None:
        raise InputError(_ERRORS.format(n=len(read.diagnostics)), read.diagnostics)
    judged = curricula.compare_with_catalogue(read.reading, curriculum_courses.lookup(session))
    if judged.errors:
        raise InputError(_ERRORS.format(n=len(judged.errors)), judged.diagnostics)
    return upload(
        session,
        cause,
        judged.curriculum,
        if_match=if_match,
        source=read.text,
        diagnostics=judged.diagnostics,
    )


def upload(
    session: Session,
    cause: Cause,
    written: curricula.Curriculum,
    *,
    if_match: int | None,
    source: str = "",
    diagnostics: Sequence[Diagnostic] = (),
) -> CurriculumVersion:
    """Store a curriculum as a draft: a new one (`if_match` None), or another content for the draft or returned version
    whose `row_version` is `if_match`. `source` is the text of its file; that it has no errors is for `receive` to say."""
    institution = accounts.institution(session, written.institution)
    resource = Resource(institution.slug)
    require(cause.actor, Action.UPLOAD, resource, see=Action.READ_PUBLISHED, what=_THE_CURRICULUM)
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    now = utcnow()
    values = {"institution_id": institution.id, "slug": written.id, "last_number": 0, "created_at": now}
    session.execute(make(Curriculum).values(values).on_conflict_do_nothing())
    curriculum = session.scalars(
        select(Curriculum)
        .where(Curriculum.institution_id == institution.id, Curriculum.slug == written.id)
        .with_for_update(of=Curriculum)
        .execution_options(**FRESH)
    ).one()
    version = session.scalar(
        select(CurriculumVersion)
        .where(CurriculumVersion.curriculum_id == curriculum.id, CurriculumVersion.state.in_(OPEN))
        .execution_options(**FRESH)
    )
    if (version.row_version if version else None) != if_match:
        raise StaleError
    step = transition(Action.UPLOAD, State(version.state) if version else None)
    if version is None:
        version = CurriculumVersion(
            curriculum_id=curriculum.id, created_by=account_id(cause.actor), created_at=now, row_version=0
        )
    version.edition = written.edition
    version.theme = written.theme
    version.kind = written.kind.value
    version.title_zh = written.title.zh
    version.title_en = written.title.en
    version.document = msgspec.json.encode(written).decode()
    version.source = source
    version.diagnostics = msgspec.json.encode(diagnostics).decode()
    session.add(version)
    _move(session, cause, step, version, curriculum, source=written.source_hash)
    return version


def take_step(
    session: Session,
    cause: Cause,
    action: Action,
    version_id: int,
    *,
    if_match: int,
    reason: str = "",
    comments: tuple[NewComment, ...] = (),
) -> CurriculumVersion:
    """SUBMIT, RECALL, RETURN (with `comments`), APPROVE or WITHDRAW (for a `reason`). Raises what the same step of a
    course's version raises; APPROVE also CourseUnavailableError."""
    curriculum_id = session.scalar(
        select(CurriculumVersion.curriculum_id).where(CurriculumVersion.id == version_id)
    )
    if curriculum_id is None:
        raise NotFoundError(_VERSION)
    curriculum = session.scalars(
        select(Curriculum)
        .where(Curriculum.id == curriculum_id)
        .with_for_update(of=Curriculum)
        .execution_options(**FRESH)
    ).one()
    version = session.scalars(
        select(CurriculumVersion).where(CurriculumVersion.id == version_id).execution_options(**FRESH)
    ).one()
    state, resource = State(version.state), Resource(curriculum.institution.slug)
    require(cause.actor, action, resource, see=READING[state], what=_VERSION)
    if version.row_version != if_match:
        raise StaleError
    step = transition(action, state)
    if action is Action.SUBMIT:
        _refuse_suspended(session, curriculum, version)
        version.submitted_at = utcnow()
    if action is Action.RETURN:
        add_comments(session, cause.actor, version, comments)
    if action is not Action.APPROVE:
        _move(session, cause, step, version, curriculum, number=version.number, reason=reason)
        return version
    earlier = session.scalar(
        select(CurriculumVersion)
        .where(CurriculumVersion.curriculum_id == curriculum.id, CurriculumVersion.state == State.PUBLISHED)
        .execution_options(**FRESH)
    )
    curriculum_courses.pin(session, version, document(version))
    number = curriculum.last_number + 1
    if earlier is not None:
        _move(session, cause, SUPERSEDING, earlier, curriculum, number=earlier.number, superseded_by=number)
    curriculum.last_number = version.number = number
    version.published_at = utcnow()
    supersedes = earlier.number if earlier else None
    _move(session, cause, step, version, curriculum, number=number, supersedes=supersedes)
    return version


def get(session: Session, actor: Actor, version_id: int) -> CurriculumVersion:
    """A version with its curriculum. Raises NotFoundError where the actor may not know of it."""
    version = session.scalar(CURRICULA.rows().where(CurriculumVersion.id == version_id))
    if version is None:
        raise NotFoundError(_VERSION)
    see = READING[State(version.state)]
    require(actor, see, Resource(version.curriculum.institution.slug), see=see, what=_VERSION)
    return version


def readable(session: Session, actor: Actor, version_id: int) -> CurriculumVersion:
    """A version whose source, with what was said of it, the actor may read. Raises as `get`; ForbiddenError."""
    version = get(session, actor, version_id)
    resource = Resource(version.curriculum.institution.slug)
    require(actor, Action.DOWNLOAD_SOURCE, resource, see=READING[State(version.state)], what=_VERSION)
    return version


def difference(
    session: Session, storage: Storage, old: CurriculumVersion, new: CurriculumVersion
) -> CurriculumDifference:
    """What changed from one version to the next; `old` is the one that learners use now."""
    said = [document(version) for version in (old, new)]
    found = [
        {one.choice.name: one for one in curriculum_courses.courses_of(session, version, text)}
        for version, text in zip((old, new), said, strict=True)
    ]

    def answer_of(name: str) -> Answer:
        before, after = (one[name].version for one in found)
        if before is None or after is None:
            return Answer.NEW_ACTIVITY
        return answer(storage, before.reading_sha256, after.reading_sha256)

    before, after = ([_member(one) for one in courses.values()] for courses in found)
    return compare_curricula((said[0], before), (said[1], after), answer_of)


def _member(one: PinnedCourse) -> Member:
    version = one.version
    title = Text(version.title_zh, version.title_en) if version else Text(one.choice.name)
    return Member(one.choice.name, title, version.number if version else None)


def published(
    session: Session, wanted: Wanted | None = None, *, cursor: str = "", limit: int = 20
) -> Page[CurriculumVersion]:
    """One page of what is published, the newest first."""
    rows = (
        CURRICULA.rows().where(_is_published(wanted)).order_by(CurriculumVersion.id.desc()).limit(limit + 1)
    )
    if cursor:
        rows = rows.where(CurriculumVersion.id < decode_cursor(cursor, "curricula", 1)[0])
    found = list(session.scalars(rows))
    more = encode_cursor("curricula", found[limit - 1].id) if len(found) > limit else ""
    return Page(found[:limit], more)


def count_published(session: Session, wanted: Wanted | None = None) -> int:
    """How many are published."""
    rows = select(func.count()).select_from(CurriculumVersion).where(_is_published(wanted))
    return session.scalar(rows) or 0


def _is_published(wanted: Wanted | None) -> ColumnElement[bool]:
    found = CurriculumVersion.state == State.PUBLISHED
    if wanted is None:
        return found
    columns = (CurriculumVersion.theme, CurriculumVersion.kind, CurriculumVersion.edition)
    for column, value in zip(columns, (wanted.theme, wanted.kind, wanted.edition), strict=True):
        found = found & (column == value) if value else found
    if wanted.institution:
        theirs = select(Curriculum.id).join(Institution).where(Institution.slug == wanted.institution)
        found = found & CurriculumVersion.curriculum_id.in_(theirs)
    return found


def diagnostics(version: CurriculumVersion) -> tuple[Diagnostic, ...]:
    """What the check said when it was uploaded."""
    return msgspec.json.decode(version.diagnostics, type=tuple[Diagnostic, ...])


def document(version: CurriculumVersion) -> curricula.Curriculum:
    """What a version says."""
    return msgspec.json.decode(version.document, type=curricula.Curriculum)


def _refuse_suspended(session: Session, curriculum: Curriculum, version: CurriculumVersion) -> None:
    suspended = session.scalar(
        select(Participation.id).where(
            Participation.institution_id == curriculum.institution_id,
            Participation.edition == version.edition,
            Participation.suspended_at.is_not(None),
        )
    )
    if suspended is not None:
        raise SuspendedError(curriculum.institution.slug, version.edition)


def _move(
    session: Session,
    cause: Cause,
    step: Transition,
    version: CurriculumVersion,
    curriculum: Curriculum,
    **detail: str | int | None,
) -> None:
    version.state = step.after
    version.row_version += 1
    version.changed_at = utcnow()
    session.flush()
    action = step.event.value.replace("version-", "curriculum-", 1)
    events.write(
        session, cause, action, Subject(curriculum.institution_id, curriculum=curriculum.id), **detail
    )
