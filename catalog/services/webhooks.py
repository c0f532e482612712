"""Webhooks of people: registered, listed, paused, resumed, given a new secret, tried out, removed."""

from datetime import timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import Webhook, WebhookAttempt, WebhookMessage
from catalog.database.session import FRESH
from catalog.domain.errors import ConflictError, NotFoundError, UnauthenticatedError
from catalog.domain.roles import ANYONE, Action, Actor, Resource, allowed, require
from catalog.services import accounts, events, lists, outbox
from catalog.services.events import Cause, Subject, account_id
from catalog.services.operator import PERSON_ID
from catalog.services.pages import Page, decode_cursor, encode_cursor
from catalog.webhooks import signing
from catalog.webhooks.sending import Sender
from schemas.errors import UsageError
from schemas.text import Text

MOST = 20  # webhooks of one person
OLD_SECRET_KEPT = timedelta(hours=24)
_WEBHOOK = Text("这个回调", "such webhook")
_TOO_MANY = Text(
    "每人最多 {most} 个回调。请先删除不用的。", "Nobody has more than {most} webhooks. Remove one first."
)
_NO_KIND = Text("请至少选一种事件：{kinds}", "Choose at least one kind of event: {kinds}")
_COURSE_OF_NOBODY = Text("指定课程时请同时指定机构。", "A course needs its institution beside it.")
_BY_ITSELF = Cause(Actor(PERSON_ID, "lingjun"))


class Pause(StrEnum):
    """Why a webhook is sent nothing."""

    ASKED = "asked"  # by its owner or an administrator
    FAILING = "failing"  # nothing arrived for about a day
    GONE = "gone"  # the receiver answered 410


class Wanted(msgspec.Struct, frozen=True):
    """What somebody wants to be told, and where. Empty: of any institution, course, theme."""

    url: str
    kinds: tuple[str, ...]
    institution: str = ""
    course: str = ""
    theme: str = ""


class Delivery(msgspec.Struct, frozen=True):
    """A message with its attempts, the first one first."""

    message: WebhookMessage
    attempts: tuple[WebhookAttempt, ...]


def register(session: Session, cause: Cause, wanted: Wanted, sender: Sender) -> Webhook:
    """A new webhook of the actor's own. Raises UsageError for an address that `sender` would never tell anything."""
    owner = account_id(cause.actor)
    if owner is None:
        raise UnauthenticatedError
    resource = Resource(person_id=cause.actor.person_id)
    require(cause.actor, Action.MANAGE_WEBHOOKS, resource, see=Action.READ_PUBLISHED, what=_WEBHOOK)
    sender.require_acceptable(wanted.url)
    events.take_turn(session)
    if not wanted.kinds or not set(wanted.kinds) <= set(outbox.KINDS):
        raise UsageError(_NO_KIND.format(kinds=", ".join(outbox.KINDS)))
    count = session.scalar(select(func.count()).where(Webhook.person_id == owner))
    if (count or 0) >= MOST:
        raise ConflictError(_TOO_MANY.format(most=MOST))
    institution_id, course_id = _narrowed(session, wanted)
    made = Webhook(
        person_id=owner,
        url=wanted.url,
        kinds=" ".join(dict.fromkeys(wanted.kinds)),
        institution_id=institution_id,
        course_id=course_id,
        theme=wanted.theme or None,
        secret=signing.new_secret(),
        created_at=utcnow(),
    )
    session.add(made)
    session.flush()
    _tell(session, cause, "webhook-registered", made, url=made.url)
    return made


def of_actor(session: Session, actor: Actor) -> list[Webhook]:
    """The actor's webhooks, the newest first; whoever may manage everybody's gets everybody's."""
    if not actor.signed_in:
        raise UnauthenticatedError
    rows = select(Webhook).order_by(Webhook.id.desc())
    if not allowed(actor, Action.MANAGE_WEBHOOKS, Resource()):
        owned = allowed(actor, Action.MANAGE_WEBHOOKS, Resource(person_id=actor.person_id))
        rows = rows.where(Webhook.person_id == account_id(actor) if owned else Webhook.id < 0)
    return list(session.scalars(rows))


def get(session: Session, actor: Actor, webhook_id: int) -> Webhook:
    """One. Raises NotFoundError where the actor may not know of it."""
    rows = select(Webhook).where(Webhook.id == webhook_id).execution_options(**FRESH)
    return _required(session.scalar(rows), actor)


