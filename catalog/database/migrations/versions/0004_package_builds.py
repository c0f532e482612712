"""Who is building which package, which builds failed, and the signed indexes that were issued."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "package_builds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("preset", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("failed_with", sa.Text(), nullable=True),
        sa.Column("failure_zh", sa.Text(), nullable=False),
        sa.Column("failure_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_package_builds_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_package_builds"),
        sa.UniqueConstraint(
            "version_id", "format", "preset", name="uq_package_builds_version_id_format_preset"
        ),
    )
    op.create_table(
        "package_indexes",
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_package_indexes"),
        sqlite_autoincrement=True,
    )
