"""Identifiers as the player reports them: the manifest has to name an objective the same way."""

import re

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,200}")
_SEEDS = (0x811C9DC5, 0x9747B28C)
_PRIME = 0x01000193


def identifier(name: str) -> str:
    """An identifier that both standards take (SCORM 1.2's CMIIdentifier), as exporters/player/src/runtime/identifier.ts
    makes it: change both together.
    """
    if _PLAIN.fullmatch(name):
        return name
    readable = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:48]
    return f"{readable or 'x'}-{''.join(f'{_hash(name, seed):08x}' for seed in _SEEDS)}"


def _hash(text: str, seed: int) -> int:
    """FNV-1a over UTF-16 code units."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    for unit in units:
        seed = (seed ^ unit) * _PRIME & 0xFFFFFFFF
    return seed
