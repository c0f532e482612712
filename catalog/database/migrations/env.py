"""Alembic's entry: runs on the connection, and in the transaction, that catalog.database.schema hands over."""

from alembic import context

from catalog.database.models import Base
from catalog.database.search_index import is_index_table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    compare_type=True,
    include_name=lambda name, kind, _: not (kind == "table" and is_index_table(name or "")),
)
context.run_migrations()
