"""What can be found: one row for each course with a published version. The words themselves stand in `search_text`,
which each database indexes in its own way (catalog.database.search_index)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from catalog.database.base import Base, Id, Identifier


class SearchRow(Base):
    """A published version. Identifiers grow with each publication: the newest first is the highest first."""

    __tablename__ = "search_rows"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(Identifier, ForeignKey("courses.id"), unique=True)
    version_id: Mapped[int] = mapped_column(Identifier, ForeignKey("versions.id"), unique=True)
    title: Mapped[str]
    text: Mapped[str]
    published_at: Mapped[datetime]


class SearchFacet(Base):
    """One property by which a row can be chosen: `kind` is theme, institution, edition, tier, language or mode."""

    __tablename__ = "search_facets"
    __table_args__ = (Index("ix_search_facets_row_id", "row_id"), {"sqlite_with_rowid": False})

    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("search_rows.id", ondelete="CASCADE"), primary_key=True
    )
