"""What happened: written by each change of state, read by those concerned."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import Event
from catalog.domain.roles import Action, Actor, Resource, allowed
from catalog.services import outbox

_EVENTS_LOCK = 0x6C696E68  # PostgreSQL: events are numbered in the order of commits


class Origin(NamedTuple):
    """From where a change came: an address or `cli`, and the request's identifier."""

    address: str = ""
    request_id: str = ""


class Cause(NamedTuple):
    """Who does it, and from where."""

    actor: Actor
    origin: Origin = Origin()


class Subject(NamedTuple):
    """What an event is about, by identifiers."""

    institution: int | None = None
    course: int | None = None
    version: int | None = None
    curriculum: int | None = None
    person: int | None = None


NOTHING = Subject()  # an event about nothing in particular; events about anything


def write(session: Session, cause: Cause, action: str, subject: Subject, **detail: str | int | None) -> Event:
    """Write one event, and what webhooks are told of it: the last thing that a transaction does."""
    session.flush()
    take_turn(session)
    event = Event(
        at=utcnow(),
        action=action,
        actor_id=account_id(cause.actor),
        actor_name=cause.actor.name,
        origin=cause.origin.address,
        request_id=cause.origin.request_id,
        institution_id=subject.institution,
        course_id=subject.course,
        version_id=subject.version,
        curriculum_id=subject.curriculum,
        person_id=subject.person,
        detail=detail,
    )
    session.add(event)
    session.flush()
    outbox.announce_event(session, event)
    return event


def take_turn(session: Session) -> None:
    """From here to the commit no other transaction writes events. Whoever locks webhooks and writes an event calls it first.

    A sequence gives its numbers before the commit, so that a reader who goes on from the last one seen could miss one
    that is committed late. On PostgreSQL a lock, held until the commit, lets events through one transaction at a time;
    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_EVENTS_LOCK)))


def account_id(actor: Actor) -> int | None:
    """The actor's row; None for the operator of the machine, who has none."""
    return int(actor.person_id) if actor.person_id.isdecimal() else None


def page(
    session: Session,
    actor: Actor,
    *,
    institutions: dict[int, str],
    after: int = 0,
    subject: Subject = NOTHING,
    actions: Sequence[str] = (),
    limit: int = 50,
) -> list[Event]:
    """The next `limit` events after identifier `after`, oldest first, that the actor may read: everything, their
    institutions' (`institutions`: slug by identifier), their own."""
    rows = select(Event).where(Event.id > after).order_by(Event.id).limit(limit)
    for column, value in zip(
        (Event.institution_id, Event.course_id, Event.version_id, Event.curriculum_id, Event.person_id),
        subject,
        strict=True,
    ):
        if value is not None:
            rows = rows.where(column == value)
    if actions:
        rows = rows.where(Event.action.in_(actions))
    if not allowed(actor, Action.READ_EVENTS, Resource()):
        readable = [
            row_id
            for row_id, slug in institutions.items()
            if allowed(actor, Action.READ_EVENTS, Resource(institution=slug))
        ]
        own = account_id(actor)
        rows = rows.where(
            Event.institution_id.in_(readable) | (Event.actor_id == own) | (Event.person_id == own)
        )
    return list(session.scalars(rows))
