"""Whoever works on the catalogue's own machine: may do what its database and files allow anyway, by the same rules and
on the same record as everybody else."""

import getpass

from catalog.domain.roles import Actor, Grant, Role
from catalog.services.events import Cause, Origin

PERSON_ID = "operator"  # no account has it: accounts have numbers


def operator(institution: str | None = None) -> Cause:
    """The machine's operator, as the Centre's administrator or, with an `institution`, as its publisher."""
    grant = Grant(Role.PUBLISHER, institution) if institution else Grant(Role.ADMINISTRATOR)
    return Cause(Actor(PERSON_ID, _login_name(), (grant,)), Origin("cli"))


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return PERSON_ID
