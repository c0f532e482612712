"""What can be found: a row for each published course, its facets, and the index of words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

INDEX = {
    "sqlite": ("CREATE VIRTUAL TABLE search_text USING fts5(title, body, tokenize='ascii', prefix='1 2 3')",),
    "postgresql": (
        (
            "CREATE TABLE search_text (words tsvector NOT NULL,"
            " rowid bigint PRIMARY KEY REFERENCES search_rows (id) ON DELETE CASCADE)"
        ),
        "CREATE INDEX ix_search_text_words ON search_text USING gin (words) WITH (fastupdate = off)",
    ),
}


def upgrade() -> None:
    """Tables and index; catalog.services.search fills them for what is published already."""
    op.create_table(
        "search_rows",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_search_rows_course_id"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_search_rows_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_search_rows"),
        sa.UniqueConstraint("course_id", name="uq_search_rows_course_id"),
        sa.UniqueConstraint("version_id", name="uq_search_rows_version_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_facets",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("row_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["search_rows.id"], name="fk_search_facets_row_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "value", "row_id", name="pk_search_facets"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_facets_row_id", "search_facets", ["row_id"], unique=False)
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
