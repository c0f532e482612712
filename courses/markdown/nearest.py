"""The known word that an unknown one was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], default: str) -> str:
    """The closest of `known` to `word`, or `default` where none is close."""
    matches = get_close_matches(word[:40].lower(), known, n=1, cutoff=0.5)
    return matches[0] if matches else default
