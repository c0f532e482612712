"""The outbox: what webhooks are to be told, written in the transaction in which it happened.

Told is only what everybody may know: versions from their publication on. What stays a draft is nobody's business.
"""

import secrets
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from catalog.database.base import utcnow
from catalog.database.models import (
    Course,
    Curriculum,
    CurriculumVersion,
    Event,
    Package,
    Person,
    Version,
    Webhook,
    WebhookMessage,
)
from catalog.services.facts import read_facts
from schemas.text import Text

TEST = "webhook.test"
PACKAGE_READY = "package.ready"
_OF_EVENTS = MappingProxyType(
    {
        f"{what}-{step}": f"{what}.{step}"
        for what in ("version", "curriculum")
        for step in ("published", "superseded", "withdrawn")
    }
)
KINDS = (*_OF_EVENTS.values(), PACKAGE_READY)
KEPT = timedelta(days=30)
_API = "/api/v1"


class _News(NamedTuple):
    """Something that happened, and what decides who wants to know of it."""

    kind: str
    at: datetime
    institution: int
    course: int | None
    themes: tuple[str, ...]
    data: dict[str, Any]


def announce_event(session: Session, event: Event) -> None:
    """Tell of an event, if it is one that is told."""
    kind = _OF_EVENTS.get(event.action)
    if kind is None or event.detail.get("number") is None:  # a draft was given up
        return
    if event.version_id is not None:
        version = session.get_one(Version, event.version_id)
        _put(session, _of_version(session, version, kind, event))
    else:
        _put(session, _of_curriculum(session, kind, event))


def announce_package(session: Session, version: Version | CurriculumVersion, package: Package) -> None:
    """Tell of a package that was built."""
    owner: Course | Curriculum
    if isinstance(version, Version):
        owner, named = version.course, _named(version, version.course)
    else:
        owner, named = version.curriculum, _named_curriculum(version, version.curriculum)
    choices = {
        "lms": "" if package.preset == "generic" else package.preset,
        "collected": "true" if package.shape == "set" else "",
    }
    query = urlencode({name: value for name, value in choices.items() if value})
    address = f"{_address(owner, version.number)}/packages/{package.format}"
    data = {
        **named,
        "format": package.format,
        "lms": package.preset,
        "name": package.name,
        "size": package.size,
        "sha256": package.sha256,
        "links": {"package": f"{address}?{query}" if query else address},
    }
    course = owner.id if isinstance(owner, Course) else None
    themes = tuple(named["themes"])
    _put(session, _News(PACKAGE_READY, package.built_at, owner.institution_id, course, themes, data))


def put_test(session: Session, webhook: Webhook) -> None:
    """Have a message sent that says nothing."""
    _add(session, [webhook], _body(TEST, utcnow(), {}), TEST)


def forget(session: Session) -> None:
    """What is older than a month, delivered or not."""
    session.execute(delete(WebhookMessage).where(WebhookMessage.created_at < utcnow() - KEPT))


def _of_version(session: Session, version: Version, kind: str, event: Event) -> _News:
    course, detail = session.get_one(Course, version.course_id), event.detail
    address = _address(course, version.number)
    data = _named(version, course) | {
        key: detail[key] for key in ("supersedes", "superseded_by") if detail.get(key)
    }
    links = {} if kind.endswith("withdrawn") else {"version": address, "packages": f"{address}/packages"}
    if detail.get("supersedes"):
        earlier = select(Version.id).where(
            Version.course_id == course.id, Version.number == detail["supersedes"]
        )
        links["changes"] = f"{_API}/versions/{version.id}/changes-since/{session.scalar(earlier)}"
    themes = tuple(read_facts(version.facts).themes)
    return _News(kind, event.at, course.institution_id, course.id, themes, data | {"links": links})


def _of_curriculum(session: Session, kind: str, event: Event) -> _News:
    version = session.scalars(
        select(CurriculumVersion)
        .where(
            CurriculumVersion.curriculum_id == event.curriculum_id,
            CurriculumVersion.number == event.detail["number"],
        )
        .options(joinedload(CurriculumVersion.curriculum, innerjoin=True))
    ).one()
    curriculum = version.curriculum
    address = _address(curriculum, version.number)
    links = {} if kind.endswith("withdrawn") else {"version": address, "packages": f"{address}/packages"}
    if event.detail.get("supersedes"):
        earlier = select(CurriculumVersion.id).where(
            CurriculumVersion.curriculum_id == curriculum.id,
            CurriculumVersion.number == event.detail["supersedes"],
        )
        links["changes"] = f"{_API}/curriculum-versions/{version.id}/changes-since/{session.scalar(earlier)}"
    data = _named_curriculum(version, curriculum) | {"links": links}
    data |= {key: event.detail[key] for key in ("supersedes", "superseded_by") if event.detail.get(key)}
    return _News(kind, event.at, curriculum.institution_id, None, (version.theme,), data)


def _named(version: Version, course: Course) -> dict[str, Any]:
    themes = list(read_facts(version.facts).themes)
    return {"course": course.slug, "themes": themes, **_called(version, course)}


def _named_curriculum(version: CurriculumVersion, curriculum: Curriculum) -> dict[str, Any]:
    return {"curriculum": curriculum.slug, "themes": [version.theme], **_called(version, curriculum)}


def _called(version: Version | CurriculumVersion, owner: Course | Curriculum) -> dict[str, Any]:
    return {
        "institution": owner.institution.slug,
        "number": version.number,
        "title": Text(version.title_zh, version.title_en),
        "edition": version.edition,
    }


def _address(owner: Course | Curriculum, number: int | None) -> str:
    kind = "courses" if isinstance(owner, Course) else "curricula"
    return f"{_API}/{kind}/{owner.institution.slug}/{owner.slug}/versions/{number}"


def _put(session: Session, news: _News) -> None:
    """For each webhook that wants it, in one order, so that no two wait for each other."""
    wanting = (
        select(Webhook)
        .join(Person, Person.id == Webhook.person_id)
        .where(
            Person.disabled_at.is_(None),
            Webhook.institution_id.is_(None) | (Webhook.institution_id == news.institution),
            Webhook.course_id.is_(None) | (Webhook.course_id == news.course),
            Webhook.theme.is_(None) | Webhook.theme.in_(news.themes),
        )
        .order_by(Webhook.id)
        .with_for_update(of=Webhook)
    )
    found = [webhook for webhook in session.scalars(wanting) if news.kind in webhook.kinds.split()]
    _add(session, found, _body(news.kind, news.at, news.data), news.kind)


def _add(session: Session, webhooks: list[Webhook], body: str, kind: str) -> None:
    now = utcnow()
    for webhook in webhooks:
        session.add(
            WebhookMessage(
                webhook_id=webhook.id,
                message_id=f"msg_{secrets.token_hex(12)}",
                kind=kind,
                body=body,
                created_at=now,
            )
        )
    session.flush()
    idle = [webhook.id for webhook in webhooks]
    session.execute(update(Webhook).where(Webhook.id.in_(idle), Webhook.due_at.is_(None)).values(due_at=now))


def _body(kind: str, at: datetime, data: dict[str, Any]) -> str:
    return msgspec.json.encode({"type": kind, "timestamp": at, "data": data}).decode()
