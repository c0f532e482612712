"""Access tokens: got by password or by another token, shown once, listed, revoked."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from catalog.database.models import Token
from catalog.domain.actions import Scope
from catalog.domain.errors import UnauthenticatedError
from catalog.services import access
from catalog.services.access import MOST_DAYS, IssuedToken
from catalog.services.events import Cause, account_id
from catalog.web.auth import origin_of
from catalog.web.language import AnyRequest
from catalog.web.parts import Parts

Days = Annotated[int, Meta(ge=1, le=MOST_DAYS)]
Label = Annotated[str, Meta(min_length=1, max_length=100)]


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a token is for. Its scopes never exceed those of the token that it is asked with."""

    name: Label
    scopes: tuple[Scope, ...] = tuple(Scope)
    days: Days = 90


class Login(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A password, for a token of a day unless told otherwise."""

    email: Annotated[str, Meta(max_length=320)]
    password: Annotated[str, Meta(max_length=1024)]
    name: Label = "login"
    scopes: tuple[Scope, ...] = tuple(Scope)
    days: Days = 1


class ShownToken(msgspec.Struct, frozen=True):
    """A token without its secret; `hint` is its beginning."""

    id: int
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


class Issued(msgspec.Struct, frozen=True):
    """A new token. `secret` is shown now and never again."""

    token: ShownToken
    secret: str


@post("/login", status_code=HTTPStatus.CREATED, sync_to_thread=True)
def log_in(request: AnyRequest, parts: NamedDependency[Parts], data: JSONBody[Login]) -> Issued:
    """A token for a name and password. Too many failures are slowed down."""
    origin = origin_of(request)
    actor = access.log_in(parts.database, parts.settings.limits, data.email, data.password, origin.address)
    with parts.database.write() as session:
        cause = Cause(actor, origin)
        return _issued(access.issue_token(session, cause, data.name, data.scopes, days=data.days))


@post("/tokens", status_code=HTTPStatus.CREATED, sync_to_thread=True)
def issue_token(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], data: JSONBody[NewToken]
) -> Issued:
    """A new token of the caller's own."""
    with parts.database.write() as session:
        return _issued(access.issue_token(session, cause, data.name, data.scopes, days=data.days))


@get("/tokens", sync_to_thread=True)
def list_tokens(parts: NamedDependency[Parts], cause: NamedDependency[Cause]) -> list[ShownToken]:
    """The caller's tokens, the newest first."""
    owner = account_id(cause.actor)
    if owner is None:
        raise UnauthenticatedError
    with parts.database.read() as session:
        return [_shown(token) for token in access.tokens_of(session, cause.actor, owner)]


@delete("/tokens/{token_id:int}", sync_to_thread=True)
def revoke_token(
    parts: NamedDependency[Parts], cause: NamedDependency[Cause], token_id: FromPath[int]
) -> None:
    """End a token at once."""
    with parts.database.write() as session:
        access.revoke_token(session, cause, token_id)


def _issued(issued: IssuedToken) -> Issued:
    return Issued(_shown(issued.token), issued.secret)


def _shown(token: Token) -> ShownToken:
    return ShownToken(
        token.id,
        token.name,
        token.hint,
        tuple(token.scopes.split()),
        token.created_at,
        token.expires_at,
        token.revoked_at,
        token.last_used_at,
    )


HANDLERS = (log_in, issue_token, list_tokens, revoke_token)
