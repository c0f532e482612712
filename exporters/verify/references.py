"""From an address in a manifest or a page to the file in the archive that it means."""

import posixpath
import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from schemas.text import Text

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LOCAL_DISK = re.compile(r"[A-Za-z]:[\\/]|file:", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:|wss?:|ftp:)?//", re.IGNORECASE)


class Kind(StrEnum):
    """What an address turns out to be."""

    INSIDE = "inside"  # a path in the package, whether the file is there or not
    SELF = "self"  # the page itself: empty, or a fragment alone
    REMOTE = "remote"  # on another host
    OTHER = "other"  # data:, mailto:, javascript: and the like
    BAD = "bad"  # absolute, with a backslash, or leaving the package


class Reference(NamedTuple):
    """An address resolved: `path` in the archive when INSIDE, `why` it is BAD."""

    kind: Kind
    path: str = ""
    why: Text = Text()


_WHY_BACKSLASH = Text("含反斜杠", "has a backslash")
_WHY_ABSOLUTE = Text("以 / 开头", "starts with /")
_WHY_OUTSIDE = Text("离开了课程包", "leaves the package")


def resolve(address: str, folder: str = "") -> Reference:
    """What `address` means in a file that lies in `folder` (of the archive, without a slash at the end)."""
    address = address.strip()
    if _REMOTE.match(address):
        return Reference(Kind.REMOTE)
    if _LOCAL_DISK.match(address):
        return Reference(Kind.BAD, why=_WHY_OUTSIDE)
    if _SCHEME.match(address):
        return Reference(Kind.OTHER)
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    return _inside(path, folder) if path else Reference(Kind.SELF)


def _inside(path: str, folder: str) -> Reference:
    joined = posixpath.normpath(posixpath.join(folder, path))
    doubts = {
        _WHY_BACKSLASH: "\\" in path,
        _WHY_ABSOLUTE: path.startswith("/"),
        _WHY_OUTSIDE: joined == ".." or joined.startswith("../"),
    }
    why = next((why for why, holds in doubts.items() if holds), None)
    return Reference(Kind.INSIDE, joined) if why is None else Reference(Kind.BAD, why=why)
