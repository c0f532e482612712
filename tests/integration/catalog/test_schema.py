"""The schema grows by migrations alone, keeps every row, and is never touched by an older program."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from catalog.database import dump, schema
from catalog.database.models import Base
from catalog.database.search_index import is_index_table
from catalog.database.session import Database

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
