"""Which characters belong to Chinese text, for emphasis and line breaks."""

import unicodedata
from bisect import bisect_right

# Han, kana, bopomofo, CJK punctuation and full-width forms: the first character of each range and the one after its
# last. Hangul is left out: Korean separates words by spaces.
_BOUNDS = (
    *(0x2E80, 0x3130),
    *(0x3190, 0xA000),
    *(0xF900, 0xFB00),
    *(0xFE10, 0xFE20),
    *(0xFE30, 0xFE50),
    *(0xFF01, 0xFFEF),
    *(0x20000, 0x40000),
)
# Punctuation that Chinese shares with Western languages: its neighbours decide.
_SHARED = frozenset("“”‘’…—·")


def is_cjk(character: str) -> bool:
    """Whether the character is Chinese or Japanese writing, its own punctuation included."""
    return character >= "\u2e80" and bisect_right(_BOUNDS, ord(character)) % 2 == 1


def is_punctuation(character: str) -> bool:
    """CommonMark 0.31's Unicode punctuation: categories P and S."""
    return unicodedata.category(character)[0] in "PS"


def breaks_without_space(before: str, after: str) -> bool:
    """Whether a line break between the two characters stands for no space."""
    if is_cjk(before):
        return is_cjk(after) or after in _SHARED
    return is_cjk(after) and before in _SHARED
