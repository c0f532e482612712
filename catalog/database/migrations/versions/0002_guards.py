"""Triggers that keep what happened, and what was published, as it was.

SQLite drops a table's triggers when a later revision copies the table: make them anew there.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

# What a version consists of: from its publication on it never changes.
_CONTENT = (
    "course_id",
    "number",
    "source_sha256",
    "source_size",
    "reading_sha256",
    "content_hash",
    "edition",
    "language",
    "title_zh",
    "title_en",
    "facts",
    "created_by",
    "created_at",
    "published_at",
)
_AFTER = "NEW.state NOT IN ('published', 'superseded', 'withdrawn')"
_NEVER = "a published version never changes"

_SQLITE = (
    (
        "CREATE TRIGGER events_update BEFORE UPDATE ON events"
        " BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    ),
    (
        "CREATE TRIGGER events_delete BEFORE DELETE ON events"
        " BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    ),
    "CREATE TRIGGER versions_update BEFORE UPDATE ON versions"
    f" WHEN OLD.published_at IS NOT NULL AND ({_AFTER} OR "
    + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _CONTENT)
    + f") BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    (
        "CREATE TRIGGER versions_delete BEFORE DELETE ON versions WHEN OLD.published_at IS NOT NULL"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
    ),
    (
        "CREATE TRIGGER version_files_insert BEFORE INSERT ON version_files"
        " WHEN (SELECT published_at FROM versions WHERE id = NEW.version_id) IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END"
    ),
    (
        "CREATE TRIGGER version_files_update BEFORE UPDATE ON version_files"
        " WHEN (SELECT published_at FROM versions WHERE id = OLD.version_id) IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END"
    ),
    (
        "CREATE TRIGGER version_files_delete BEFORE DELETE ON version_files"
        " WHEN (SELECT published_at FROM versions WHERE id = OLD.version_id) IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END"
    ),
)

_POSTGRESQL = (
    (
        "CREATE FUNCTION lingjun_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ),
    (
        "CREATE TRIGGER events_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON events"
        " EXECUTE FUNCTION lingjun_refuse('events are append-only')"
    ),
    "CREATE TRIGGER versions_update BEFORE UPDATE ON versions FOR EACH ROW"
    f" WHEN (OLD.published_at IS NOT NULL AND ({_AFTER} OR "
    + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _CONTENT)
    + f")) EXECUTE FUNCTION lingjun_refuse('{_NEVER}')",
    (
        "CREATE TRIGGER versions_delete BEFORE DELETE ON versions FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)"
        f" EXECUTE FUNCTION lingjun_refuse('{_NEVER}')"
    ),
    (
        "CREATE FUNCTION lingjun_guard_files() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE target bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;"
        " BEGIN IF (SELECT published_at FROM versions WHERE id = target) IS NOT NULL"
        " THEN RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER version_files_guard BEFORE INSERT OR UPDATE OR DELETE ON version_files FOR EACH ROW"
        " EXECUTE FUNCTION lingjun_guard_files()"
    ),
)


def upgrade() -> None:
    """The database itself refuses, whatever the program or its operator tries."""
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
