"""The courses of a curriculum: what the catalogue knows of them, and which versions a published one consists of.

At publication the highest version that the curriculum allows and that is handed out is written down, course by course,
and stays: a later version of a course is for the curriculum's next version. A course's version that is withdrawn takes
the packages of the curricula that consist of it out of hand, and nothing else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, joinedload

from catalog.database.models import Course, CurriculumCourse, CurriculumVersion, Institution, Version
from catalog.domain.errors import ConflictError
from catalog.domain.states import HANDED_OUT, State
from catalog.services.facts import read_facts
from courses.curricula import Curriculum, KnownCourse, Lookup
from courses.curricula.model import CourseChoice
from schemas.text import Text

_UNAVAILABLE = Text(
    "培训方案所列课程“{course}”目前没有符合要求的已发布版本，不能批准。请退回修改，或等该课程发布。",
    "The curriculum's course “{course}” has no published version that fits now, so it can't be approved. Return it, or "
    "wait until that course is published.",
)


class CourseUnavailableError(ConflictError):
    """A curriculum can't be published while one of its courses can't be had."""

    code = "curriculum-course-unavailable"

    def __init__(self, course: str) -> None:
        super().__init__(_UNAVAILABLE.format(course=course))


class PinnedCourse(NamedTuple):
    """A course of a curriculum in the version that it consists of, or would if it were published now (None: there is
    none that fits). `latest` is the number that is published now."""

    choice: CourseChoice
    version: Version | None
    latest: int | None

    @property
    def hours(self) -> float:
        """As the curriculum says, or else the course."""
        return self.choice.hours or (read_facts(self.version.facts).hours if self.version else 0.0)


def lookup(session: Session) -> Lookup:
    """What a check asks the catalogue."""

    def known(institution: str, course: str) -> KnownCourse | None:
        rows = session.execute(
            _handed_out(institution, course)
            .with_only_columns(Version.number, Version.facts)
            .order_by(Version.number)
        ).all()
        if not rows:
            return None
        facts = read_facts(rows[-1][1])
        numbers = tuple(number for number, _ in rows if number is not None)
        return KnownCourse(
            numbers,
            facts.hours,
            facts.prerequisites,
            tuple(lesson.id for module in facts.modules for lesson in module.lessons),
            tuple(objective.id for objective in facts.objectives),
        )

    return known


def pin(session: Session, version: CurriculumVersion, curriculum: Curriculum) -> None:
    """Write down which versions a curriculum that is being published consists of. Raises CourseUnavailableError."""
    for position, choice in enumerate(curriculum.courses):
        # Nobody withdraws it before this is committed.
        found = session.scalar(_fitting(choice).with_for_update(of=Version, read=True))
        if found is None:
            raise CourseUnavailableError(choice.name)
        session.add(
            CurriculumCourse(curriculum_version_id=version.id, position=position, version_id=found.id)
        )
    session.flush()


def courses_of(session: Session, version: CurriculumVersion, curriculum: Curriculum) -> list[PinnedCourse]:
    """The courses in their order."""
    pinned = {row.position: found for row, found in session.execute(_pins(version.id))}
    published = version.published_at is not None
    return [
        PinnedCourse(
            choice,
            pinned.get(position) if published else session.scalar(_fitting(choice)),
            session.scalar(
                _handed_out(choice.institution, choice.course)
                .where(Version.state == State.PUBLISHED)
                .with_only_columns(Version.number)
            ),
        )
        for position, choice in enumerate(curriculum.courses)
    ]


def pinned_versions(session: Session, version_id: int) -> Sequence[Version]:
    """The versions that a published curriculum consists of, in its order, with their courses."""
    return [found for _, found in session.execute(_pins(version_id))]


def is_whole() -> ColumnElement[bool]:
    """Whether nothing that a curriculum's version consists of was withdrawn."""
    return ~exists().where(
        CurriculumCourse.curriculum_version_id == CurriculumVersion.id,
        CurriculumCourse.version_id == Version.id,
        Version.state.not_in(HANDED_OUT),
    )


def _pins(version_id: int) -> Select[CurriculumCourse, Version]:
    return (
        select(CurriculumCourse, Version)
        .join(Version, Version.id == CurriculumCourse.version_id)
        .where(CurriculumCourse.curriculum_version_id == version_id)
        .order_by(CurriculumCourse.position)
        .options(joinedload(Version.course, innerjoin=True))
    )


def _handed_out(institution: str, course: str) -> Select[Version]:
    return (
        select(Version)
        .join(Course, Course.id == Version.course_id)
        .join(Institution, Institution.id == Course.institution_id)
        .where(Institution.slug == institution, Course.slug == course, Version.state.in_(HANDED_OUT))
    )


def _fitting(choice: CourseChoice) -> Select[Version]:
    """The highest version that will do."""
    rows = _handed_out(choice.institution, choice.course).where(Version.number >= choice.versions.lowest)
    if choice.versions.highest is not None:
        rows = rows.where(Version.number <= choice.versions.highest)
    return rows.order_by(Version.number.desc()).limit(1)
