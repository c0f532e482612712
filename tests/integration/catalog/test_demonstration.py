"""The demonstration catalogue: the same rows as work done step by step, every state, everything marked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalog.database import dump
from catalog.database.models import Course, CurriculumVersion, Institution, SearchRow, Version, VersionFile
from catalog.database.session import Database
from catalog.demonstration import place
from catalog.demonstration.bulk import ACTOR, COMMENT, ORIGIN, REASON, Life, insert_lives
from catalog.demonstration.courses import sample_course, sample_courses
from catalog.demonstration.fill import HISTORIES, Demonstration, fill
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import ANYONE, Actor, Grant, Role
from catalog.domain.states import State
from catalog.services import access, accounts, lists, search, versions
from catalog.services.comments import NewComment
from catalog.services.events import Cause, Origin
from catalog.services.facts import facts_of, read_facts
from catalog.services.uploads import Upload
from catalog.settings import LimitsSettings
from catalog.storage import Kind, Storage
from courses.reader import read_course
from schemas.errors import UsageError
from tests.support.catalogue import upload

_TIMES = {"at", "created_at", "changed_at", "submitted_at", "published_at"}
_COMPARED = (
    "courses", "versions", "version_files", "comments", "events", "search_rows", "search_facets",
)  # fmt: skip


def _cause(role: Role, institution: str | None = None) -> Cause:
    return Cause(Actor("demo", ACTOR, (Grant(role, institution),)), Origin(ORIGIN))


def _uploads() -> Iterator[tuple[tuple[Upload, State], ...]]:
    for number, history in enumerate(HISTORIES):
        facts = sample_course(number).facts
        yield tuple((upload(facts.id, f"{number} {n}", facts), state) for n, state in enumerate(history))


def _step_by_step(session: Session, lives: list[tuple[tuple[Upload, State], ...]]) -> None:
    reviewer = _cause(Role.REVIEWER)
    for life in lives:
        publisher = _cause(Role.PUBLISHER, life[0][0].facts.institution)
        for made, state in life:
            version = versions.upload(session, publisher, made, if_match=None)
            if state is not State.DRAFT:
                version = versions.submit(session, publisher, version.id, if_match=version.row_version)
            if state is State.RETURNED:
                comment = NewComment(made.files[0].path, 1, COMMENT)
                versions.return_version(
                    session, reviewer, version.id, (comment,), if_match=version.row_version
                )
            elif state not in (State.DRAFT, State.SUBMITTED):
                version = versions.approve(session, reviewer, version.id, if_match=version.row_version)
            if state is State.WITHDRAWN:
                versions.withdraw(session, publisher, version.id, REASON, if_match=version.row_version)


def _rows(session: Session) -> dict[str, list[str]]:
    """What the tables say, without the moments. Numbers may have gaps, and events of different versions another order:
    what counts is a row's place among the others."""
    connection = session.connection()
    tables = {str(table.name): table for table in dump.tables(connection)}

    def places(model: type[Course | SearchRow]) -> dict[object, int]:
        return {row: place for place, row in enumerate(session.scalars(select(model.id).order_by(model.id)))}

    courses, rows = places(Course), places(SearchRow)
    named = {("courses", "id"): courses, ("search_rows", "id"): rows, ("search_facets", "row_id"): rows}
    found: dict[str, list[str]] = {}
    for name in _COMPARED:
        found[name] = []
        for row in connection.execute(select(tables[name])):
            values = {key: value for key, value in row._mapping.items() if key not in _TIMES}
            if name == "events":
                del values["id"]
                if not row.action.startswith("version-"):
                    continue
            for key, value in values.items():
                place = courses if key == "course_id" else named.get((name, key))
                values[key] = place[value] if place and value is not None else value
            found[name].append(repr(values))
        found[name].sort()
    return found


