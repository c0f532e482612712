"""The package's files as a web server sends them, whole or in part: without ranges a clip can't be wound on."""

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

from litestar import Response
from litestar.response import File

from catalog.media import media_type

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_MOST = 4 << 20  # bytes in one answer; a player asks on


def send_file(name: str, content: bytes | Path, asked: str) -> Response[Any]:
    """`content` under its media type; `asked` is the request's Range header (RFC 9110, 14.2), one range at most."""
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    kind, headers = media_type(name), {"Accept-Ranges": "bytes"}
    if (wanted := _RANGE.fullmatch(asked)) is None:
        if isinstance(content, bytes):
            return Response(content, media_type=kind, headers=headers)
        return File(content, media_type=kind, headers=headers, content_disposition_type="inline")
    first = int(wanted[1])
    last = min(int(wanted[2] or size - 1), size - 1, first + _MOST - 1)
    if first > last:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(b"", status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part = _part(content, first, last)
    return Response(part, status_code=HTTPStatus.PARTIAL_CONTENT, media_type=kind, headers=headers)


def _part(content: bytes | Path, first: int, last: int) -> bytes:
    if isinstance(content, bytes):
        return content[first : last + 1]
    with content.open("rb") as stream:
        stream.seek(first)
        return stream.read(last + 1 - first)
