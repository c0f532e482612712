"""The themes of each published version, in the order of publication: a theme's feed keeps those that were superseded."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 500


def upgrade() -> None:
    """The table, filled from the facts of what was ever published."""
    made = op.create_table(
        "version_themes",
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_version_themes_event_id"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_version_themes_version_id"),
        sa.PrimaryKeyConstraint("theme", "event_id", name="pk_version_themes"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    published = connection.execute(
        sa.text(
            "SELECT events.id, versions.id, versions.facts FROM events"
            " JOIN versions ON versions.id = events.version_id WHERE events.action = 'version-published'"
        ),
        execution_options={"yield_per": _BATCH},
    )
    for rows in published.partitions():
        themes = [
            {"theme": theme, "event_id": event, "version_id": version}
            for event, version, facts in rows
            for theme in json.loads(facts)["themes"]
        ]
        if themes:
            connection.execute(made.insert(), themes)
