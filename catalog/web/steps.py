"""Steps of a version's life: one transaction, decided on an ETag, done once for an Idempotency-Key."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from litestar import Response
from sqlalchemy.orm import Session

from catalog.services.comments import NewComment
from catalog.services.events import Cause
from catalog.web.conditional import row_version_asked
from catalog.web.language import AnyRequest
from catalog.web.once import once
from catalog.web.parts import Parts
from catalog.web.views import Tagged, answer_version

T = TypeVar("T", bound=Tagged)


class Returning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the reviewer says, on lines of the source."""

    comments: tuple[NewComment, ...] = ()


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a version isn't handed out any more."""

    reason: Annotated[str, msgspec.Meta(max_length=2000)] = ""


def take(
    request: AnyRequest,
    parts: Parts,
    cause: Cause,
    step: Callable[[Session, int], T],
    answer: type[T],
    asked: object = None,
) -> Response[T | None]:
    """The answer of `step`, which gets the `row_version` that the client has read. `asked` is the decoded body."""
    tag = row_version_asked(request)

    def work(session: Session) -> T:
        return once(request, session, cause, asked, lambda: step(session, tag), answer)

    return answer_version(request, parts.database.transact(work))
