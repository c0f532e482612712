"""Who asks: the owner of the access token in `Authorization: Bearer …` (RFC 6750), or nobody in particular."""

from litestar.di import NamedDependency

from catalog.domain.errors import UnauthenticatedError
from catalog.domain.roles import ANYONE, Actor
from catalog.services import access
from catalog.services.events import Cause, Origin
from catalog.web.language import AnyRequest
from catalog.web.parts import Parts


def origin_of(request: AnyRequest) -> Origin:
    """From where: the client's address, and the request's identifier."""
    address = request.client.host if request.client is not None else ""
    return Origin(address, str(request.state.get("request_id", "")))


def provide_cause(request: AnyRequest, parts: NamedDependency[Parts]) -> Cause:
    """The dependency `cause`. Raises UnauthenticatedError for a token that isn't valid: it never counts as none."""
    return Cause(_actor(request, parts), origin_of(request))


def _actor(request: AnyRequest, parts: Parts) -> Actor:
    header = request.headers.get("Authorization")
    if header is None:
        return ANYONE
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise UnauthenticatedError
    with parts.database.read() as session:
        signed_in = access.authenticate(session, secret.strip())
    if signed_in.note_use:
        with parts.database.write() as session:
            access.note_use(session, signed_in.token_id)
    return signed_in.actor