def test_lives_in_bulk_are_the_rows_of_the_services(database: Database) -> None:
    lives = list(_uploads())
    with database.write() as session:
        centre = _cause(Role.ADMINISTRATOR)
        for slug in sorted({life[0][0].facts.institution for life in lives}):
            accounts.add_institution(session, centre, slug, sample_course(0).facts.title)
    with database.write() as session:
        savepoint = session.begin_nested()
        _step_by_step(session, lives)
        expected = _rows(session)
        savepoint.rollback()
    with database.write() as session:
        begins = datetime(2023, 1, 1, tzinfo=UTC)
        assert insert_lives(session, [Life(begins, life) for life in lives]) == len(lives)
        found = _rows(session)
    for name, rows in expected.items():
        assert found[name] == rows, name


def test_a_filled_catalogue(database: Database, storage: Storage) -> None:
    """Every state, every record marked; what is there can be found and read; identifiers go on, triggers guard again."""
    made = fill(database, storage, 20)
    assert made.courses == 30
    with database.read() as session:
        assert set(session.scalars(select(Version.state))) == {state.value for state in State}
        assert set(session.scalars(select(CurriculumVersion.state))) == {"published", "submitted", "draft"}
        _every_record_is_marked(session, made)
        assert search.find(session, "数字化转型", {"theme": ["digital-empowerment"]}).rows
        assert len(search.find(session, "", {}, limit=100).rows) == 27
        for version in session.scalars(select(Version)):
            assert len(storage.read(Kind.SOURCE, version.source_sha256)) == version.source_size
            assert storage.read(Kind.READING, version.reading_sha256)
        draft = sample_course(14).facts
        with pytest.raises(NotFoundError):
            lists.versions_of(session, ANYONE, draft.institution, draft.id)
    person = made.people[0]
    assert access.log_in(database, LimitsSettings(), person.email, person.password, "").signed_in
    with database.write() as session:
        cause = _cause(Role.PUBLISHER, "tsinghua")
        version = versions.upload(session, cause, upload("new"), if_match=None)
        versions.submit(session, cause, version.id, if_match=version.row_version)
    with pytest.raises(DBAPIError, match="published"), database.write() as session:
        session.execute(update(VersionFile).values(size=1))
    with pytest.raises(UsageError):
        fill(database, storage, 1)


def _every_record_is_marked(session: Session, made: Demonstration) -> None:
    for institution in session.scalars(select(Institution)):
        assert "示例" in institution.name_zh
        assert "ample" in institution.name_en
    for version in session.scalars(select(Version)):
        assert read_facts(version.facts).sample
    for curriculum in session.scalars(select(CurriculumVersion)):
        assert "示例" in curriculum.title_zh
    assert {person.role for person in made.people} == set(Role)
    for person in made.people:
        found = accounts.person_by_email(session, person.email)
        assert "示例" in found.name
        assert access.authenticate(session, person.token).actor.name == found.name


def test_a_generated_course_is_what_its_text_says(tmp_path: Path) -> None:
    for number in (0, 5, 170, 5_119, 5_200):
        course = sample_course(number)
        (tmp_path / "course.md").write_text(course.text, encoding="utf-8")
        read = read_course(tmp_path)
        assert not read.diagnostics
        assert read.course is not None
        assert facts_of(read.course) == course.facts
    assert len({course.facts.title.zh for course in sample_courses(6_000)}) == 6_000


def test_a_demonstration_is_kept_or_made_anew(tmp_path: Path) -> None:
    settings = place.settings_of(tmp_path / "catalogue", 8800)

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place.prepare(settings, 2, interrupt)
    made = place.prepare(settings, 2)
    assert made.courses == 12
    assert place.prepare(settings, 2) == made
    assert (settings.data / "demo.json").stat().st_mode & 0o077 == 0
    with pytest.raises(KeyboardInterrupt):
        place.prepare(settings, 3, interrupt)  # another number: made anew
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.txt").write_text("three years of work", encoding="utf-8")
    with pytest.raises(UsageError):
        place.prepare(place.settings_of(strange, 8800), 2)
    assert [file.name for file in strange.iterdir()] == ["thesis.txt"]
