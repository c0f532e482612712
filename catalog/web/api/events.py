"""Events: who did what, when and from where, for those concerned."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, Parameter

from catalog.database.models import Event
from catalog.domain.errors import UnauthenticatedError
from catalog.services import accounts, events, lists
from catalog.services.events import Cause, Subject
from catalog.web.paging import Limit
from catalog.web.parts import Parts

Number = Annotated[int, Parameter(ge=0, lt=1 << 62, description="The last event seen.")]


class ShownEvent(msgspec.Struct, frozen=True):
    """One event. `actor` is a name; `origin` an address or `cli`; `detail` depends on the action."""

    id: int
    at: datetime
    action: str
    actor: str
    origin: str
    request_id: str
    institution: str
    course_id: int | None
    version_id: int | None
    curriculum_id: int | None
    person_id: int | None
    detail: dict[str, str | int | None]


@get("/events", sync_to_thread=True)
def list_events(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    after: FromQuery[Number] = 0,
    limit: FromQuery[Limit] = 50,
    institution: FromQuery[str] = "",
    version_id: FromQuery[Number | None] = None,
    curriculum_id: FromQuery[Number | None] = None,
) -> list[ShownEvent]:
    """Events after a number, oldest first: everything, one's institutions', or one's own. None when there is nothing new."""
    if not cause.actor.signed_in:
        raise UnauthenticatedError
    with parts.database.read() as session:
        slugs = {found.id: found.slug for found in lists.institutions(session)}
        wanted = accounts.institution(session, institution).id if institution else None
        found = events.page(
            session,
            cause.actor,
            institutions=slugs,
            after=after,
            subject=Subject(institution=wanted, version=version_id, curriculum=curriculum_id),
            limit=limit,
        )
        return [_shown(event, slugs) for event in found]


def _shown(event: Event, slugs: dict[int, str]) -> ShownEvent:
    return ShownEvent(
        event.id,
        event.at,
        event.action,
        event.actor_name,
        event.origin,
        event.request_id,
        slugs.get(event.institution_id or 0, ""),
        event.course_id,
        event.version_id,
        event.curriculum_id,
        event.person_id,
        event.detail,
    )


HANDLERS = (list_events,)
