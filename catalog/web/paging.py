"""Pages of a list: a body with its rows and the next page's cursor, and its address in a Link header (RFC 8288)."""

from collections.abc import Mapping
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Response
from litestar.params import Parameter

from catalog.services.pages import MOST
from catalog.web.language import AnyRequest

T = TypeVar("T")

Limit = Annotated[int, Parameter(ge=1, le=MOST, description="Rows a page may have.")]
Cursor = Annotated[str, Parameter(max_length=400, description="`next` of the page before.")]


class Listed(msgspec.Struct, Generic[T], frozen=True):
    """One page. `next` is the cursor of the next one, empty after the last."""

    items: list[T]
    next: str = ""


def listed(request: AnyRequest, items: list[T], following: str) -> Response[Listed[T]]:
    """The answer for a page whose next cursor is `following`."""
    headers: Mapping[str, str] = {}
    if following:
        query = [(name, value) for name, value in request.query_params.items() if name != "cursor"]
        address = f"{request.url.path}?{urlencode([*query, ('cursor', following)])}"
        headers = {"Link": f'<{address}>; rel="next"'}
    return Response(Listed(items, following), headers=headers)
