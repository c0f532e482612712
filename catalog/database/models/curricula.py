"""Curricula 培训方案 and their versions, which live like a course's, and the versions of courses that each consists of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.database.base import Base, Id, Identifier
from catalog.database.models.courses import NUMBERED, OPEN, PUBLISHED, STATES
from catalog.database.models.people import Institution


class Curriculum(Base):
    """A curriculum of an institution. `last_number` as with courses."""

    __tablename__ = "curricula"
    __table_args__ = (UniqueConstraint("institution_id", "slug"),)

    id: Mapped[Id]
    institution_id: Mapped[int] = mapped_column(Identifier, ForeignKey("institutions.id"))
    slug: Mapped[str]
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    institution: Mapped[Institution] = relationship(lazy="joined", innerjoin=True)


class CurriculumVersion(Base):
    """One version of a curriculum. `source` is the text of its file, `document` what was read from it (JSON,
    courses.curricula), `diagnostics` what a check said of it (JSON). Empty for those of a time that kept no sources."""

    __tablename__ = "curriculum_versions"
    __table_args__ = (
        UniqueConstraint("curriculum_id", "number"),
        Index(
            "uq_curriculum_versions_open",
            "curriculum_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "uq_curriculum_versions_published",
            "curriculum_id",
            unique=True,
            sqlite_where=text(PUBLISHED),
            postgresql_where=text(PUBLISHED),
        ),
        Index("ix_curriculum_versions_state_id", "state", "id"),
        CheckConstraint(STATES, name="state"),
        CheckConstraint(NUMBERED, name="numbered"),
    )

    id: Mapped[Id]
    curriculum_id: Mapped[int] = mapped_column(Identifier, ForeignKey("curricula.id"), index=True)
    number: Mapped[int | None]
    state: Mapped[str]
    row_version: Mapped[int] = mapped_column(default=1)
    edition: Mapped[str]
    theme: Mapped[str]
    kind: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    document: Mapped[str]
    source: Mapped[str]
    diagnostics: Mapped[str]
    created_by: Mapped[int | None] = mapped_column(Identifier, ForeignKey("people.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    curriculum: Mapped[Curriculum] = relationship(lazy="raise")


class CurriculumCourse(Base):
    """A course of a curriculum, `position` from 0: from its publication on in this very version."""

    __tablename__ = "curriculum_courses"

    curriculum_version_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("curriculum_versions.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(Identifier, ForeignKey("versions.id"), index=True)
