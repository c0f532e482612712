"""What happened, and which requests were answered."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from catalog.database.base import Base, Id, Identifier


class Event(Base):
    """One change of state: who, when, what, from where. Append-only: triggers refuse UPDATE and DELETE.

    Identifiers grow in the order of commits (catalog.services.events), so that whoever reads on from the last one
    seen misses nothing. `actor_name` is kept as it was then.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_institution_id_id", "institution_id", "id"),
        Index("ix_events_course_id_id", "course_id", "id"),
        Index("ix_events_version_id_id", "version_id", "id"),
        Index("ix_events_action_id", "action", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    action: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("people.id"), index=True)
    actor_name: Mapped[str]
    origin: Mapped[str]
    request_id: Mapped[str]
    institution_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("institutions.id"))
    course_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("courses.id"))
    version_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("versions.id"))
    curriculum_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("curricula.id"))
    person_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("people.id"))
    detail: Mapped[dict[str, str | int | None]] = mapped_column(JSON)


class IdempotencyKey(Base):
    """An answered request: the same person's same key gives the same answer. `fingerprint` is the SHA-256 of what was
    asked, so that a key used for something else is refused."""

    __tablename__ = "idempotency_keys"

    # 0 stands for the machine's own operator, who has no account.
    person_id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    answer: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(index=True)
