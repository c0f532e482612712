"""Pages of a list by keyset: a cursor is the place of the last row shown, so that what is inserted or removed
meanwhile neither repeats nor hides a row, and the thousandth page costs what the first does."""

import base64
from typing import Generic, NamedTuple, TypeVar

import msgspec

from schemas.errors import UsageError
from schemas.text import Text

T = TypeVar("T")

MOST = 100  # rows a page may have

_FOREIGN = Text(
    "cursor 无效。请从第一页开始，或使用上一页给出的 cursor。",
    "The cursor is not valid. Start with the first page, or use the one that the page before gave.",
)


class Page(NamedTuple, Generic[T]):
    """Some rows, and the cursor of the next page: empty after the last."""

    rows: list[T]
    next: str


def encode_cursor(kind: str, *place: int) -> str:
    """A place in the list `kind`, safe in an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode([kind, *place])).rstrip(b"=").decode()


def decode_cursor(cursor: str, kind: str, length: int) -> tuple[int, ...]:
    """Back from a cursor. Raises UsageError for any that this list didn't give."""
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise UsageError(_FOREIGN) from error
    if not isinstance(found, list) or len(found) != length + 1 or found[0] != kind:
        raise UsageError(_FOREIGN)
    place = found[1:]
    if not all(type(number) is int and 0 <= number < 1 << 62 for number in place):
        raise UsageError(_FOREIGN)
    return tuple(place)
