"""The catalogue's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """From an empty database."""
    _create_people()
    _create_courses()
    _create_curricula()
    _create_journal()


def _create_people() -> None:
    op.create_table(
        "institutions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_institutions"),
        sa.UniqueConstraint("slug", name="uq_institutions_slug"),
    )
    op.create_table(
        "participations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("institution_id", BIG, nullable=False),
        sa.Column("suspended_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name="fk_participations_institution_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participations"),
        sa.UniqueConstraint("edition", "institution_id", name="uq_participations_edition_institution_id"),
    )
    op.create_index("ix_participations_institution_id", "participations", ["institution_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", BIG, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )
    op.create_table(
        "grants",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("institution_id", BIG, nullable=True),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name="fk_grants_institution_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_grants_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    op.create_index("ix_grants_institution_id", "grants", ["institution_id"], unique=False)
    op.create_index("uq_grants_institution", "grants", ["person_id", "role", "institution_id"], unique=True)
    op.create_index(
        "uq_grants_programme",
        "grants",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("institution_id IS NULL"),
        postgresql_where=sa.text("institution_id IS NULL"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_tokens_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
    op.create_index("ix_tokens_person_id", "tokens", ["person_id"], unique=False)
    op.create_table(
        "login_attempts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_attempts"),
    )
    op.create_index("ix_login_attempts_at", "login_attempts", ["at"], unique=False)
    op.create_index("ix_login_attempts_key_at", "login_attempts", ["key", "at"], unique=False)


def _create_courses() -> None:
    op.create_table(
        "courses",
        sa.Column("id", BIG, nullable=False),
        sa.Column("institution_id", BIG, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name="fk_courses_institution_id"),
        sa.PrimaryKeyConstraint("id", name="pk_courses"),
        sa.UniqueConstraint("institution_id", "slug", name="uq_courses_institution_id_slug"),
    )
    op.create_table(
        "versions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("source_size", sa.BigInteger(), nullable=False),
        sa.Column("reading_sha256", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(number IS NOT NULL) OR (state NOT IN ('published', 'superseded'))", name="ck_versions_numbered"
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'published', 'superseded', 'withdrawn')",
            name="ck_versions_state",
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_versions_course_id"),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_versions_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("course_id", "number", name="uq_versions_course_id_number"),
    )
    op.create_index("ix_versions_course_id", "versions", ["course_id"], unique=False)
    op.create_index("ix_versions_reading_sha256", "versions", ["reading_sha256"], unique=False)
    op.create_index("ix_versions_source_sha256", "versions", ["source_sha256"], unique=False)
    op.create_index("ix_versions_state_id", "versions", ["state", "id"], unique=False)
    op.create_index(
        "uq_versions_open",
        "versions",
        ["course_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.create_index(
        "uq_versions_published",
        "versions",
        ["course_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "version_files",
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_version_files_version_id"),
        sa.PrimaryKeyConstraint("version_id", "path", name="pk_version_files"),
    )
    op.create_table(
        "comments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_comments_person_id"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_comments_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_version_id", "comments", ["version_id"], unique=False)
    op.create_table(
        "packages",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("preset", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("built_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_packages_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_packages"),
        sa.UniqueConstraint("version_id", "format", "preset", name="uq_packages_version_id_format_preset"),
    )
    op.create_index("ix_packages_sha256", "packages", ["sha256"], unique=False)


def _create_curricula() -> None:
    op.create_table(
        "curricula",
        sa.Column("id", BIG, nullable=False),
        sa.Column("institution_id", BIG, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name="fk_curricula_institution_id"),
        sa.PrimaryKeyConstraint("id", name="pk_curricula"),
        sa.UniqueConstraint("institution_id", "slug", name="uq_curricula_institution_id_slug"),
    )
    op.create_table(
        "curriculum_versions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("curriculum_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(number IS NOT NULL) OR (state NOT IN ('published', 'superseded'))",
            name="ck_curriculum_versions_numbered",
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'published', 'superseded', 'withdrawn')",
            name="ck_curriculum_versions_state",
        ),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_curriculum_versions_created_by"),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curricula.id"], name="fk_curriculum_versions_curriculum_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_curriculum_versions"),
        sa.UniqueConstraint("curriculum_id", "number", name="uq_curriculum_versions_curriculum_id_number"),
    )
    op.create_index(
        "ix_curriculum_versions_curriculum_id", "curriculum_versions", ["curriculum_id"], unique=False
    )
    op.create_index("ix_curriculum_versions_state_id", "curriculum_versions", ["state", "id"], unique=False)
    op.create_index(
        "uq_curriculum_versions_open",
        "curriculum_versions",
        ["curriculum_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.create_index(
        "uq_curriculum_versions_published",
        "curriculum_versions",
        ["curriculum_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )


def _create_journal() -> None:
    op.create_table(
        "events",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("institution_id", BIG, nullable=True),
        sa.Column("course_id", BIG, nullable=True),
        sa.Column("version_id", BIG, nullable=True),
        sa.Column("curriculum_id", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_events_actor_id"),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_events_course_id"),
        sa.ForeignKeyConstraint(["curriculum_id"], ["curricula.id"], name="fk_events_curriculum_id"),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name="fk_events_institution_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_events_person_id"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_events_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_action_id", "events", ["action", "id"], unique=False)
    op.create_index("ix_events_actor_id", "events", ["actor_id"], unique=False)
    op.create_index("ix_events_course_id_id", "events", ["course_id", "id"], unique=False)
    op.create_index("ix_events_institution_id_id", "events", ["institution_id", "id"], unique=False)
    op.create_index("ix_events_version_id_id", "events", ["version_id", "id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("person_id", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_idempotency_keys"),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)
