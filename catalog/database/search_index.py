"""The index of words under `search_text`: FTS5 on SQLite, tsvector on PostgreSQL, over the same tokens.

Tokens are made by catalog.services.tokens; no database's own idea of a word comes in. FTS5's `ascii` tokenizer splits
at ASCII blanks and takes every other character of ours as part of a token; a tsvector is written as a literal.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple, Protocol

from sqlalchemy import ColumnElement, Connection, Integer, Select, column, select, table, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.database.row_sets import row_sets

TABLE = "search_text"


class Wanted(Protocol):
    """A term of a query: tokens side by side, the last one a prefix where `prefix` is set."""

    @property
    def tokens(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def prefix(self) -> bool: ...  # noqa: D102


class Within(Enum):
    """Where all the terms must be: all in the title; anywhere, but not all in the title; anywhere."""

    TITLE = auto()
    BODY = auto()
    ANY = auto()


_POSITIONS = 16_000  # a tsvector counts no further than 16,383


def is_index_table(name: str) -> bool:
    """Whether a table belongs to the index, which the models don't describe."""
    return name == TABLE or name.startswith(f"{TABLE}_")


class Indexed(NamedTuple):
    """A row's tokens."""

    row_id: int
    title: Sequence[str]
    body: Sequence[str]


def put(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Index the tokens of these rows."""
    if connection.dialect.name == "sqlite":
        statement = f"INSERT INTO {TABLE} (rowid, title, body) VALUES (:id, :title, :body)"  # noqa: S608
        values = [{"id": r.row_id, "title": " ".join(r.title), "body": " ".join(r.body)} for r in rows]
    else:
        statement = f"INSERT INTO {TABLE} (rowid, words) VALUES (:id, CAST(:words AS tsvector))"  # noqa: S608
        values = [{"id": r.row_id, "words": _tsvector(r)} for r in rows]
    connection.execute(text(statement), values)


def _tsvector(row: Indexed) -> str:
    """As a literal; the title's words have weight A."""
    words = [f"'{token}':{n}A" for n, token in enumerate(row.title[:_POSITIONS], 1)]
    left = _POSITIONS - len(words)
    return " ".join(words + [f"'{token}':{n}" for n, token in enumerate(row.body[:left], len(words) + 1)])


def remove(connection: Connection, row_id: int) -> None:
    """Take a row out of the index."""
    connection.execute(text(f"DELETE FROM {TABLE} WHERE rowid = :id"), {"id": row_id})  # noqa: S608


def has(
    session: Session, row_id: InstrumentedAttribute[int], terms: Sequence[Wanted], within: Within
) -> ColumnElement[bool]:
    """The condition that a row has every term."""
    return row_id.in_(_having(session, terms, within))


def rows(session: Session, term: Wanted, within: Within, after: int) -> int:
    """All rows beyond `after` that have a term, as a set of bits, straight from the index."""
    having = _having(session, [term], within)
    row_id = next(iter(having.selected_columns))
    return row_sets(session, having.where(row_id > after)).get((), 0)


def _having(session: Session, terms: Sequence[Wanted], within: Within) -> Select[int]:
    index = table(TABLE, column("rowid", Integer))
    if session.get_bind().dialect.name == "sqlite":
        condition = text(f"{TABLE} MATCH :words").bindparams(words=_fts5(terms, within))
    else:
        condition = text("words @@ CAST(:words AS tsquery)").bindparams(words=_tsquery(terms, within))
    return select(index.c.rowid).where(condition)


def _fts5(terms: Sequence[Wanted], within: Within) -> str:
    """As FTS5's query language has it. Tokens have no quotes: they consist of letters and digits."""
    phrases = [f'"{" ".join(term.tokens)}"{"*" if term.prefix else ""}' for term in terms]
    anywhere = " AND ".join(phrases)
    titled = " AND ".join(f"title : {phrase}" for phrase in phrases)
    if within is Within.ANY:
        return anywhere
    return titled if within is Within.TITLE else f"({anywhere}) NOT ({titled})"


def _tsquery(terms: Sequence[Wanted], within: Within) -> str:
    """As a tsquery literal; the title's words have weight A."""

    def phrase(term: Wanted, weight: str) -> str:
        labels = weight + ("*" if term.prefix else "")
        return " <-> ".join(f"'{token}'" + (f":{labels}" if labels else "") for token in term.tokens)

    anywhere = " & ".join(f"({phrase(term, '')})" for term in terms)
    titled = " & ".join(f"({phrase(term, 'A')})" for term in terms)
    if within is Within.ANY:
        return anywhere
    return titled if within is Within.TITLE else f"{anywhere} & !({titled})"
