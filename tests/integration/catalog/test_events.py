"""Events: numbered in the order of commits, read by those concerned and nobody else."""

from threading import Event, Thread

from sqlalchemy import select

from catalog.database.models import Institution
from catalog.database.session import Database
from catalog.domain.roles import Actor
from catalog.services import accounts, events
from catalog.services.events import Subject
from schemas.text import Text
from tests.support.catalogue import OPERATOR, populate, publish


def test_whoever_reads_on_misses_nothing(database: Database) -> None:
    """An event that gets its number first is committed first, even when its transaction dawdles."""
    seen: list[int] = []
    begun = Event()

    def other() -> None:
        with database.write() as session:
            begun.set()
            events.write(session, OPERATOR, "second", Subject())

    with database.write() as session:
        first = events.write(session, OPERATOR, "first", Subject())
        thread = Thread(target=other)
        thread.start()
        assert begun.wait(60)
        thread.join(0.3)  # were it not held up it would be done
        with database.read() as reader:
            seen += [event.id for event in events.page(reader, OPERATOR.actor, institutions={})]
        assert seen == []
    thread.join()
    with database.read() as reader:
        found = events.page(reader, OPERATOR.actor, institutions={})
    assert [event.action for event in found] == ["first", "second"]
    assert found[0].id == first.id


def test_events_are_for_those_concerned(database: Database) -> None:
    people = populate(database)
    with database.write() as session:
        publish(session, people, "c")
        accounts.add_institution(session, OPERATOR, "ruc", Text("中国人民大学"))
    with database.read() as session:
        slugs = {row.id: row.slug for row in session.scalars(select(Institution))}

        def read(actor: Actor) -> set[str]:
            return {e.action for e in events.page(session, actor, institutions=slugs, limit=100)}

        everything = read(people.administrator.actor)
        assert {"version-published", "person-added", "institution-added"} <= everything
        assert "version-published" in read(people.author.actor)
        assert "version-published" not in read(people.stranger.actor)
        own = [e.person_id for e in events.page(session, people.stranger.actor, institutions={}, limit=100)]
        assert set(own) == {int(people.stranger.actor.person_id)}
