"""Which characters belong to Chinese text, for emphasis and line breaks."""

import re
import unicodedata

# Han, kana, bopomofo, CJK punctuation and full-width forms. Hangul is left out: Korean separates words by spaces.
_CJK = re.compile(
    "[\u2e80-\u2fff\u3000-\u303f\u3040-\u30ff\u3100-\u312f\u3190-\u31ff\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff]"
)
# Punctuation that Chinese shares with Western languages: its neighbours decide.
_SHARED = frozenset("“”‘’…—·")


def is_cjk(character: str) -> bool:
    """Whether the character is Chinese or Japanese writing, its own punctuation included."""
    return character >= "\u2e80" and _CJK.match(character) is not None


def is_punctuation(character: str) -> bool:
    """CommonMark 0.31's Unicode punctuation: categories P and S."""
    return unicodedata.category(character)[0] in "PS"


def breaks_without_space(before: str, after: str) -> bool:
    """Whether a line break between the two characters stands for no space."""
    if is_cjk(before):
        return is_cjk(after) or after in _SHARED
    return is_cjk(after) and before in _SHARED
