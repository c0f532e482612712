"""The same key, the same answer, and nothing done twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.models import Event
from catalog.database.session import Database
from catalog.domain.errors import KeyReusedError
from catalog.services import accounts, idempotency
from schemas.text import Text
from tests.support.catalogue import OPERATOR


def _add(session: Session, key: str, slug: str) -> tuple[int, bool]:
    def work() -> int:
        return accounts.add_institution(session, OPERATOR, slug, Text("机构")).id

    return idempotency.once(session, OPERATOR.actor, key, slug.encode(), work, int)


def _events(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Event)) or 0


def test_a_repetition_is_answered_and_not_done(database: Database) -> None:
    with database.write() as session:
        first, repeated = _add(session, "k1", "a")
    assert not repeated
    with database.write() as session:
        assert _add(session, "k1", "a") == (first, True)
    assert _events(database) == 1
    with pytest.raises(KeyReusedError), database.write() as session:
        _add(session, "k1", "b")


def test_a_key_is_free_again_when_the_work_failed(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        idempotency.once(session, OPERATOR.actor, "k", b"", lambda: 1 // 0, int)
    with database.write() as session:
        assert _add(session, "k", "a")[1] is False


def test_many_at_once_do_it_once(database: Database) -> None:
    start = Barrier(12)

    def attempt(_: int) -> tuple[int, bool]:
        start.wait()
        return database.transact(lambda session: _add(session, "key", "a"))

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(attempt, range(12)))
    assert len({answer for answer, _ in answers}) == 1
    assert sorted(repeated for _, repeated in answers) == [False] + [True] * 11
    assert _events(database) == 1
