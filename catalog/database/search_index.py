"""The index of words under `search_text`: FTS5 on SQLite, tsvector on PostgreSQL, over the same tokens.

Tokens are made by catalog.services.tokens; no database's own idea of a word comes in. FTS5's `ascii` tokenizer splits
at ASCII blanks and takes every other character of ours as part of a token; a tsvector is written as a literal.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text

TABLE = "search_text"

_POSITIONS = 16_000  # a tsvector counts no further than 16,383


def is_index_table(name: str) -> bool:
    """Whether a table belongs to the index, which the models don't describe."""
    return name == TABLE or name.startswith(f"{TABLE}_")


def put(connection: Connection, row_id: int, title: Sequence[str], body: Sequence[str]) -> None:
    """Index a row's tokens."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            text(f"INSERT INTO {TABLE} (rowid, title, body) VALUES (:id, :title, :body)"),  # noqa: S608
            {"id": row_id, "title": " ".join(title), "body": " ".join(body)},
        )
        return
    words = [f"'{token}':{n}A" for n, token in enumerate(title[:_POSITIONS], 1)]
    left = _POSITIONS - len(words)
    words += [f"'{token}':{n}" for n, token in enumerate(body[:left], len(words) + 1)]
    connection.execute(
        text(f"INSERT INTO {TABLE} (rowid, words) VALUES (:id, CAST(:words AS tsvector))"),  # noqa: S608
        {"id": row_id, "words": " ".join(words)},
    )


def remove(connection: Connection, row_id: int) -> None:
    """Take a row out of the index."""
    connection.execute(text(f"DELETE FROM {TABLE} WHERE rowid = :id"), {"id": row_id})  # noqa: S608
