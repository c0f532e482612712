"""A file that is handed out: whole, in part, or not again (RFC 9110, 13 and 14)."""

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus

from litestar import Response
from litestar.response import Stream

from catalog.web.conditional import is_known
from catalog.web.language import AnyRequest
from catalog.web.ranges import part_asked

ZIP = "application/zip"
_AT_ONCE = (
    1 << 18
)  # bytes that are sent in one piece: each piece of a stream is fetched by a thread of its own


def send_archive(
    request: AnyRequest,
    name: str,
    tag: str,
    size: int,
    read: Callable[[int, int], Iterator[bytes]],
    more: Mapping[str, str] | None = None,
) -> Response[None] | Response[bytes] | Stream:
    """A ZIP archive of `size` bytes or the part of it that is asked for; `read` gives its bytes from a place up to another."""
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
        **(more or {}),
    }
    if is_known(request, tag):
        return Response(None, status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    part = part_asked(request, size, tag)
    if part is None:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(None, status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    status = HTTPStatus.OK if part.whole else HTTPStatus.PARTIAL_CONTENT
    if not part.whole:
        headers["Content-Range"] = part.header
    headers["Content-Length"] = str(part.end - part.start)
    if request.method == "HEAD":
        return Response(None, status_code=status, media_type=ZIP, headers=headers)
    pieces = read(part.start, part.end)
    if part.end - part.start <= _AT_ONCE:
        return Response(b"".join(pieces), status_code=status, media_type=ZIP, headers=headers)
    return Stream(pieces, status_code=status, media_type=ZIP, headers=headers)
