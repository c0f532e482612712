"""Packages that were built: derived data, rebuilt whenever they are missing."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.database.base import Base, Id, Identifier
from catalog.database.models.courses import EITHER


class Package(Base):
    """One version in one format for one LMS preset: of a course, or of a curriculum in the `shape` of one package or of a
    set (catalog.packages.claims.Shape). `sha256` names the blob, `signature` is the signed
    statement about it (catalog.packages.signing), None until there is a key."""

    __tablename__ = "packages"
    __table_args__ = (
        UniqueConstraint("version_id", "format", "preset"),
        UniqueConstraint("curriculum_version_id", "shape", "format", "preset"),
        CheckConstraint(EITHER, name="owner"),
    )

    id: Mapped[Id]
    version_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("versions.id"))
    curriculum_version_id: Mapped[int | None] = mapped_column(
        Identifier, ForeignKey("curriculum_versions.id")
    )
    shape: Mapped[str]
    format: Mapped[str]
    preset: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    signature: Mapped[bytes | None]
    receipt: Mapped[str]
    built_at: Mapped[datetime]


class PackageBuild(Base):
    """A package in the making, or one that can't be made. `claimed_by` builds it until `claimed_until`, then whoever
    comes next may; `failed_with` is the program version for which it can't be made, for the reason in `failure_…`."""

    __tablename__ = "package_builds"
    __table_args__ = (
        UniqueConstraint("version_id", "format", "preset"),
        UniqueConstraint("curriculum_version_id", "shape", "format", "preset"),
        CheckConstraint(EITHER, name="owner"),
    )

    id: Mapped[Id]
    version_id: Mapped[int | None] = mapped_column(Identifier, ForeignKey("versions.id"))
    curriculum_version_id: Mapped[int | None] = mapped_column(
        Identifier, ForeignKey("curriculum_versions.id")
    )
    shape: Mapped[str]
    format: Mapped[str]
    preset: Mapped[str]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    failed_with: Mapped[str | None]
    failure_zh: Mapped[str] = mapped_column(default="")
    failure_en: Mapped[str] = mapped_column(default="")


class PackageIndex(Base):
    """A signed index of all packages, as it was issued. `sequence` only grows; `content` is a digest of what it lists."""

    __tablename__ = "package_indexes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    sequence: Mapped[Id]
    key_id: Mapped[str]
    content: Mapped[str]
    expires_at: Mapped[datetime]
    document: Mapped[bytes]
