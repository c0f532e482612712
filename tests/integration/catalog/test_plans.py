"""What people wait for is served by indexes: the databases' own plans say so."""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

import pytest
from litestar.testing import RequestFactory
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from catalog.database.session import Database
from catalog.services import access, events, publications, search, versions
from catalog.services.events import Subject
from catalog.services.facets import FacetIndex
from catalog.services.publications import Publications
from catalog.web.site.course import shown_course
from catalog.web.site.front import last_event
from catalog.web.site.listing import listing
from catalog.web.site.page import Page
from tests.integration.catalog.conftest import BACKENDS, migrated
from tests.support.catalogue import People, populate, publish


def _page(address: str) -> Page:
    path, _, query = address.partition("?")
    return Page(RequestFactory().get(path, query_params=dict(parse_qsl(query))))


Query = Callable[[Session, People, FacetIndex], object]


def _authenticate(session: Session, *_: object) -> object:
    with pytest.raises(Exception, match="token"):
        access.authenticate(session, "lj_x")
    return None


def _publications(session: Session, some: Publications) -> object:
    return some.count(session), some.newest(session, 20), some.from_oldest(session, 20, 20)


QUERIES: dict[str, Query] = {
    "list": lambda session, *_: search.find(session, "", {}),
    "chosen": lambda session, *_: search.find(session, "", {"theme": ["digital-empowerment"]}),
    "words": lambda session, *_: search.find(session, "路线图", {}),
    "suggest": lambda session, *_: search.suggest(session, "数字"),
    "version": lambda session, people, _: versions.get(session, people.publisher.actor, 1),
    "history": lambda session, people, _: events.page(
        session, people.administrator.actor, institutions={}, subject=Subject(course=1)
    ),
    "events": lambda session, people, _: events.page(
        session, people.administrator.actor, institutions={}, after=5
    ),
    "token": _authenticate,
    "page of the list": lambda session, _, index: listing(
        session, index, _page("/?theme=digital-empowerment")
    ),
    "page of a search": lambda session, _, index: listing(session, index, _page("/?q=路线图")),
    "page of a course": lambda session, *_: shown_course(session, _page("/"), "tsinghua", "c7"),
    "feed of all": lambda session, *_: _publications(session, publications.of_courses()),
    "feed of a theme": lambda session, *_: _publications(
        session, publications.of_theme("digital-empowerment")
    ),
    "feed of an institution": lambda session, *_: _publications(
        session, publications.of_courses(institution=1)
    ),
    "feed of a course": lambda session, *_: _publications(session, publications.of_courses(course=1)),
    "last event": lambda session, *_: last_event(session),
}


class Shelf(NamedTuple):
    """A catalogue with courses on it, which nothing here changes."""

    database: Database
    people: People
    index: FacetIndex


@pytest.fixture(scope="module", params=BACKENDS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with migrated(request, request.param, tmp_path_factory.mktemp("shelf")) as address:
        database = Database(address)
        people = populate(database)
        with database.write() as session:
            for number in range(30):
                publish(session, people, f"c{number}")
        index = FacetIndex()  # reads everything once in the life of a process, then what was published since
        with database.read() as session:
            index.count(session, "", {})
        yield Shelf(database, people, index)
        database.close()


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_whole_table(shelf: Shelf, name: str) -> None:
    database = shelf.database
    asked: list[tuple[str, object]] = []

    def listen(_: Connection, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    with database.read() as session:
        event.listen(database.engine, "before_cursor_execute", listen)
        try:
            QUERIES[name](session, shelf.people, shelf.index)
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
            plan = "\n".join(str(row[-1]) for row in rows)  # institutions are some dozens, and read whole
            assert "Seq Scan" not in plan.replace("Seq Scan on institutions", ""), plan
            whole = [line for line in plan.splitlines() if line.startswith("SCAN ")]
            whole = [line for line in whole if line != "SCAN institutions"]
            # A list is a walk down an index, broken off by LIMIT; FTS5 names its own index VIRTUAL TABLE.
            fine = ("VIRTUAL TABLE", "USING INDEX", "USING COVERING INDEX", "search_rows", "CONSTANT ROW")
            assert all(any(word in line for word in fine) for line in whole), plan
