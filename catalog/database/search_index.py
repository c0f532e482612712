"""The index of words under `search_text`: FTS5 on SQLite, tsvector on PostgreSQL (titles apart), over the same tokens.

Tokens are made by catalog.services.tokens; no database's own idea of a word comes in. FTS5's `ascii` tokenizer splits
at ASCII blanks and takes every other character of ours as part of a token; a tsvector is written as a literal.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    TableClause,
    cast,
    column,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.database.row_sets import row_sets

TABLE = "search_text"
TITLES = f"{TABLE}_titles"  # on PostgreSQL


class Wanted(Protocol):
    """A term of a query: tokens side by side, the last one a prefix where `prefix` is set."""

    @property
    def tokens(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def prefix(self) -> bool: ...  # noqa: D102


class Within(Enum):
    """Where all the terms must be: all in the title; anywhere, but not all in the title."""

    TITLE = auto()
    BODY = auto()


class Having(NamedTuple):
    """The rows that have a term, as sets of bits: anywhere, and in the title."""

    anywhere: int = 0
    title: int = 0


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
        connection.execute(text(statement), values)
        return
    for name, words in ((TITLES, lambda r: r.title), (TABLE, lambda r: [*r.title, *r.body])):
        statement = f"INSERT INTO {name} (rowid, words) VALUES (:id, CAST(:words AS tsvector))"  # noqa: S608
        connection.execute(
            text(statement), [{"id": row.row_id, "words": _tsvector(words(row))} for row in rows]
        )


def _tsvector(tokens: Sequence[str]) -> str:
    """As a literal."""
    return " ".join(f"'{token}':{n}" for n, token in enumerate(tokens[:_POSITIONS], 1))


def remove(connection: Connection, row_id: int) -> None:
    """Take a row out of the index."""
    for name in (TABLE,) if connection.dialect.name == "sqlite" else (TABLE, TITLES):
        connection.execute(text(f"DELETE FROM {name} WHERE rowid = :id"), {"id": row_id})  # noqa: S608


def has(
    session: Session, row_id: InstrumentedAttribute[int], terms: Sequence[Wanted], within: Within
) -> ColumnElement[bool]:
    """The condition that a row has every term."""
    return row_id.in_(_having(session, terms, within))


def rows(session: Session, term: Wanted, after: int) -> Having:
    """All rows beyond `after` that have a term, straight from the index."""
    if session.get_bind().dialect.name == "sqlite":
        index = table(TABLE, column("rowid", Integer))
        everywhere, titles = (
            row_sets(session, select(index.c.rowid).where(_fts5(words), index.c.rowid > after)).get((), 0)
            for words in (_phrases([term]), f"title : ({_phrases([term])})")
        )
        return Having(everywhere, titles)
    index, titled = _tables([term])
    titled = titled.where(titled.selected_columns[0] > after)
    in_title = index.c.rowid.in_(select(titled.cte("titled").c.rowid))
    found = select(in_title, index.c.rowid).where(_tokens([term]), index.c.rowid > after)
    if len(term.tokens) > 1:
        # The index alone finds tokens; whether they stand side by side is in the row, which is large: the title's, where that does.
        found = found.where(or_(in_title, _side_by_side([term])))
    sets = row_sets(session, found)
    titles = sets.get((True,), 0)
    return Having(sets.get((False,), 0) | titles, titles)


def _having(session: Session, terms: Sequence[Wanted], within: Within) -> Select[int]:
    if session.get_bind().dialect.name == "sqlite":
        index = table(TABLE, column("rowid", Integer))
        titled = f"title : ({_phrases(terms)})"
        words = titled if within is Within.TITLE else f"({_phrases(terms)}) NOT ({titled})"
        return select(index.c.rowid).where(_fts5(words))
    index, titles = _tables(terms)
    if within is Within.TITLE:
        return titles
    found = select(index.c.rowid).where(_tokens(terms), _side_by_side(terms))
    return found.where(index.c.rowid.not_in(titles))


def _fts5(words: str) -> ColumnElement[bool]:
    return literal_column(TABLE).op("MATCH", is_comparison=True)(words)


def _phrases(terms: Sequence[Wanted]) -> str:
    """As FTS5's query language has it. Tokens have no quotes: they consist of letters and digits."""
    return " AND ".join(f'"{" ".join(term.tokens)}"{"*" if term.prefix else ""}' for term in terms)


def _tables(terms: Sequence[Wanted]) -> tuple[TableClause, Select[int]]:
    """PostgreSQL's index, and the rows that have all terms in the title."""
    titles = table(TITLES, column("rowid", Integer))
    return table(TABLE, column("rowid", Integer)), select(titles.c.rowid).where(_side_by_side(terms))


def _side_by_side(terms: Sequence[Wanted]) -> ColumnElement[bool]:
    """Each term's tokens follow each other: the index finds candidates, the row decides."""
    return _matches(terms, " <-> ")


def _tokens(terms: Sequence[Wanted]) -> ColumnElement[bool]:
    """Each term's tokens are there: the index knows."""
    return _matches(terms, " & ")


def _matches(terms: Sequence[Wanted], between: str) -> ColumnElement[bool]:
    def tokens(term: Wanted) -> str:
        return between.join(f"'{token}'" + (":*" if term.prefix else "") for token in term.tokens)

    wanted = " & ".join(f"({tokens(term)})" for term in terms)
    return column("words").op("@@", is_comparison=True)(cast(wanted, TSQUERY))
