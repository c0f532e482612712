from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from catalog.database.models import Base
from catalog.database.search_index import is_index_table
from catalog.database.session import Database


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
