"""Identifiers and order from file names, and the nearest word to a mistyped one."""

import re
import unicodedata
from collections.abc import Iterable

from schemas.edition import Term

_NUMBERED = re.compile(r"(?P<number>\d+)(?:[-_.\s、．·]+(?P<rest>.*))?", re.DOTALL)
_IGNORED = frozenset({"thumbs.db", "desktop.ini", "readme.md"})


def nfc(name: str) -> str:
    """`name` in Unicode's composed form: macOS hands out decomposed names, everyone else composed ones."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def fold(name: str) -> str:
    """What two names share that differ only in letter case or in Unicode composition."""
    return nfc(nfc(name).casefold())


def identifier_of(name: str) -> str:
    """The identifier that a file or folder name (without extension) stands for: `01-诊断` is `诊断`.

    A name that is only a number keeps it; white space becomes a hyphen, so that it can be written in `{#…}`.
    """
    numbered = _NUMBERED.fullmatch(nfc(name))
    kept = (numbered and numbered["rest"]) or nfc(name)
    return re.sub(r"\s+", "-", kept.strip())


def identifier_from(title: str) -> str:
    """The identifier derived from a title where the author wrote none: its letters and digits with hyphens."""
    words = re.findall(r"\w+", nfc(title).lower().replace("_", " "))
    return "-".join(words)[:60].strip("-") or "untitled"


def reading_order(name: str) -> tuple[int, int, str]:
    """Sort key of a file or folder name: by its numeric prefix, then those without one, by name."""
    numbered = _NUMBERED.fullmatch(nfc(name))
    # int() refuses more than 4,300 digits; nobody has so many lessons.
    return (0, int(numbered["number"][:18]), nfc(name)) if numbered else (1, 0, nfc(name))


def is_ignored(name: str) -> bool:
    """Whether a file or folder is none of the course's: hidden, private (`_`), left by an office program or
    an operating system, or a README.
    """
    return name.startswith((".", "_", "~$")) or name.lower() in _IGNORED


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string when none is near."""
    # Imported here: only mistakes need it.
    from difflib import get_close_matches  # noqa: PLC0415

    by_fold = {fold(candidate): candidate for candidate in known}
    close = get_close_matches(fold(word)[:80], list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""


def nearest_term(word: str, terms: Iterable[Term]) -> str:
    """The slug of the term that was most likely meant, by its slug or by its name in either language."""
    slugs = {written: term.slug for term in terms for written in (term.slug, term.name.zh, term.name.en)}
    return slugs.get(nearest(word, slugs), "")
