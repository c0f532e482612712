"""Where an address leads: out of the course, nowhere it may, into this text, to a lesson or to a file."""

import re
from enum import Enum, auto
from urllib.parse import unquote

from courses.markdown.allowed import SCHEMES

# A browser drops blanks and control characters from an address before it looks for the scheme.
_IGNORED = re.compile(r"[\x00-\x20\u007f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class Kind(Enum):
    """The kinds of target."""

    NONE = auto()
    REMOTE = auto()  # a web address
    CONTACT = auto()  # mailto: and tel:
    FORBIDDEN = auto()  # any other scheme
    HERE = auto()
    LESSON = auto()
    FILE = auto()


def kind_of(target: str) -> Kind:
    """What `target`, an address as Markdown or HTML holds it, leads to."""
    bare = _IGNORED.sub("", target)
    if not bare:
        return Kind.NONE
    if bare.startswith(("//", "\\\\", "/\\", "\\/")):
        return Kind.REMOTE
    if scheme := _SCHEME.match(bare):
        name = scheme[1].lower()
        if name not in SCHEMES:
            return Kind.FORBIDDEN
        return Kind.REMOTE if name.startswith("http") else Kind.CONTACT
    if bare.startswith("#"):
        return Kind.HERE
    path = unquote(bare.partition("#")[0]).lower()
    return Kind.LESSON if path.endswith((".md", ".markdown")) else Kind.FILE


def scheme_of(target: str) -> str:
    """The scheme of an address, with its colon."""
    match = _SCHEME.match(_IGNORED.sub("", target))
    return f"{match[1].lower()}:" if match else ""