def pause(session: Session, cause: Cause, webhook_id: int) -> Webhook:
    """Send it nothing until it is resumed; what happens meanwhile waits, for a month."""
    found = _begin(session, cause, webhook_id)
    if found.paused_for != Pause.ASKED:
        found.paused_for = Pause.ASKED
        _tell(session, cause, "webhook-paused", found, reason=Pause.ASKED)
    return found


def resume(session: Session, cause: Cause, webhook_id: int) -> Webhook:
    """Send again, beginning with what waits."""
    found = _begin(session, cause, webhook_id)
    if found.paused_for:
        found.paused_for = ""
        found.failures = 0
        found.due_at = utcnow()
        _tell(session, cause, "webhook-resumed", found)
    return found


def rotate(session: Session, cause: Cause, webhook_id: int) -> Webhook:
    """A new secret. The old one signs as well for a day, so that the receiver can change over."""
    found = _begin(session, cause, webhook_id)
    found.previous_secret, found.previous_until = found.secret, utcnow() + OLD_SECRET_KEPT
    found.secret = signing.new_secret()
    _tell(session, cause, "webhook-secret-rotated", found)
    return found


def try_out(session: Session, cause: Cause, webhook_id: int) -> Webhook:
    """Have a message sent that says nothing."""
    found = _begin(session, cause, webhook_id)
    outbox.put_test(session, found)
    return found


def remove(session: Session, cause: Cause, webhook_id: int) -> None:
    """Forget it, with all that it was told."""
    found = _begin(session, cause, webhook_id)
    session.delete(found)
    _tell(session, cause, "webhook-removed", found, url=found.url)


def pause_by_itself(session: Session, webhook: Webhook, why: Pause) -> None:
    """Nothing arrives any more. `webhook` is locked."""
    webhook.paused_for = why
    _tell(session, _BY_ITSELF, "webhook-paused", webhook, reason=why)


def deliveries(session: Session, webhook: Webhook, *, cursor: str = "", limit: int = 20) -> Page[Delivery]:
    """What it was told or is to be told, the newest first."""
    rows = (
        select(WebhookMessage)
        .where(WebhookMessage.webhook_id == webhook.id)
        .order_by(WebhookMessage.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        rows = rows.where(WebhookMessage.id < decode_cursor(cursor, "deliveries", 1)[0])
    found = list(session.scalars(rows))
    more = encode_cursor("deliveries", found[limit - 1].id) if len(found) > limit else ""
    attempts = session.scalars(
        select(WebhookAttempt)
        .where(WebhookAttempt.message_id.in_([message.id for message in found[:limit]]))
        .order_by(WebhookAttempt.id)
    ).all()
    of = [Delivery(m, tuple(a for a in attempts if a.message_id == m.id)) for m in found[:limit]]
    return Page(of, more)


def _narrowed(session: Session, wanted: Wanted) -> tuple[int | None, int | None]:
    """Identifiers of institution and course. A course that has nothing published isn't there."""
    if not wanted.institution:
        if wanted.course:
            raise UsageError(_COURSE_OF_NOBODY)
        return None, None
    institution = accounts.institution(session, wanted.institution)
    if not wanted.course:
        return institution.id, None
    version = lists.version_by_number(session, ANYONE, wanted.institution, wanted.course, None)
    return institution.id, version.course_id


def _begin(session: Session, cause: Cause, webhook_id: int) -> Webhook:
    events.take_turn(session)
    rows = select(Webhook).where(Webhook.id == webhook_id).with_for_update().execution_options(**FRESH)
    return _required(session.scalar(rows), cause.actor)


def _required(webhook: Webhook | None, actor: Actor) -> Webhook:
    if not actor.signed_in:
        raise UnauthenticatedError
    if webhook is None:
        raise NotFoundError(_WEBHOOK)
    action = Action.MANAGE_WEBHOOKS
    require(actor, action, Resource(person_id=str(webhook.person_id)), see=action, what=_WEBHOOK)
    return webhook


def _tell(session: Session, cause: Cause, action: str, webhook: Webhook, **detail: str) -> None:
    events.write(session, cause, action, Subject(person=webhook.person_id), webhook=webhook.id, **detail)
