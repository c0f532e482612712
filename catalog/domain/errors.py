"""What the catalogue refuses, each with a stable code that the API repeats."""

from schemas.errors import LingjunError
from schemas.text import Text


class CatalogError(LingjunError):
    """A refusal. `code` is a stable slug, documented, never reworded."""

    code = "refused"

    def __init__(self, message: Text, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code


class NotFound(CatalogError):
    """There is no such thing, or the actor may not know of it."""

    code = "not-found"


class NotSignedIn(CatalogError):
    """No credentials, or ones that are wrong, expired or revoked."""

    code = "not-signed-in"


class Forbidden(CatalogError):
    """The actor may not do this."""

    code = "forbidden"


class Conflict(CatalogError):
    """The thing changed meanwhile (`stale`), is in the wrong state (`wrong-state`), or exists (`exists`)."""

    code = "conflict"


class RateLimited(CatalogError):
    """Too often. `retry_after` in seconds."""

    code = "rate-limited"

    def __init__(self, message: Text, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
