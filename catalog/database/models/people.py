"""Institutions, people, what they may do, and how they prove who they are."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.database.base import Base, Id, Identifier


class Institution(Base):
    """A training institution 培训承担机构. `slug` stands in addresses and never changes."""

    __tablename__ = "institutions"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)


class Participation(Base):
    """An institution in an edition 年度. `suspended_at`: from then on it submits nothing in that edition."""

    __tablename__ = "participations"
    __table_args__ = (UniqueConstraint("edition", "institution_id"),)

    id: Mapped[Id]
    edition: Mapped[str]
    institution_id: Mapped[int] = mapped_column(Identifier, ForeignKey("institutions.id"), index=True)
    suspended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    row_version: Mapped[int] = mapped_column(default=1)


class Person(Base):
    """Someone with an account. `email` is lower case; `password_hash` is argon2id, None: no password login."""

    __tablename__ = "people"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    grants: Mapped[list["Grant"]] = relationship(back_populates="person", lazy="raise", order_by="Grant.id")


class Grant(Base):
    """A role, for one institution or (None) for the programme."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_programme",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("institution_id IS NULL"),
            postgresql_where=text("institution_id IS NULL"),
        ),
        Index("uq_grants_institution", "person_id", "role", "institution_id", unique=True),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(Identifier, ForeignKey("people.id"))
    role: Mapped[str]
    institution_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("institutions.id"), index=True)
    granted_at: Mapped[datetime]
    person: Mapped[Person] = relationship(back_populates="grants", lazy="raise")
    institution: Mapped[Institution | None] = relationship(lazy="joined")


class Token(Base):
    """An API token. Only the SHA-256 of its secret is kept; `hint` is its visible beginning. `scopes`: actions,
    separated by blanks; empty for all that its person may do."""

    __tablename__ = "tokens"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(Identifier, ForeignKey("people.id"), index=True)
    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    hint: Mapped[str]
    scopes: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise")


class LoginAttempt(Base):
    """A failed login, kept as long as it counts: `key` is the SHA-256 of a name or of an address."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index("ix_login_attempts_key_at", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(index=True)
