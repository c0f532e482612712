"""Sets of rows as whole numbers, one bit a row. The database puts the bits together: a hundred thousand identifiers, one
by one, would keep the interpreter from everything else."""

from typing import Any

from sqlalchemy import BigInteger, Integer, Select, cast, func, literal, select
from sqlalchemy.orm import Session

_BYTES = 7  # of a set that the database puts in one number: its numbers have 63 bits
_BITS = 8 * _BYTES


def row_sets(session: Session, rows: Select[*tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    """`rows` selects keys, or none, and then an identifier: the set of identifiers that each key has."""
    *keys, row = rows.subquery().c
    bit = literal(1, BigInteger).bitwise_lshift(cast(row % _BITS, Integer))
    # Bits that are all different add up to their union.
    united = func.sum(bit) if session.get_bind().dialect.name == "sqlite" else func.bit_or(bit)
    number = row // _BITS
    query = select(*keys, number, united).group_by(*keys, number)
    found: dict[tuple[Any, ...], bytearray] = {}
    for *key, place, bits in session.connection().execute(query).all():
        joined = found.setdefault(tuple(key), bytearray())
        end = _BYTES * (place + 1)
        joined.extend(bytes(max(0, end - len(joined))))
        joined[end - _BYTES : end] = bits.to_bytes(_BYTES, "little")
    return {key: int.from_bytes(joined, "little") for key, joined in found.items()}
