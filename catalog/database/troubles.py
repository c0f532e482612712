"""What a database can't do, in the user's words."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from schemas.errors import MachineError
from schemas.text import Text

# PostgreSQL (Appendix A): broken off for the sake of another transaction; the same again may well succeed.
_PASSING = frozenset({"40001", "40P01"})

_FULL = Text("数据库所在的磁盘已满。未写入任何内容。", "The database's disk is full. Nothing was written.")
_READ_ONLY = Text(
    "数据库只读：请检查文件与文件夹的权限。",
    "The database is read-only: check the permissions of its file and folder.",
)
_BUSY = Text("数据库正忙，请稍后重试。", "The database is busy; try again in a moment.")
_GONE = Text("无法连接或使用数据库：{reason}", "The database can't be reached or used: {reason}")
_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
}
_POSTGRESQL = {"53100": _FULL, "25006": _READ_ONLY, "55P03": _BUSY, "40001": _BUSY, "40P01": _BUSY}


def is_passing(error: DBAPIError) -> bool:
    """Whether the same transaction may be tried again at once."""
    return getattr(error.orig, "sqlstate", None) in _PASSING


def trouble_of(error: DBAPIError) -> MachineError:
    """The error to tell."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", "")
        known = next((text for start, text in _SQLITE.items() if name.startswith(start)), None)
    else:
        known = _POSTGRESQL.get(getattr(original, "sqlstate", None) or "")
    lines = str(original).strip().splitlines() or [type(original).__name__]
    return MachineError(known or _GONE.format(reason=lines[0]))
