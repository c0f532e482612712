"""Requests that may be sent twice: the same person's same key gives the same answer, and nothing is done again."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import msgspec
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import IdempotencyKey
from catalog.domain.errors import KeyReusedError
from catalog.domain.roles import Actor
from catalog.services.events import account_id

KEPT = timedelta(days=2)
_OPERATOR = 0

T = TypeVar("T")


def once(
    session: Session, actor: Actor, key: str, asked: bytes, work: Callable[[], T], answer: type[T]
) -> tuple[T, bool]:
    """`work`'s answer, and whether it is a repetition. Without a `key`, `work` is simply done.

    `asked` is everything that distinguishes the request (method, address, body or its hash); `answer` a type that
    msgspec can write and read. Raises KeyReusedError when the key came with something else. Whoever comes second at the
    same moment waits for the first; when that one fails, its key is free again.
    """
    if not key:
        return work(), False
    person = account_id(actor) or _OPERATOR
    fingerprint = hashlib.sha256(asked).digest()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    now = utcnow()
    values = {"person_id": person, "key": key, "fingerprint": fingerprint, "answer": b"", "created_at": now}
    taken = session.execute(
        insert(IdempotencyKey).values(values).on_conflict_do_nothing().returning(IdempotencyKey.key)
    ).first()
    row = session.get_one(IdempotencyKey, (person, key))
    if taken is None:
        if row.fingerprint != fingerprint:
            raise KeyReusedError
        return msgspec.json.decode(row.answer, type=answer), True
    result = work()
    row.answer = msgspec.json.encode(result)
    return result, False


def forget_old(session: Session) -> int:
    """Remove keys whose time is over; how many."""
    old = session.execute(
        delete(IdempotencyKey)
        .where(IdempotencyKey.created_at < utcnow() - KEPT)
        .returning(IdempotencyKey.key)
    )
    return len(old.all())
