"""Curricula live by the same rules as courses."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from catalog.database.models import Event
from catalog.database.session import Database
from catalog.domain.errors import ForbiddenError, NotFoundError, StaleError, WrongStateError
from catalog.domain.roles import Action
from catalog.services import curricula
from tests.support.catalogue import populate
from tests.support.curricula import publish_curriculum, written


def test_two_versions_the_first_superseded(database: Database) -> None:
    people = populate(database)
    first, second = publish_curriculum(database, people, "a"), publish_curriculum(database, people, "b")
    with database.read() as session:
        states = [
            (version.number, version.state, curricula.document(version).source_hash)
            for version in (
                curricula.get(session, people.stranger.actor, version_id) for version_id in (first, second)
            )
        ]
        assert states == [(1, "superseded", "a"), (2, "published", "b")]
        assert [row.id for row in curricula.published(session).rows] == [second]
        actions = session.scalars(select(Event.action).where(Event.curriculum_id.is_not(None))).all()
        assert sorted(actions) == sorted(
            [
                *["curriculum-drafted", "curriculum-submitted", "curriculum-published"] * 2,
                "curriculum-superseded",
            ]
        )
    with pytest.raises(IntegrityError, match="never changes"), database.write() as session:
        session.execute(text("UPDATE curriculum_versions SET document = '{}'"))


def test_what_is_refused(database: Database) -> None:
    people = populate(database)
    with database.write() as session:
        draft = curricula.upload(session, people.author, written("a"), if_match=None)
    refusals = (
        (people.author, Action.SUBMIT, 1, ForbiddenError),
        (people.stranger, Action.SUBMIT, 1, NotFoundError),
        (people.publisher, Action.SUBMIT, 2, StaleError),
        (people.publisher, Action.RECALL, 1, WrongStateError),
    )
    for cause, action, etag, error in refusals:
        with pytest.raises(error), database.write() as session:
            curricula.take_step(session, cause, action, draft.id, if_match=etag)
    with pytest.raises(StaleError), database.write() as session:
        curricula.upload(session, people.author, written("b"), if_match=None)
