"""PostgreSQL: the words of titles in a table of their own. What is in a title is asked for each word of a query, and a title is a
hundredth of what else is indexed."""

from alembic import op

revision = "0009"
down_revision = "0008"

_POSTGRESQL = (
    (
        "CREATE TABLE search_text_titles (words tsvector NOT NULL,"
        " rowid bigint PRIMARY KEY REFERENCES search_rows (id) ON DELETE CASCADE)"
    ),
    # Until now weight A told that a word is the title's.
    "INSERT INTO search_text_titles (words, rowid) SELECT ts_filter(words, '{a}'), rowid FROM search_text",
    "CREATE INDEX ix_search_text_titles_words ON search_text_titles USING gin (words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """FTS5 has a column for titles already."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)
