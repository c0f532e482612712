"""What a new version of a course means for learners' records, worked out once."""

from functools import lru_cache

from catalog.domain.difference import Answer, compare
from catalog.intake.reading import decode
from catalog.storage import Kind, Storage


@lru_cache(maxsize=1024)  # two readings never change, and comparing them takes a while
def answer(storage: Storage, old: str, new: str) -> Answer:
    """From one reading to another, by their SHA-256."""
    before, after = (decode(storage.read(Kind.READING, sha256)).course for sha256 in (old, new))
    return compare(before, after).answer if before is not None and after is not None else Answer.NEW_ACTIVITY
