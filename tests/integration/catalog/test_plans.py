"""What people wait for is served by indexes: the databases' own plans say so."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from catalog.database.session import Database
from catalog.services import access, events, search, versions
from catalog.services.events import Subject
from tests.support.catalogue import People, populate, publish

Query = Callable[[Session, People], object]


def _authenticate(session: Session, people: People) -> object:
    with pytest.raises(Exception, match="token"):
        access.authenticate(session, "lj_x")
    return None


QUERIES: dict[str, Query] = {
    "list": lambda session, _: search.find(session, "", {}),
    "chosen": lambda session, _: search.find(session, "", {"theme": ["digital-empowerment"]}),
    "words": lambda session, _: search.find(session, "路线图", {}),
    "suggest": lambda session, _: search.suggest(session, "数字"),
    "version": lambda session, people: versions.get(session, people.publisher.actor, 1),
    "history": lambda session, people: events.page(
        session, people.administrator.actor, institutions={}, subject=Subject(course=1)
    ),
    "events": lambda session, people: events.page(
        session, people.administrator.actor, institutions={}, after=5
    ),
    "token": _authenticate,
}


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_whole_table(database: Database, name: str) -> None:
    people = populate(database)
    with database.write() as session:
        for number in range(30):
            publish(session, people, f"c{number}")
    asked: list[tuple[str, object]] = []

    def listen(_: Connection, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    with database.read() as session:
        event.listen(database.engine, "before_cursor_execute", listen)
        try:
            QUERIES[name](session, people)
        finally:
            event.remove(database.engine, "before_cursor_execute", listen)
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        for statement, parameters in asked:
            if not statement.startswith("SELECT"):
                continue
            rows = connection.exec_driver_sql(explain + statement, parameters).all()
            plan = "\n".join(str(row[-1]) for row in rows)
            assert "Seq Scan" not in plan, plan
            whole = [line for line in plan.splitlines() if line.startswith("SCAN ")]
            # A list is a walk down an index, broken off by LIMIT; FTS5 names its own index VIRTUAL TABLE.
            fine = ("VIRTUAL TABLE", "USING INDEX", "USING COVERING INDEX", "search_rows", "CONSTANT ROW")
            assert all(any(word in line for word in fine) for line in whole), plan
