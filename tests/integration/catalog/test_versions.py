"""The life of a version on real databases: what is told, what is kept, what can never change."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from catalog.database.models import Comment, Event, Version
from catalog.database.session import Database
from catalog.domain.errors import (
    ForbiddenError,
    NotFoundError,
    StaleError,
    SuspendedError,
    WrongStateError,
)
from catalog.services import accounts, comments, versions
from catalog.services.comments import NewComment
from schemas.errors import UsageError
from tests.support.catalogue import OPERATOR, People, populate, publish, upload


@pytest.fixture
def people(database: Database) -> People:
    return populate(database)


def _submitted(database: Database, people: People, slug: str = "roadmap") -> tuple[int, int]:
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(slug), if_match=None)
        version = versions.submit(session, people.publisher, draft.id, if_match=draft.row_version)
        return version.id, version.row_version


def test_from_the_folder_to_the_shelf_and_superseded(database: Database, people: People) -> None:
    with database.write() as session:
        first = publish(session, people, "roadmap")
    with database.write() as session:
        second = publish(session, people, "roadmap")
    with database.read() as session:
        rows = session.execute(select(Version.id, Version.number, Version.state).order_by(Version.id)).all()
        assert [tuple(row) for row in rows] == [(first, 1, "superseded"), (second, 2, "published")]
        actions = session.scalars(
            select(Event.action).where(Event.action.startswith("version-")).order_by(Event.id)
        ).all()
        once = ["version-drafted", "version-submitted", "version-published"]
        assert actions == [*once, *once, "version-superseded"]


def test_a_returned_version_has_the_reviewers_comments_and_can_be_revised(
    database: Database, people: People
) -> None:
    version_id, etag = _submitted(database, people)
    remark = NewComment("课一/现状.md", 12, "数据来源？")
    with database.write() as session:
        back = versions.return_version(session, people.reviewer, version_id, (remark,), if_match=etag)
    with database.write() as session:
        revised = versions.upload(session, people.author, upload("roadmap", "b"), if_match=back.row_version)
        assert (revised.id, revised.state) == (version_id, "draft")
    with database.read() as session:
        comment = session.scalars(select(Comment)).one()
        assert (comment.file, comment.line, comment.body) == ("课一/现状.md", 12, "数据来源？")
        assert comment.source_sha256 != revised.source_sha256


@pytest.mark.parametrize(
    "bad",
    [NewComment("missing.md", 1, "x"), NewComment("course.md", 0, "x"), NewComment("course.md", 1, " ")],
)
def test_a_comment_must_be_on_a_line_of_the_source(
    database: Database, people: People, bad: NewComment
) -> None:
    version_id, etag = _submitted(database, people)
    with pytest.raises(UsageError), database.write() as session:
        versions.return_version(session, people.reviewer, version_id, (bad,), if_match=etag)
    with database.read() as session:
        assert session.get_one(Version, version_id).state == "submitted"


def test_drafts_are_not_commented_on(database: Database, people: People) -> None:
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(), if_match=None)
    with pytest.raises(WrongStateError), database.write() as session:
        comments.comment(session, people.author.actor, draft.id, [NewComment("course.md", 1, "x")])


def test_nobody_overwrites_another_in_silence(database: Database, people: People) -> None:
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(content="a"), if_match=None)
    with database.write() as session:
        versions.upload(session, people.author, upload(content="b"), if_match=1)
    for seen in (None, 1):
        with pytest.raises(StaleError), database.write() as session:
            versions.upload(session, people.publisher, upload(content="c"), if_match=seen)
    with database.read() as session:
        kept = session.get_one(Version, draft.id)
        assert kept.source_sha256 == upload(content="b").source.sha256


def test_others_learn_nothing_of_a_draft(database: Database, people: People) -> None:
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(), if_match=None)
    for cause in (people.stranger, people.reviewer):
        with pytest.raises(NotFoundError), database.write() as session:
            versions.submit(session, cause, draft.id, if_match=1)
        with pytest.raises(NotFoundError), database.read() as session:
            versions.get(session, cause.actor, draft.id)
    with pytest.raises(ForbiddenError), database.write() as session:
        versions.upload(session, people.stranger, upload(), if_match=None)
    with pytest.raises(ForbiddenError), database.write() as session:
        versions.submit(session, people.author, draft.id, if_match=1)


def test_a_suspended_institution_submits_nothing(database: Database, people: People) -> None:
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(), if_match=None)
        accounts.suspend(session, OPERATOR, "tsinghua", "2022-2023", "逾期", suspended=True)
    with pytest.raises(SuspendedError), database.write() as session:
        versions.submit(session, people.publisher, draft.id, if_match=1)
    with database.write() as session:
        accounts.suspend(session, OPERATOR, "tsinghua", "2022-2023", "", suspended=False)
        versions.submit(session, people.publisher, draft.id, if_match=1)


def test_of_32_who_publish_one_submission_one_wins(database: Database, people: People) -> None:
    version_id, etag = _submitted(database, people)
    start = Barrier(32)

    def attempt(_: int) -> str:
        start.wait()
        try:
            database.transact(
                lambda session: versions.approve(session, people.reviewer, version_id, if_match=etag)
            )
        except (StaleError, WrongStateError) as error:
            return error.code
        return "won"

    with ThreadPoolExecutor(32) as pool:
        outcomes = list(pool.map(attempt, range(32)))
    assert sorted(outcomes) == ["stale"] * 31 + ["won"]
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Event.action == "version-published")) == 1


def test_of_16_who_make_the_same_course_one_wins(database: Database, people: People) -> None:
    start = Barrier(16)

    def attempt(number: int) -> str:
        start.wait()
        try:
            database.transact(
                lambda session: versions.upload(
                    session, people.publisher, upload(content=str(number)), if_match=None
                )
            )
        except StaleError as error:
            return error.code
        return "won"

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(attempt, range(16))) == ["stale"] * 15 + ["won"]


def test_reading_then_writing_under_contention_is_never_busy(database: Database, people: People) -> None:
    """Each thread counts on what it read; none may lose, none may fail."""
    with database.write() as session:
        publish(session, people, "roadmap")

    def work(_: int) -> None:
        for _ in range(5):
            with database.write() as session:
                seen = session.scalars(select(Version).where(Version.number == 1).with_for_update()).one()
                seen.row_version = (
                    session.scalars(select(Version.row_version).where(Version.id == seen.id)).one() + 1
                )

    with database.read() as session:
        before = session.scalars(select(Version.row_version)).one()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    with database.read() as session:
        assert session.scalars(select(Version.row_version)).one() == before + 40


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET action = 'nothing'",
        "DELETE FROM events",
        "UPDATE versions SET source_sha256 = 'x'",
        "UPDATE versions SET number = 7",
        "UPDATE versions SET state = 'draft'",
        "DELETE FROM versions",
        "UPDATE version_files SET sha256 = 'x'",
        "DELETE FROM version_files",
        "INSERT INTO version_files (version_id, path, size, sha256) SELECT id, 'new', 1, 'x' FROM versions",
    ],
)
def test_the_database_itself_keeps_what_was_published(
    database: Database, people: People, statement: str
) -> None:
    with database.write() as session:
        publish(session, people, "roadmap")
    with pytest.raises(IntegrityError, match=r"append-only|never changes"), database.write() as session:
        session.execute(text(statement))


def test_a_withdrawn_number_is_never_used_again(database: Database, people: People) -> None:
    with database.write() as session:
        first = versions.get(session, people.reviewer.actor, publish(session, people, "roadmap"))
        versions.withdraw(session, people.publisher, first.id, "错误", if_match=first.row_version)
    with database.write() as session:
        second = publish(session, people, "roadmap")
    with database.read() as session:
        assert session.get_one(Version, second).number == 2
        assert session.get_one(Version, first.id).number == 1
