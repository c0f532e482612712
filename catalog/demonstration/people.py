"""Who can sign in to a demonstration: one person of each role, with secrets of this catalogue's own."""

import secrets

import msgspec
from sqlalchemy.orm import Session

from catalog.domain.actions import INSTITUTIONAL, Role, Scope
from catalog.services import access, accounts
from catalog.services.events import Cause
from schemas.text import Text

HOME = "tsinghua"  # the institution whose author and publisher can be played
_DAYS = 30
_NAMES = {
    Role.AUTHOR: Text("示例作者", "Sample author"),
    Role.PUBLISHER: Text("示例机构管理员", "Sample publisher"),
    Role.REVIEWER: Text("示例审核员", "Sample reviewer"),
    Role.AUDITOR: Text("示例审计员", "Sample auditor"),
    Role.ADMINISTRATOR: Text("示例中心管理员", "Sample administrator"),
    Role.LMS_ADMINISTRATOR: Text("示例平台管理员", "Sample LMS administrator"),
}


class SamplePerson(msgspec.Struct, frozen=True):
    """An account of a demonstration, and how to get in."""

    role: Role
    email: str
    password: str
    token: str


def add_people(session: Session, cause: Cause) -> tuple[SamplePerson, ...]:
    """One for each role; author and publisher belong to `HOME`."""
    return tuple(_add(session, cause, role) for role in Role)


def _add(session: Session, cause: Cause, role: Role) -> SamplePerson:
    email, password = f"{role.value}@example.org", secrets.token_urlsafe(9)
    name = f"{_NAMES[role].zh} {_NAMES[role].en}"
    person = accounts.add_person(session, cause, email, name, password=password)
    accounts.grant_role(session, cause, person.id, role, HOME if role in INSTITUTIONAL else None)
    token = access.issue_token_for(session, cause, person.id, "示例 sample", Scope, days=_DAYS)
    return SamplePerson(role, email, password, token.secret)
