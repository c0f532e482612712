"""Institutions 培训承担机构."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from catalog.database.models import Institution
from catalog.services import accounts, lists
from catalog.services.events import Cause
from catalog.web.parts import Parts
from schemas.text import Text


class NewInstitution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An institution to add. `slug`: lower-case letters, digits and hyphens."""

    slug: str
    name: Text


class Suspension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether an institution is suspended for an edition: it keeps its versions and submits nothing."""

    edition: Annotated[str, msgspec.Meta(max_length=20)]
    suspended: bool
    reason: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class ShownInstitution(msgspec.Struct, frozen=True):
    """An institution."""

    slug: str
    name: Text


@get("/institutions", sync_to_thread=True)
def list_institutions(parts: NamedDependency[Parts]) -> list[ShownInstitution]:
    """Every institution, by slug."""
    with parts.database.read() as session:
        return [_shown(found) for found in lists.institutions(session)]


@get("/institutions/{slug:str}", sync_to_thread=True)
def get_institution(parts: NamedDependency[Parts], slug: FromPath[str]) -> ShownInstitution:
    """One institution."""
    with parts.database.read() as session:
        return _shown(accounts.institution(session, slug))


@post("/institutions/{slug:str}/suspension", status_code=HTTPStatus.OK, sync_to_thread=True)
def set_suspension(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    slug: FromPath[str],
    data: JSONBody[Suspension],
) -> Suspension:
    """Suspend an institution for an edition, or let it go on."""
    with parts.database.write() as session:
        part = accounts.suspend(session, cause, slug, data.edition, data.reason, suspended=data.suspended)
        return Suspension(part.edition, part.suspended_at is not None, part.reason)


@post("/institutions", status_code=HTTPStatus.CREATED, sync_to_thread=True)
def add_institution(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], data: JSONBody[NewInstitution]
) -> ShownInstitution:
    """Add one: the Centre's administrators."""
    with parts.database.write() as session:
        return _shown(accounts.add_institution(session, cause, data.slug, data.name))


def _shown(found: Institution) -> ShownInstitution:
    return ShownInstitution(found.slug, Text(found.name_zh, found.name_en))


HANDLERS = (list_institutions, get_institution, add_institution, set_suspension)
