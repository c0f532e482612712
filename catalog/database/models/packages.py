"""Packages that were built: derived data, rebuilt whenever they are missing."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.database.base import Base, Id, Identifier


class Package(Base):
    """One version in one format for one LMS preset. `sha256` names the blob, `signature` is Ed25519 over it."""

    __tablename__ = "packages"
    __table_args__ = (UniqueConstraint("version_id", "format", "preset"),)

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(Identifier, ForeignKey("versions.id"))
    format: Mapped[str]
    preset: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    signature: Mapped[bytes | None]
    receipt: Mapped[str]
    built_at: Mapped[datetime]
