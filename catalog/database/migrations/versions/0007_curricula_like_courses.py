"""Curricula get what courses have: their source and what a check said of it, comments on its lines, packages. A
published one names the very versions of its courses."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OWNED = ("comments", "packages", "package_builds")
_CONTENT = (
    "curriculum_id",
    "number",
    "edition",
    "theme",
    "kind",
    "title_zh",
    "title_en",
    "document",
    "source",
    "diagnostics",
    "created_by",
    "created_at",
    "published_at",
)
_AFTER = "NEW.state NOT IN ('published', 'superseded', 'withdrawn')"
_NEVER = "a published version never changes"
_PUBLISHED = (
    "(SELECT published_at FROM curriculum_versions WHERE id = {row}.curriculum_version_id) IS NOT NULL"
)

_SQLITE = (
    "DROP TRIGGER curriculum_versions_update",
    "CREATE TRIGGER curriculum_versions_update BEFORE UPDATE ON curriculum_versions"
    f" WHEN OLD.published_at IS NOT NULL AND ({_AFTER} OR "
    + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _CONTENT)
    + f") BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    *(
        f"CREATE TRIGGER curriculum_courses_{step.lower()} BEFORE {step} ON curriculum_courses"
        f" WHEN {_PUBLISHED.format(row=row)} BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        for step, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
)

_POSTGRESQL = (
    "DROP TRIGGER curriculum_versions_update ON curriculum_versions",
    "CREATE TRIGGER curriculum_versions_update BEFORE UPDATE ON curriculum_versions FOR EACH ROW"
    f" WHEN (OLD.published_at IS NOT NULL AND ({_AFTER} OR "
    + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _CONTENT)
    + f")) EXECUTE FUNCTION lingjun_refuse('{_NEVER}')",
    (
        "CREATE FUNCTION lingjun_guard_curriculum_courses() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE target bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.curriculum_version_id"
        " ELSE OLD.curriculum_version_id END;"
        " BEGIN IF (SELECT published_at FROM curriculum_versions WHERE id = target) IS NOT NULL"
        " THEN RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER curriculum_courses_guard BEFORE INSERT OR UPDATE OR DELETE ON curriculum_courses FOR EACH ROW"
        " EXECUTE FUNCTION lingjun_guard_curriculum_courses()"
    ),
)


def upgrade() -> None:
    """New columns, one table; what was published before is pinned as it would have been on that day."""
    for name in ("theme", "kind", "source"):
        op.add_column("curriculum_versions", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "curriculum_versions", sa.Column("diagnostics", sa.Text(), nullable=False, server_default="[]")
    )
    op.create_table(
        "curriculum_courses",
        sa.Column("curriculum_version_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["curriculum_version_id"],
            ["curriculum_versions.id"],
            name="fk_curriculum_courses_curriculum_version_id",
        ),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_curriculum_courses_version_id"),
        sa.PrimaryKeyConstraint("curriculum_version_id", "position", name="pk_curriculum_courses"),
    )
    op.create_index("ix_curriculum_courses_version_id", "curriculum_courses", ["version_id"])
    for table in _OWNED:
        _own_by_either(table)
    op.create_index("ix_comments_curriculum_version_id", "comments", ["curriculum_version_id"])
    _fill(op.get_bind())
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _own_by_either(table: str) -> None:
    """A row is a course version's or a curriculum version's."""
    with op.batch_alter_table(table) as batch:
        batch.alter_column("version_id", existing_type=BIG, nullable=True)
        batch.add_column(sa.Column("curriculum_version_id", BIG, nullable=True))
        batch.create_foreign_key(
            f"fk_{table}_curriculum_version_id", "curriculum_versions", ["curriculum_version_id"], ["id"]
        )
        batch.create_check_constraint(
            f"ck_{table}_owner", "(version_id IS NULL) <> (curriculum_version_id IS NULL)"
        )
        if table != "comments":
            batch.add_column(sa.Column("shape", sa.Text(), nullable=False, server_default="course"))
            batch.create_unique_constraint(
                f"uq_{table}_curriculum_version_id_shape_format_preset",
                ["curriculum_version_id", "shape", "format", "preset"],
            )


def _fill(connection: sa.Connection) -> None:
    rows = connection.execute(
        sa.text("SELECT id, document, published_at FROM curriculum_versions ORDER BY id")
    ).all()
    for row_id, document, published_at in rows:
        said: dict[str, Any] = json.loads(document)
        connection.execute(
            sa.text("UPDATE curriculum_versions SET theme = :theme, kind = :kind WHERE id = :id"),
            {"theme": said.get("theme", ""), "kind": said.get("kind", ""), "id": row_id},
        )
        if published_at is not None:
            _pin(connection, row_id, said.get("courses", []), published_at)


def _pin(connection: sa.Connection, row_id: int, courses: list[dict[str, Any]], published_at: object) -> None:
    """Of each course the highest version that the curriculum allows and that was there then."""
    wanted = sa.text(
        "SELECT v.id FROM versions v JOIN courses c ON c.id = v.course_id"
        " JOIN institutions i ON i.id = c.institution_id"
        " WHERE i.slug = :institution AND c.slug = :course AND v.number BETWEEN :lowest AND :highest"
        " AND v.state IN ('published', 'superseded') AND v.published_at <= :moment"
        " ORDER BY v.number DESC LIMIT 1"
    )
    for position, choice in enumerate(courses):
        bounds = choice.get("versions", {})
        found = connection.scalar(
            wanted,
            {
                "institution": choice["institution"],
                "course": choice["course"],
                "lowest": bounds.get("lowest", 1),
                "highest": bounds.get("highest") or 999_999,
                "moment": published_at,
            },
        )
        if found is not None:
            connection.execute(
                sa.text("INSERT INTO curriculum_courses VALUES (:id, :position, :version)"),
                {"id": row_id, "position": position, "version": found},
            )
