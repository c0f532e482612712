"""Webhooks: other programs are told when something is published, superseded, withdrawn or ready."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta
from sqlalchemy.orm import Session

from catalog.database.models import Course, Institution, Webhook
from catalog.services import webhooks
from catalog.services.events import Cause
from catalog.services.webhooks import Delivery, Wanted
from catalog.web.language import AnyRequest
from catalog.web.paging import Cursor, Limit, Listed, listed
from catalog.web.parts import Parts
from catalog.webhooks.signing import shown_secret

Name = Annotated[str, Meta(max_length=200)]


class NewWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to send what. `institution` (with or without its `course`) and `theme` narrow it."""

    url: Annotated[str, Meta(max_length=2000)]
    kinds: tuple[Name, ...]
    institution: Name = ""
    course: Name = ""
    theme: Name = ""


class ShownWebhook(msgspec.Struct, frozen=True):
    """A webhook without its secret. `paused_for`: `asked`, `failing`, `gone`, or empty while it runs; `failures`: how
    often the message that waits was sent in vain; `due_at`: when it is sent next."""

    id: int
    url: str
    kinds: tuple[str, ...]
    institution: str
    course: str
    theme: str
    created_at: datetime
    paused_for: str
    failures: int
    due_at: datetime | None


class WebhookSecret(msgspec.Struct, frozen=True):
    """A webhook whose secret is new. `secret` is shown now and never again."""

    webhook: ShownWebhook
    secret: str


class ShownAttempt(msgspec.Struct, frozen=True):
    """One attempt. `status` is the receiver's, `trouble` why the message didn't arrive, `excerpt` what it answered."""

    at: datetime
    status: int | None
    milliseconds: int
    trouble: str
    excerpt: str


class ShownDelivery(msgspec.Struct, frozen=True):
    """One message, as it is sent: `id` is its `webhook-id`, `body` what is signed."""

    id: str
    kind: str
    body: str
    created_at: datetime
    delivered_at: datetime | None
    attempts: tuple[ShownAttempt, ...]


@post("/webhooks", status_code=HTTPStatus.CREATED, sync_to_thread=True)
def register_webhook(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], data: JSONBody[NewWebhook]
) -> WebhookSecret:
    """Be told from now on. The secret, with which to check that a message is ours, is shown this once."""
    wanted = Wanted(data.url, data.kinds, data.institution, data.course, data.theme)

    def work(session: Session) -> WebhookSecret:
        return _with_secret(session, webhooks.register(session, cause, wanted, parts.jobs.sender))

    return parts.database.transact(work)


@get("/webhooks", sync_to_thread=True)
def list_webhooks(parts: NamedDependency[Parts], cause: NamedDependency[Cause]) -> list[ShownWebhook]:
    """One's webhooks, the newest first; the Centre's administrators see everybody's."""
    with parts.database.read() as session:
        return [_shown(session, found) for found in webhooks.of_actor(session, cause.actor)]


@get("/webhooks/{webhook_id:int}", sync_to_thread=True)
def get_webhook(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], webhook_id: FromPath[int]
) -> ShownWebhook:
    """One webhook."""
    with parts.database.read() as session:
        return _shown(session, webhooks.get(session, cause.actor, webhook_id))


@get("/webhooks/{webhook_id:int}/deliveries", sync_to_thread=True)
def list_deliveries(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    webhook_id: FromPath[int],
    cursor: FromQuery[Cursor] = "",
    limit: FromQuery[Limit] = 20,
) -> Response[Listed[ShownDelivery]]:
    """What it was told or is to be told within a month, each attempt on record; the newest first."""
    with parts.database.read() as session:
        found = webhooks.get(session, cause.actor, webhook_id)
        page = webhooks.deliveries(session, found, cursor=cursor, limit=limit)
        return listed(request, [_shown_delivery(delivery) for delivery in page.rows], page.next)


@post("/webhooks/{webhook_id:int}/pause", status_code=200, sync_to_thread=True)
def pause_webhook(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], webhook_id: FromPath[int]
) -> ShownWebhook:
    """Send nothing for now; what happens meanwhile waits."""
    return _change(parts, lambda session: webhooks.pause(session, cause, webhook_id))


@post("/webhooks/{webhook_id:int}/resume", status_code=200, sync_to_thread=True)
def resume_webhook(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], webhook_id: FromPath[int]
) -> ShownWebhook:
    """Send again, beginning with what waits."""
    shown = _change(parts, lambda session: webhooks.resume(session, cause, webhook_id))
    parts.jobs.hint_messages()
    return shown


@post("/webhooks/{webhook_id:int}/test", status_code=HTTPStatus.ACCEPTED, sync_to_thread=True)
def test_webhook(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], webhook_id: FromPath[int]
) -> ShownWebhook:
    """Have a message of kind `webhook.test` sent; how it went is among the deliveries."""
    shown = _change(parts, lambda session: webhooks.try_out(session, cause, webhook_id))
    parts.jobs.hint_messages()
    return shown


@post("/webhooks/{webhook_id:int}/secret", status_code=200, sync_to_thread=True)
def rotate_webhook_secret(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], webhook_id: FromPath[int]
) -> WebhookSecret:
    """A new secret; for a day messages are signed with both."""

    def work(session: Session) -> WebhookSecret:
        return _with_secret(session, webhooks.rotate(session, cause, webhook_id))

    return parts.database.transact(work)


@delete("/webhooks/{webhook_id:int}", sync_to_thread=True)
def remove_webhook(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], webhook_id: FromPath[int]
) -> None:
    """End it, with what waits."""
    parts.database.transact(lambda session: webhooks.remove(session, cause, webhook_id))


def _change(parts: Parts, step: Callable[[Session], Webhook]) -> ShownWebhook:
    return parts.database.transact(lambda session: _shown(session, step(session)))


def _with_secret(session: Session, webhook: Webhook) -> WebhookSecret:
    return WebhookSecret(_shown(session, webhook), shown_secret(webhook.secret))


def _shown(session: Session, webhook: Webhook) -> ShownWebhook:
    institution = session.get(Institution, webhook.institution_id) if webhook.institution_id else None
    course = session.get(Course, webhook.course_id) if webhook.course_id else None
    return ShownWebhook(
        webhook.id,
        webhook.url,
        tuple(webhook.kinds.split()),
        institution.slug if institution is not None else "",
        course.slug if course is not None else "",
        webhook.theme or "",
        webhook.created_at,
        webhook.paused_for,
        webhook.failures,
        webhook.due_at,
    )


def _shown_delivery(delivery: Delivery) -> ShownDelivery:
    message = delivery.message
    attempts = tuple(
        ShownAttempt(found.at, found.status, found.milliseconds, found.trouble, found.excerpt)
        for found in delivery.attempts
    )
    return ShownDelivery(
        message.message_id,
        message.kind,
        message.body,
        message.created_at,
        message.delivered_at,
        attempts,
    )


HANDLERS = (
    register_webhook,
    list_webhooks,
    get_webhook,
    list_deliveries,
    pause_webhook,
    resume_webhook,
    test_webhook,
    rotate_webhook_secret,
    remove_webhook,
)
