"""What all models share: naming of constraints, identifiers, moments."""

from datetime import UTC, datetime
from typing import Annotated, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware. SQLite has no time zones: there it is kept without, and given back with."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database. Raises ValueError for a naive moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value.replace(tzinfo=UTC) if value is not None and dialect.name == "sqlite" else value


# Integers rather than UUIDs: everything public has a natural address (institution/course/number), keyset pages need
# an order, and indexes stay dense. Nothing is protected by being hard to guess.
Identifier = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(Identifier, primary_key=True)]


class Base(DeclarativeBase):
    """All tables. Constraints have names on both databases, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment, str: Text, bytes: LargeBinary}


def utcnow() -> datetime:
    """Now, in UTC, to the microsecond that both databases keep."""
    return datetime.now(UTC)
