"""Requests with an Idempotency-Key: sent twice, done once, answered alike."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

import msgspec
from sqlalchemy.orm import Session

from catalog.services import idempotency
from catalog.services.events import Cause
from catalog.web.language import AnyRequest
from schemas.errors import UsageError
from schemas.text import Text

T = TypeVar("T")

MOST_KEY = 255  # characters
_BAD_KEY = Text(
    "Idempotency-Key 需为 1 到 {most} 个可见的 ASCII 字符。",
    "An Idempotency-Key has 1 to {most} visible ASCII characters.",
)


def once(
    request: AnyRequest, session: Session, cause: Cause, asked: object, work: Callable[[], T], answer: type[T]
) -> T:
    """`work`'s answer, now or from before. `asked` is the decoded body, or its hash."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return work()
    if not 1 <= len(key) <= MOST_KEY or not key.isascii() or not key.isprintable():
        raise UsageError(_BAD_KEY.format(most=MOST_KEY))
    distinguishing = [
        request.method,
        str(request.url.path),
        str(request.url.query),
        request.headers.get("If-Match"),
        hashlib.sha256(msgspec.json.encode(asked)).hexdigest(),
    ]
    result, _ = idempotency.once(session, cause.actor, key, msgspec.json.encode(distinguishing), work, answer)
    return result
