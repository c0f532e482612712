"""What was ever published, in the order of its publication. Nothing leaves these rows: a version that is withdrawn keeps its place."""

from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.database.models import CurriculumVersion, Event, VersionTheme
from catalog.domain.states import Event as Happened


class Publications(NamedTuple):
    """Identifiers of versions, and what grows with each publication."""

    ids: Select[int]
    order: tuple[InstrumentedAttribute[Any], ...]

    def count(self, session: Session) -> int:
        """How many."""
        return session.scalar(select(func.count()).select_from(self.ids.subquery())) or 0

    def newest(self, session: Session, most: int) -> list[int]:
        """The last ones, the newest first."""
        rows = self.ids.order_by(*(column.desc() for column in self.order)).limit(most)
        return list(session.scalars(rows))

    def from_oldest(self, session: Session, skip: int, most: int) -> list[int]:
        """Some from the beginning on, but for the first `skip`; the oldest first."""
        return list(session.scalars(self.ids.order_by(*self.order).offset(skip).limit(most)))


def of_courses(*, institution: int | None = None, course: int | None = None) -> Publications:
    """Versions of all courses, or of an institution's, or of one."""
    rows = select(Event.version_id).where(Event.action == Happened.PUBLISHED.value)
    if institution is not None:
        rows = rows.where(Event.institution_id == institution)
    if course is not None:
        rows = rows.where(Event.course_id == course)
    return Publications(rows, (Event.id,))  # type: ignore[arg-type]  # those events have one


def of_theme(theme: str) -> Publications:
    """Versions of courses that had this theme when they were published."""
    rows = select(VersionTheme.version_id).where(VersionTheme.theme == theme)
    return Publications(rows, (VersionTheme.event_id,))


def of_curricula(curriculum: int | None = None) -> Publications:
    """Versions of all curricula, or of one. There are some hundreds at most."""
    rows = select(CurriculumVersion.id).where(CurriculumVersion.number.is_not(None))
    if curriculum is not None:
        rows = rows.where(CurriculumVersion.curriculum_id == curriculum)
    return Publications(rows, (CurriculumVersion.published_at, CurriculumVersion.id))
