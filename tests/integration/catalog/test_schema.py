"""The schema grows by migrations alone, keeps every row, and is never touched by an older program."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from catalog.database import dump, schema, search_index
from catalog.database.models import Base, CurriculumCourse, VersionTheme
from catalog.database.search_index import Having, is_index_table
from catalog.database.session import Database
from catalog.services.tokens import query_terms

FIXTURES = Path(__file__).parents[2] / "fixtures" / "catalog" / "revisions"


def test_the_models_are_what_the_migrations_made(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: not (kind == "table" and is_index_table(name or "")),
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_programs_head_is_the_last_revision() -> None:
    script = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    assert script.get_heads() == [schema.HEAD]
    assert schema.revisions()[-1] == schema.HEAD


def _rows(revision: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table that a revision brought: those of each revision up to it."""
    merged: dict[str, list[dict[str, Any]]] = {}
    for known in schema.revisions():
        file = FIXTURES / f"{known}.json"
        if file.exists():
            merged |= msgspec.json.decode(file.read_bytes())
        if known == revision:
            break
    return merged


@pytest.mark.parametrize("revision", schema.revisions())
def test_data_survive_from_each_revision(empty_url: str, revision: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, revision)
    rows = _rows(revision)
    with database.write() as session:
        connection = session.connection()
        tables = {table.name: table for table in dump.tables(connection)}
        assert set(tables) == set(rows), "tests/fixtures/catalog/revisions needs a row for each new table"
        with dump.without_triggers(connection, list(tables.values())):
            for name, table in tables.items():
                for row in rows[name]:
                    typed = {key: dump.value_in(table.c[key].type, row[key], connection) for key in row}
                    connection.execute(table.insert().values(typed))
    schema.upgrade(database)
    schema.require_current(database)
    with database.read() as session:
        connection = session.connection()
        for table in dump.tables(connection):
            for row, kept in zip(
                rows.get(table.name, []),
                connection.execute(select(table).order_by(*table.primary_key)).mappings(),
                strict=False,
            ):
                assert {key: dump.value_out(kept[key]) for key in row} == row
    database.close()


def test_what_curricula_consist_of_is_written_down_as_on_the_day_of_their_publication(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, "0006")
    choices = [
        {"institution": "tsinghua", "course": "roadmap", "versions": {"lowest": 1, "highest": highest}}
        for highest in (None, 1)
    ]
    document = {"theme": "digital-empowerment", "kind": "camp", "courses": choices}
    with database.write() as session:
        connection = session.connection()
        tables = {table.name: table for table in dump.tables(connection)}
        with dump.without_triggers(connection, list(tables.values())):
            rows = _rows("0006")
            for name in ("people", "institutions", "courses", "versions", "curricula", "curriculum_versions"):
                table = tables[name]
                for row in rows[name]:
                    typed = {key: dump.value_in(table.c[key].type, row[key], connection) for key in row}
                    if name == "curriculum_versions":
                        typed["document"] = msgspec.json.encode(document).decode()
                    connection.execute(table.insert().values(typed))
            late = text("UPDATE versions SET published_at = '2027-01-01 00:00:00+00:00' WHERE number = :n")
            connection.execute(late, {"n": 2})
            early = tables["curriculum_versions"].insert()
            kept = connection.execute(select(tables["curriculum_versions"])).mappings().one()
            again = {**kept, "id": 9, "number": 2, "state": "superseded"}
            again["published_at"] = again["published_at"].replace(year=2028)
            connection.execute(early.values(again))
    schema.upgrade(database)
    with database.read() as session:
        pins = session.execute(select(CurriculumCourse.__table__)).all()
        assert [tuple(pin) for pin in pins] == [(1, 0, 1), (1, 1, 1), (9, 0, 2), (9, 1, 1)]
        assert session.execute(text("SELECT DISTINCT theme, kind FROM curriculum_versions")).all() == [
            ("digital-empowerment", "camp")
        ]
    database.close()


def test_feeds_of_themes_know_what_was_published_before_there_was_a_table_of_them(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, "0007")
    with database.write() as session:
        connection = session.connection()
        tables = {table.name: table for table in dump.tables(connection)}
        with dump.without_triggers(connection, list(tables.values())):
            for name in ("people", "institutions", "courses", "versions", "events"):
                for row in _rows("0007")[name]:
                    typed = {
                        key: dump.value_in(tables[name].c[key].type, row[key], connection) for key in row
                    }
                    connection.execute(tables[name].insert().values(typed))
    schema.upgrade(database)
    with database.read() as session:
        themes = session.execute(select(VersionTheme.__table__)).all()
        assert [tuple(row) for row in themes] == [("digital-empowerment", 1, 2)]
    database.close()


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_what_was_found_by_its_title_still_is(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, "0008")
    with database.write() as session:
        connection = session.connection()
        tables = {table.name: table for table in dump.tables(connection)}
        rows = _rows("0008")
        with dump.without_triggers(connection, list(tables.values())):
            for name in ("people", "institutions", "courses", "versions", "search_rows"):
                for row in rows[name]:
                    typed = {
                        key: dump.value_in(tables[name].c[key].type, row[key], connection) for key in row
                    }
                    connection.execute(tables[name].insert().values(typed))
        [row_id] = (row["id"] for row in rows["search_rows"])
        words = "'数字':1A '字化':2A '诊断':3"
        connection.execute(
            text("INSERT INTO search_text (rowid, words) VALUES (:id, CAST(:words AS tsvector))"),
            {"id": row_id, "words": words},
        )
    schema.upgrade(database)
    with database.read() as session:
        both = [
            search_index.rows(session, term, 0) for term in (*query_terms("数字化"), *query_terms("诊断"))
        ]
    assert both == [Having(1 << row_id, 1 << row_id), Having(1 << row_id, 0)]
    database.close()


def test_a_newer_schema_is_refused_and_untouched(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (schema.require_current, schema.ready, schema.upgrade):
        with pytest.raises(schema.SchemaError, match="newer"):
            act(database)
    assert schema.status(database).schema is schema.Schema.NEWER


def test_an_older_schema_is_told_with_the_cure(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, "0001")
    with pytest.raises(schema.SchemaError, match="lingjun db upgrade"):
        schema.ready(database)
    schema.upgrade(database)
    schema.ready(database)
    database.close()


def test_another_programs_database_is_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    with database.write() as session:
        session.execute(text("CREATE TABLE theirs (id integer)"))
    with pytest.raises(schema.SchemaError, match="theirs"):
        schema.upgrade(database)
    with database.read() as session:
        assert inspect(session.connection()).get_table_names() == ["theirs"]
    database.close()
