"""Who may do what: one table of roles and actions."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec

from catalog.domain.states import VersionState


class Role(StrEnum):
    """Author and publisher act for one institution; the others for the programme."""

    AUTHOR = "author"
    PUBLISHER = "publisher"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    LMS_ADMINISTRATOR = "lms-administrator"


class Action(StrEnum):
    """What can be done to a resource."""

    READ = "read"
    READ_EVENTS = "read-events"
    EDIT = "edit"  # create and replace drafts
    SUBMIT = "submit"
    REVIEW = "review"  # comment, return, approve
    WITHDRAW = "withdraw"
    DOWNLOAD = "download"  # packages of a published version
    ADMINISTER = "administer"  # people, institutions, editions


class Grant(msgspec.Struct, frozen=True):
    """A role, for one institution or (None) for the programme."""

    role: Role
    institution: str | None = None


class Actor(msgspec.Struct, frozen=True):
    """Who acts. `person_id` is None for a visitor and for the operator of the machine (`operator`)."""

    person_id: int | None
    name: str
    roles: tuple[Grant, ...] = ()


class Resource(msgspec.Struct, frozen=True):
    """What is acted upon: whose it is (a slug, None for the programme's own), and a version's state."""

    institution: str | None = None
    state: VersionState | None = None


VISITOR = Actor(None, "")

_OWN: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.AUTHOR: frozenset({Action.READ, Action.EDIT, Action.DOWNLOAD}),
        Role.PUBLISHER: frozenset(
            {Action.READ, Action.READ_EVENTS, Action.EDIT, Action.SUBMIT, Action.WITHDRAW, Action.DOWNLOAD}
        ),
    }
)
_ANYWHERE: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.REVIEWER: frozenset({Action.READ, Action.READ_EVENTS, Action.REVIEW, Action.DOWNLOAD}),
        Role.AUDITOR: frozenset({Action.READ, Action.READ_EVENTS}),
        Role.ADMINISTRATOR: frozenset(Action),
        Role.LMS_ADMINISTRATOR: frozenset({Action.DOWNLOAD}),
    }
)
_PUBLIC = frozenset({VersionState.PUBLISHED, VersionState.SUPERSEDED})


def allowed(actor: Actor, action: Action, resource: Resource) -> bool:
    """Whether `actor` may do `action` to `resource`. Reviewers and auditors never see a draft before it is submitted."""
    if action is Action.READ and resource.state in _PUBLIC:
        return True
    return any(_grants(grant, action, resource) for grant in actor.roles)


def _grants(grant: Grant, action: Action, resource: Resource) -> bool:
    if action in _OWN.get(grant.role, ()):
        return grant.institution is not None and grant.institution == resource.institution
    if action not in _ANYWHERE.get(grant.role, ()):
        return False
    if grant.role in (Role.REVIEWER, Role.AUDITOR) and resource.state is VersionState.DRAFT:
        return False
    return grant.institution is None or grant.institution == resource.institution
