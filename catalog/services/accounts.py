"""Institutions, their part in editions, people and their roles."""

import re

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from catalog.database.base import utcnow
from catalog.database.models import Grant, Institution, Participation, Person
from catalog.domain.actions import INSTITUTIONAL
from catalog.domain.errors import AlreadyExistsError, NotFoundError, StaleError
from catalog.domain.roles import Action, Actor, Resource, Role, allowed, require
from catalog.services import events
from catalog.services.events import Cause, Subject
from catalog.services.passwords import hash_password
from schemas.errors import UsageError
from schemas.text import Text

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+")

_THE_INSTITUTION = Text("机构“{slug}”", "institution “{slug}”")
_THE_PERSON = Text("人员“{who}”", "person “{who}”")
_THE_ROLE = Text("这项角色", "such role")
_BAD_SLUG = Text(
    "机构代号只用小写字母、数字和连字符，最多 60 个字符：{slug}",
    "An institution's slug has lower-case letters, digits and hyphens, at most 60: {slug}",
)
# Packages are called institution-course-…, so that `smb` with `institute-x` and `smb-institute` with `x` would share a name.
_ALIKE = Text(
    "机构代号“{slug}”与已有的“{other}”开头相同，课程包会重名：请另取代号。",
    "“{slug}” begins like “{other}”, and packages of both could get one name: choose another slug.",
)
_BAD_EMAIL = Text("电子邮箱不正确：{email}", "This is no e-mail address: {email}")
_NAMELESS = Text("名称不能为空。", "A name is needed.")
_NEEDS_INSTITUTION = Text("角色“{role}”须指明机构。", "The role “{role}” is held at an institution: name it.")


def add_institution(session: Session, cause: Cause, slug: str, name: Text) -> Institution:
    """A new institution. Raises AlreadyExistsError, UsageError."""
    words = _THE_INSTITUTION.format(slug=slug)
    require(cause.actor, Action.MANAGE_INSTITUTIONS, Resource(), see=Action.READ_PUBLISHED, what=words)
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise UsageError(_BAD_SLUG.format(slug=slug))
    if not name.zh and not name.en:
        raise UsageError(_NAMELESS)
    if session.scalar(select(Institution.id).where(Institution.slug == slug)) is not None:
        raise AlreadyExistsError(words)
    for other in session.scalars(select(Institution.slug)):
        if f"{slug}-".startswith(f"{other}-") or f"{other}-".startswith(f"{slug}-"):
            raise UsageError(_ALIKE.format(slug=slug, other=other))
    made = Institution(slug=slug, name_zh=name.zh, name_en=name.en, created_at=utcnow())
    session.add(made)
    session.flush()
    events.write(session, cause, "institution-added", Subject(made.id), slug=slug)
    return made


def institution(session: Session, slug: str) -> Institution:
    """An institution by its slug. Raises NotFoundError."""
    found = session.scalar(select(Institution).where(Institution.slug == slug))
    if found is None:
        raise NotFoundError(_THE_INSTITUTION.format(slug=slug))
    return found


def suspend(
    session: Session, cause: Cause, slug: str, edition: str, reason: str, *, suspended: bool
) -> Participation:
    """Suspend an institution for an edition, or let it go on. No event where nothing changes."""
    words = _THE_INSTITUTION.format(slug=slug)
    require(cause.actor, Action.SUSPEND_INSTITUTION, Resource(slug), see=Action.READ_PUBLISHED, what=words)
    found = institution(session, slug)
    session.refresh(found, with_for_update=True)
    part = session.scalar(
        select(Participation).where(
            Participation.institution_id == found.id, Participation.edition == edition
        )
    )
    if part is None:
        part = Participation(edition=edition, institution_id=found.id, row_version=0)
        session.add(part)
    elif (part.suspended_at is not None) == suspended:
        return part
    part.suspended_at = utcnow() if suspended else None
    part.reason = reason
    part.row_version += 1
    action = "institution-suspended" if suspended else "institution-resumed"
    events.write(session, cause, action, Subject(found.id), edition=edition, reason=reason)
    return part


