"""Names that never change: every one derives from an author's identifier, never from order."""

import base64
import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
# Names that Windows refuses whatever their extension, and those that a package uses itself.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "course", "imsmanifest", "receipt"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)


def ascii_name(identifier: str) -> str:
    """A lower-case ASCII file name (no extension, at most 60 characters) for an identifier in any script.

    A plain identifier is its own name; any other keeps its ASCII part and gains eight hexadecimal digits of its
    hash, so that two identifiers never share a name and the name never depends on order.
    """
    if _PLAIN.fullmatch(identifier) and identifier not in _RESERVED:
        return identifier
    readable = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[:48].strip("-")
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{readable}-{digest}" if readable else f"x-{digest}"


def state_key(identifier: str) -> str:
    """Four characters (24 bits, base64url) that stand for a lesson or question in a learner's saved state.

    SCORM 1.2 leaves 4,096 characters for everything, so the identifier itself doesn't fit. Two identifiers of
    one course with the same key are a diagnostic (`state-key-clash`), never a silent mix-up.
    """
    return base64.urlsafe_b64encode(hashlib.sha256(identifier.encode()).digest()[:3]).decode()
