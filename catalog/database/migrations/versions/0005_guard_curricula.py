"""A published version of a curriculum never changes either."""

from alembic import op

revision = "0005"
down_revision = "0004"

_CONTENT = (
    "curriculum_id",
    "number",
    "edition",
    "title_zh",
    "title_en",
    "document",
    "created_by",
    "created_at",
    "published_at",
)
_AFTER = "NEW.state NOT IN ('published', 'superseded', 'withdrawn')"
_NEVER = "a published version never changes"

_SQLITE = (
    "CREATE TRIGGER curriculum_versions_update BEFORE UPDATE ON curriculum_versions"
    f" WHEN OLD.published_at IS NOT NULL AND ({_AFTER} OR "
    + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _CONTENT)
    + f") BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    (
        "CREATE TRIGGER curriculum_versions_delete BEFORE DELETE ON curriculum_versions"
        f" WHEN OLD.published_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
    ),
)

_POSTGRESQL = (
    "CREATE TRIGGER curriculum_versions_update BEFORE UPDATE ON curriculum_versions FOR EACH ROW"
    f" WHEN (OLD.published_at IS NOT NULL AND ({_AFTER} OR "
    + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _CONTENT)
    + f")) EXECUTE FUNCTION lingjun_refuse('{_NEVER}')",
    (
        "CREATE TRIGGER curriculum_versions_delete BEFORE DELETE ON curriculum_versions FOR EACH ROW"
        f" WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION lingjun_refuse('{_NEVER}')"
    ),
)


def upgrade() -> None:
    """As revision 0002 does for courses."""
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
