"""Requests as the catalogue reads them."""

from typing import Any

from litestar import Request
from litestar.exceptions import ClientException


class CatalogueRequest(Request[Any, Any, Any]):
    """A request whose JSON body is the client's fault whatever is wrong with it."""

    async def json(self) -> Any:
        """The decoded body. Raises ClientException (400), also for nesting without end and for bytes that aren't UTF-8."""
        try:
            return await super().json()
        except (RecursionError, UnicodeDecodeError) as error:
            raise ClientException from error
