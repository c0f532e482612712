"""The outbox: what webhooks are to be told, written in the transaction in which it happened.

Told is only what everybody may know: versions from their publication on. What stays a draft is nobody's business.
"""

import secrets
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from catalog.database.base import utcnow
from catalog.database.models import (
    Course,
    CurriculumVersion,
    Event,
    Package,
    Person,
    Version,
    Webhook,
    WebhookMessage,
)
from catalog.services.facts import read_facts
from courses.curricula import Curriculum
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


def announce_package(session: Session, version: Version, package: Package) -> None:
    """Tell of a package that was built."""
    facts = read_facts(version.facts)
    course = f"{version.course.institution.slug}/{version.course.slug}"
    preset = "" if package.preset == "generic" else f"?lms={package.preset}"
    data = {
        **_named(version, version.course),
        "format": package.format,
        "lms": package.preset,
        "name": package.name,
        "size": package.size,
        "sha256": package.sha256,
        "links": {
            "package": f"{_API}/courses/{course}/versions/{version.number}/packages/{package.format}{preset}"
        },
    }
    themes = tuple(facts.themes)
    institution = version.course.institution_id
    _put(session, _News(PACKAGE_READY, package.built_at, institution, version.course_id, themes, data))


def put_test(session: Session, webhook: Webhook) -> None:
    """Have a message sent that says nothing."""
    _add(session, [webhook], _body(TEST, utcnow(), {}), TEST)


def forget(session: Session) -> None:
    """What is older than a month, delivered or not."""
    session.execute(delete(WebhookMessage).where(WebhookMessage.created_at < utcnow() - KEPT))


def _of_version(session: Session, version: Version, kind: str, event: Event) -> _News:
    course, detail = session.get_one(Course, version.course_id), event.detail
    address = f"{_API}/courses/{course.institution.slug}/{course.slug}/versions/{version.number}"
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
    theme = msgspec.json.decode(version.document, type=Curriculum).theme
    data = {
        "institution": curriculum.institution.slug,
        "curriculum": curriculum.slug,
        "number": version.number,
        "title": Text(version.title_zh, version.title_en),
        "edition": version.edition,
        "themes": [theme],
    }
    data |= {key: event.detail[key] for key in ("supersedes", "superseded_by") if event.detail.get(key)}
    return _News(kind, event.at, curriculum.institution_id, None, (theme,), data)


def _named(version: Version, course: Course) -> dict[str, Any]:
    return {
        "institution": course.institution.slug,
        "course": course.slug,
        "number": version.number,
        "title": Text(version.title_zh, version.title_en),
        "edition": version.edition,
        "themes": list(read_facts(version.facts).themes),
    }


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
