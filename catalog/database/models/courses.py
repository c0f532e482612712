"""Courses, their versions, the files of each, and what reviewers wrote beside the lines."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.database.base import Base, Id, Identifier
from catalog.database.models.people import Institution, Person

STATES = "state IN ('draft', 'submitted', 'returned', 'published', 'superseded', 'withdrawn')"
OPEN = "state IN ('draft', 'submitted', 'returned')"
PUBLISHED = "state = 'published'"
EITHER = "(version_id IS NULL) <> (curriculum_version_id IS NULL)"  # a course's or a curriculum's
NUMBERED = "(number IS NOT NULL) OR (state NOT IN ('published', 'superseded'))"


class Course(Base):
    """A course of an institution. `last_number` is the last version number given out: it only grows."""

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("institution_id", "slug"),)

    id: Mapped[Id]
    institution_id: Mapped[int] = mapped_column(Identifier, ForeignKey("institutions.id"))
    slug: Mapped[str]
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    institution: Mapped[Institution] = relationship(lazy="joined", innerjoin=True)


class Version(Base):
    """One version of a course. Published, its content columns never change again (a trigger refuses it).

    `source_sha256` names the canonical archive of its folder, `reading_sha256` what was read from it, `facts` is
    JSON (catalog.services.facts.CourseFacts). `row_version` counts changes: the ETag.
    """

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        Index(
            "uq_versions_open",
            "course_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "uq_versions_published",
            "course_id",
            unique=True,
            sqlite_where=text(PUBLISHED),
            postgresql_where=text(PUBLISHED),
        ),
        Index("ix_versions_state_id", "state", "id"),
        CheckConstraint(STATES, name="state"),
        CheckConstraint(NUMBERED, name="numbered"),
    )

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(Identifier, ForeignKey("courses.id"), index=True)
    number: Mapped[int | None]
    state: Mapped[str]
    row_version: Mapped[int] = mapped_column(default=1)
    source_sha256: Mapped[str] = mapped_column(index=True)
    source_size: Mapped[int] = mapped_column(BigInteger)
    reading_sha256: Mapped[str] = mapped_column(index=True)
    content_hash: Mapped[str]
    edition: Mapped[str]
    language: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    facts: Mapped[str]
    warnings: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(Identifier, ForeignKey("people.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    course: Mapped[Course] = relationship(lazy="raise")


class VersionTheme(Base):
    """A theme that a version had when it was published; `event_id` is the event of its publication."""

    __tablename__ = "version_themes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    theme: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(Identifier, ForeignKey("events.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(Identifier, ForeignKey("versions.id"))


class VersionFile(Base):
    """One file in a version's source archive."""

    __tablename__ = "version_files"

    version_id: Mapped[int] = mapped_column(Identifier, ForeignKey("versions.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]


class Comment(Base):
    """A reviewer's words on a line of the source of a course's or a curriculum's version. `source_sha256` is the source
    that the line is of: after a draft was replaced it tells that the comment is about an earlier text."""

    __tablename__ = "comments"
    __table_args__ = (CheckConstraint(EITHER, name="owner"),)

    id: Mapped[Id]
    version_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("versions.id"), index=True)
    curriculum_version_id: Mapped[int | None] = mapped_column(
        Identifier, ForeignKey("curriculum_versions.id"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("people.id"))
    source_sha256: Mapped[str]
    file: Mapped[str]
    line: Mapped[int]
    body: Mapped[str]
    created_at: Mapped[datetime]
    author: Mapped[Person | None] = relationship(lazy="joined")
