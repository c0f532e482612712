"""People and their roles."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta
from sqlalchemy.orm import Session

from catalog.database.models import Person
from catalog.domain.actions import Role
from catalog.domain.errors import UnauthenticatedError
from catalog.services import accounts
from catalog.services.events import Cause, account_id
from catalog.web.conditional import etag, row_version_asked
from catalog.web.language import AnyRequest
from catalog.web.once import once
from catalog.web.parts import Parts


class NewPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account. Without a password its owner signs in by token only."""

    email: Annotated[str, Meta(max_length=320)]
    name: Annotated[str, Meta(max_length=200)]
    password: Annotated[str, Meta(min_length=12, max_length=1024)] | None = None


class HeldRole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role, at an institution or (None) everywhere."""

    role: Role
    institution: str | None = None


class ShownPerson(msgspec.Struct, frozen=True):
    """An account with its roles."""

    id: int
    email: str
    name: str
    disabled: bool
    etag: int
    roles: tuple[HeldRole, ...]


@get("/people", sync_to_thread=True)
def list_people(parts: NamedDependency[Parts], cause: NamedDependency[Cause]) -> list[ShownPerson]:
    """The people whom the caller may see: everybody, those of one's institutions, oneself."""
    if not cause.actor.signed_in:
        raise UnauthenticatedError
    with parts.database.read() as session:
        return [_shown(person) for person in accounts.people(session, cause.actor)]


@get("/me", sync_to_thread=True)
def get_me(parts: NamedDependency[Parts], cause: NamedDependency[Cause]) -> ShownPerson:
    """The caller."""
    owner = account_id(cause.actor)
    if owner is None:
        raise UnauthenticatedError
    with parts.database.read() as session:
        return _shown(accounts.person(session, owner))


@post("/people", status_code=HTTPStatus.CREATED, sync_to_thread=True, opt={"idempotency_key": True})
def add_person(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    data: JSONBody[NewPerson],
) -> ShownPerson:
    """A new account, without any role yet."""

    def make(session: Session) -> ShownPerson:
        made = accounts.add_person(session, cause, data.email, data.name, password=data.password)
        return _shown(accounts.person(session, made.id))

    return parts.database.transact(
        lambda session: once(request, session, cause, data, lambda: make(session), ShownPerson)
    )


@post("/people/{person_id:int}/roles", status_code=HTTPStatus.OK, sync_to_thread=True)
def grant_role(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    person_id: FromPath[int],
    data: JSONBody[HeldRole],
) -> ShownPerson:
    """Give a role. Nothing happens where the person has it already."""
    with parts.database.write() as session:
        accounts.grant_role(session, cause, person_id, data.role, data.institution)
        return _shown(accounts.person(session, person_id))


@delete("/people/{person_id:int}/roles/{role:str}", sync_to_thread=True)
def revoke_role(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    person_id: FromPath[int],
    role: FromPath[Role],
    institution: FromQuery[str | None] = None,
) -> None:
    """Take a role away."""
    with parts.database.write() as session:
        accounts.revoke_role(session, cause, person_id, role, institution)


@post(
    "/people/{person_id:int}/disable",
    status_code=HTTPStatus.OK,
    sync_to_thread=True,
    opt={"if_match": "required"},
)
def disable_person(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    person_id: FromPath[int],
) -> Response[ShownPerson]:
    """End an account: no login, no token works."""
    tag = row_version_asked(request)
    with parts.database.write() as session:
        accounts.disable_person(session, cause, person_id, if_match=tag)
        shown = _shown(accounts.person(session, person_id))
    return Response(shown, headers={"ETag": etag(shown.etag)})


def _shown(person: Person) -> ShownPerson:
    roles = tuple(
        HeldRole(Role(grant.role), grant.institution.slug if grant.institution else None)
        for grant in person.grants
    )
    return ShownPerson(
        person.id, person.email, person.name, person.disabled_at is not None, person.row_version, roles
    )


HANDLERS = (list_people, get_me, add_person, grant_role, revoke_role, disable_person)
