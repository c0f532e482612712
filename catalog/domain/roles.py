"""Who is asking, and whether they may: the table of `actions.py` applied to one actor and one thing."""

import msgspec

from catalog.domain.actions import INSTITUTIONAL, PERMISSIONS, Action, Permission, Role, Scope
from catalog.domain.errors import ForbiddenError, NotFoundError, UnauthenticatedError
from schemas.text import Text

__all__ = [
    "ANYONE",
    "Action",
    "Actor",
    "Grant",
    "Resource",
    "Role",
    "Scope",
    "allowed",
    "require",
]


class Grant(msgspec.Struct, frozen=True):
    """A role, at one institution or (None) everywhere."""

    role: Role
    institution_slug: str | None = None


class Actor(msgspec.Struct, frozen=True):
    """Who is asking. `scopes` are those of the token that was sent, None for someone signed in by password."""

    person_id: str
    name: str
    roles: tuple[Grant, ...] = ()
    scopes: frozenset[Scope] | None = None

    @property
    def signed_in(self) -> bool:
        """Whether we know who it is."""
        return self.person_id != ""


ANYONE = Actor("", "")


class Resource(msgspec.Struct, frozen=True):
    """What is asked for, as far as permission depends on it: the institution that it belongs to (None: the
    catalogue's own) and the person (a token's, a webhook's, an event's; empty where it is nobody's)."""

    institution: str | None = None
    person_id: str = ""


def allowed(actor: Actor, action: Action, resource: Resource) -> bool:
    """Whether the actor may do this to that."""
    permission = PERMISSIONS[action]
    if permission.public:
        return True
    if not actor.signed_in or not _in_scope(actor, permission):
        return False
    if permission.own and resource.person_id == actor.person_id:
        return True
    if permission.reach == "centre-independent" and _takes_part(actor, resource):
        return False
    return any(
        grant.role in permission.roles and _reaches(grant, permission, resource) for grant in actor.roles
    )


def require(actor: Actor, action: Action, resource: Resource, *, see: Action, what: Text) -> None:
    """Raise unless the actor may do this.

    NotFoundError where they may not even know of it (`see` is the action of looking at it, `what` its name), so that a
    refusal tells nothing about others' drafts; UnauthenticatedError where signing in may help; else ForbiddenError.
    """
    if allowed(actor, action, resource):
        return
    if not actor.signed_in:
        raise UnauthenticatedError
    if not allowed(actor, see, resource):
        raise NotFoundError(what)
    raise ForbiddenError(PERMISSIONS[action].words)


def _in_scope(actor: Actor, permission: Permission) -> bool:
    return actor.scopes is None or not actor.scopes.isdisjoint(permission.scopes)


def _takes_part(actor: Actor, resource: Resource) -> bool:
    return any(
        grant.institution_slug is not None and grant.institution_slug == resource.institution
        for grant in actor.roles
    )


def _reaches(grant: Grant, permission: Permission, resource: Resource) -> bool:
    if permission.reach == "anywhere":
        return True
    if grant.institution_slug is None:
        return grant.role not in INSTITUTIONAL
    return permission.reach == "granted" and grant.institution_slug == resource.institution