def add_person(
    session: Session, cause: Cause, email: str, name: str, *, password: str | None = None
) -> Person:
    """A new account, without any role yet. Raises AlreadyExistsError, UsageError."""
    email = email.strip().lower()
    words = _THE_PERSON.format(who=email)
    require(cause.actor, Action.MANAGE_PEOPLE, Resource(), see=Action.READ_PUBLISHED, what=words)
    if not _EMAIL.fullmatch(email):
        raise UsageError(_BAD_EMAIL.format(email=email))
    if not name.strip():
        raise UsageError(_NAMELESS)
    if session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise AlreadyExistsError(words)
    made = Person(
        email=email,
        name=name.strip(),
        password_hash=hash_password(password) if password is not None else None,
        created_at=utcnow(),
    )
    session.add(made)
    session.flush()
    events.write(session, cause, "person-added", Subject(person=made.id))
    return made


def person_by_email(session: Session, email: str) -> Person:
    """An account, with its roles. Raises NotFoundError."""
    found = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if found is None:
        raise NotFoundError(_THE_PERSON.format(who=email))
    session.refresh(found, ["grants"])
    return found


def person(session: Session, person_id: int) -> Person:
    """An account with its roles as they are now. Raises NotFoundError."""
    found = session.get(Person, person_id)
    if found is None:
        raise NotFoundError(_THE_PERSON.format(who=person_id))
    session.flush()
    session.refresh(found, ["grants"])
    return found


def people(session: Session, actor: Actor) -> list[Person]:
    """The accounts that the actor may see, by e-mail: everybody's, those with a role at their institutions, their own."""
    rows = select(Person).options(selectinload(Person.grants)).order_by(Person.email)
    found = list(session.scalars(rows))
    if allowed(actor, Action.READ_PEOPLE, Resource()):
        return found
    return [person for person in found if _may_see(actor, person)]


def _may_see(actor: Actor, person: Person) -> bool:
    places = {grant.institution.slug for grant in person.grants if grant.institution is not None}
    own = Resource(person_id=str(person.id))
    return any(allowed(actor, Action.READ_PEOPLE, at) for at in (own, *map(Resource, places)))


def grant_role(session: Session, cause: Cause, person_id: int, role: Role, slug: str | None) -> Grant:
    """Give a role, at an institution or (None) everywhere. No event where the person has it already."""
    require(cause.actor, Action.GRANT_ROLE, Resource(slug), see=Action.READ_PUBLISHED, what=_THE_ROLE)
    if role in INSTITUTIONAL and slug is None:
        raise UsageError(_NEEDS_INSTITUTION.format(role=role.value))
    person = _locked_person(session, person_id)
    where = institution(session, slug).id if slug is not None else None
    held = session.scalar(_grant(person.id, role, where))
    if held is not None:
        return held
    made = Grant(person_id=person.id, role=role.value, institution_id=where, granted_at=utcnow())
    session.add(made)
    session.flush()
    subject = Subject(where, person=person.id)
    events.write(session, cause, "role-granted", subject, role=role.value)
    return made


def revoke_role(session: Session, cause: Cause, person_id: int, role: Role, slug: str | None) -> None:
    """Take a role away. Raises NotFoundError where the person doesn't have it."""
    require(cause.actor, Action.GRANT_ROLE, Resource(slug), see=Action.READ_PUBLISHED, what=_THE_ROLE)
    person = _locked_person(session, person_id)
    where = institution(session, slug).id if slug is not None else None
    held = session.scalar(_grant(person.id, role, where))
    if held is None:
        raise NotFoundError(_THE_ROLE)
    session.delete(held)
    subject = Subject(where, person=person.id)
    events.write(session, cause, "role-revoked", subject, role=role.value)


def disable_person(session: Session, cause: Cause, person_id: int, *, if_match: int) -> Person:
    """End an account: no login, no token works. What the person did stays on record."""
    person = _locked_person(session, person_id)
    words = _THE_PERSON.format(who=person.email)
    require(cause.actor, Action.MANAGE_PEOPLE, Resource(), see=Action.READ_PEOPLE, what=words)
    if person.row_version != if_match:
        raise StaleError
    if person.disabled_at is None:
        person.disabled_at = utcnow()
        person.row_version += 1
        events.write(session, cause, "person-disabled", Subject(person=person.id))
    return person


def _locked_person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFoundError(_THE_PERSON.format(who=person_id))
    return person


def _grant(person_id: int, role: Role, institution_id: int | None) -> Select[Grant]:
    return select(Grant).where(
        Grant.person_id == person_id, Grant.role == role.value, Grant.institution_id == institution_id
    )
