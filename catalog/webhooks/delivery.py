"""Delivers what waits in the outbox: at least once, each webhook's messages in their order, again and again for about a
day. Any number of processes may do it at once: whoever sends holds a claim on the webhook."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple

from prometheus_client import Counter
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import Webhook, WebhookAttempt, WebhookMessage
from catalog.database.session import FRESH, Database
from catalog.services import events, webhooks
from catalog.services.webhooks import Pause
from catalog.webhooks import signing
from catalog.webhooks.sending import Outcome, Sender

ATTEMPTS = Counter("lingjun_webhook_attempts", "Messages sent to webhooks, or not.", ("outcome",))
MOST_ATTEMPTS = 10
_FIRST_WAIT, _LONGEST_WAIT = 10, 8 * 3600  # seconds; each wait is four times the one before
_JITTER = 20  # per cent, up or down, so that many that failed together don't come back together
_CLAIM = timedelta(minutes=2)  # more than an attempt can take

_log = logging.getLogger(__name__)


class _Turn(NamedTuple):
    """One message to send."""

    webhook: int
    message: int
    message_id: str
    url: str
    keys: tuple[bytes, ...]
    body: bytes
    claimed_until: datetime


def deliver_next(database: Database, sender: Sender, sending: Callable[[], object]) -> bool:
    """Make one attempt with what has waited longest; False when nothing is due. `sending` is called before what may
    take the receiver's time."""
    with database.read() as session:  # few looks find anything, and those shall not keep writers waiting
        if session.scalar(select(Webhook.id).where(_is_due(utcnow())).limit(1)) is None:
            return False
    turn = database.transact(_claim)
    if turn is None:
        return False
    sending()
    signed = signing.headers(turn.keys, turn.message_id, int(utcnow().timestamp()), turn.body)
    outcome = sender.send(turn.url, signed, turn.body)
    ATTEMPTS.labels(outcome.trouble or "delivered").inc()
    _settle(database, turn, outcome)
    return True


def wait_after(failures: int) -> timedelta:
    """How long to wait after that many failures in a row, give or take."""
    wait = min(_FIRST_WAIT << 2 * (failures - 1), _LONGEST_WAIT)
    return timedelta(seconds=wait * (100 - _JITTER + secrets.randbelow(2 * _JITTER + 1)) / 100)


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = or_(Webhook.claimed_until.is_(None), Webhook.claimed_until < now)
    return and_(Webhook.due_at <= now, Webhook.paused_for == "", free)


def _claim(session: Session) -> _Turn | None:
    """The oldest message of the webhook that has waited longest."""
    while True:
        now = utcnow()
        webhook = session.scalar(
            select(Webhook)
            .where(_is_due(now))
            .order_by(Webhook.due_at, Webhook.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .execution_options(**FRESH)
        )
        if webhook is None:
            return None
        message = session.scalar(_waiting(webhook.id))
        if message is not None:
            break
        webhook.due_at = None  # too old, and forgotten
        session.flush()
    webhook.claimed_until = now + _CLAIM
    keys: tuple[bytes, ...] = (webhook.secret,)
    if webhook.previous_secret and webhook.previous_until and webhook.previous_until > now:
        keys = (webhook.secret, webhook.previous_secret)
    body = message.body.encode()
    return _Turn(webhook.id, message.id, message.message_id, webhook.url, keys, body, webhook.claimed_until)


def _settle(database: Database, turn: _Turn, outcome: Outcome) -> None:
    """Write down how it ended, and when the webhook's next turn is."""

    def work(session: Session) -> None:
        events.take_turn(session)
        locked = (
            select(Webhook).where(Webhook.id == turn.webhook).with_for_update().execution_options(**FRESH)
        )
        webhook = session.scalar(locked)
        message = session.get(WebhookMessage, turn.message)
        if webhook is None or message is None:  # removed meanwhile
            return
        now = utcnow()
        session.add(
            WebhookAttempt(
                message_id=turn.message,
                at=now,
                status=outcome.status,
                milliseconds=outcome.milliseconds,
                trouble=outcome.trouble or "",
                excerpt=outcome.excerpt,
            )
        )
        if webhook.claimed_until == turn.claimed_until:
            webhook.claimed_until = None
        if outcome.trouble is None:
            message.delivered_at = message.delivered_at or now
            webhook.failures = 0
            session.flush()
            webhook.due_at = now if session.scalar(_waiting(webhook.id)) is not None else None
        else:
            _put_off(session, webhook, outcome, now)

    database.transact(work)


def _put_off(session: Session, webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    webhook.failures += 1
    webhook.due_at = now + wait_after(webhook.failures)
    _log.info("webhook %s: %s %s", webhook.id, outcome.trouble, outcome.status or "")
    if outcome.status == HTTPStatus.GONE:
        webhooks.pause_by_itself(session, webhook, Pause.GONE)
    elif webhook.failures >= MOST_ATTEMPTS:
        webhooks.pause_by_itself(session, webhook, Pause.FAILING)


def _waiting(webhook_id: int) -> Select[WebhookMessage]:
    return (
        select(WebhookMessage)
        .where(WebhookMessage.webhook_id == webhook_id, WebhookMessage.delivered_at.is_(None))
        .order_by(WebhookMessage.id)
        .limit(1)
    )
