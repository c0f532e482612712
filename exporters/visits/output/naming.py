"""File names that people can read, safe on every file system."""

import hashlib
import re
import unicodedata

_UNSAFE = re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|index|(com|lpt)\d)", re.IGNORECASE)


def file_name(identifier: str, *, apart: str = "") -> str:
    """A file name without extension for an identifier in any script. What had to be changed, or differs from others
    only in case, gains eight hexadecimal digits of its hash; so does what `apart` tells apart from its namesakes."""
    plain = unicodedata.normalize("NFC", identifier)
    name = _UNSAFE.sub("-", plain).strip("-_")[:40]
    if name == identifier == identifier.lower() and not apart and not _RESERVED.fullmatch(name):
        return name
    digest = hashlib.sha256(f"{identifier}\n{apart}".encode()).hexdigest()[:8]
    return f"{name}-{digest}" if name else digest
