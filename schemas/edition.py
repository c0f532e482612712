"""A programme edition 年度: which themes and audience tiers exist. Data, never constants in code: the notice
changes every year."""

from functools import cache
from importlib import resources

import msgspec

from schemas.text import Text


class Term(msgspec.Struct, frozen=True):
    """One entry of an edition's vocabulary."""

    slug: str
    name: Text


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One edition, as its notice defines it."""

    code: str
    name: Text
    notice: str
    themes: tuple[Term, ...]
    tiers: tuple[Term, ...]


@cache
def editions() -> dict[str, Edition]:
    """The editions that are known, by code, oldest first."""
    folder = resources.files("schemas") / "editions"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")), key=lambda e: e.name
    )
    found = [msgspec.json.decode(entry.read_bytes(), type=Edition) for entry in files]
    return {edition.code: edition for edition in found}
