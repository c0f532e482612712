"""Webhooks: who is told of what, what they are still to be told, and each attempt to tell them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.database.base import Base, Id, Identifier

_WAITING = "delivered_at IS NULL"


class Webhook(Base):
    """A subscription of a person's. `kinds` are separated by blanks; institution, course and theme narrow it where they
    are set. `due_at`: when its oldest message that waits is to be sent, None while none waits; `failures` counts that
    message's attempts in vain; whoever sends holds it until `claimed_until`. `paused_for` is empty while it runs.
    The secret must be readable to sign with it; the previous one signs too until `previous_until`."""

    __tablename__ = "webhooks"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(Identifier, ForeignKey("people.id"), index=True)
    url: Mapped[str]
    kinds: Mapped[str]
    institution_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("institutions.id"))
    course_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("courses.id"))
    theme: Mapped[str | None]
    secret: Mapped[bytes]
    previous_secret: Mapped[bytes | None]
    previous_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    paused_for: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]


class WebhookMessage(Base):
    """What a webhook is to be told: written with what happened, in one transaction. `body` is what is sent, byte for
    byte at each attempt; `message_id` is the receiver's means to notice what came twice."""

    __tablename__ = "webhook_messages"
    __table_args__ = (
        Index("ix_webhook_messages_webhook_id_id", "webhook_id", "id"),
        Index(
            "ix_webhook_messages_waiting",
            "webhook_id",
            "id",
            sqlite_where=text(_WAITING),
            postgresql_where=text(_WAITING),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    webhook_id: Mapped[int] = mapped_column(Identifier, ForeignKey("webhooks.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]


class WebhookAttempt(Base):
    """One attempt to send a message. `status` is the answer's, None when there was none; `trouble` says in a slug why
    not; `excerpt` is the beginning of the answer."""

    __tablename__ = "webhook_attempts"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("webhook_messages.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    status: Mapped[int | None]
    milliseconds: Mapped[int]
    trouble: Mapped[str]
    excerpt: Mapped[str]
