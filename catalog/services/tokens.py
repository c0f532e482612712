"""Words as the search index has them: Chinese as overlapping pairs of characters, everything else as words.

数字化转型 becomes 数字 字化 化转 转型 型. A query of two characters or more is a phrase of pairs, one character a prefix, a
Latin word the beginning of a word. Over the same text that equals a search for the characters themselves, on every
database, where word lists miss words and trigrams find nothing under three characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

MAX_TERMS = 16
MAX_QUERY = 200  # characters
_MAX_WORD = 64  # characters of a Latin word that are compared

# Scripts written without blanks: kana, Han (with 〇 and 々), Hangul, full-width forms are folded before.
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
# What isn't folded by lower() alone, with the character before it, which it may combine with.
_ODD = re.compile(r"[\x00-\x7f\u4e00-\u9fff]?[^\x00-\x7f\u4e00-\u9fff]+")
_IS_CJK = re.compile(f"[{_CJK}]")


class Term(NamedTuple):
    """One thing that a query asks for: `tokens` side by side, the last one as a prefix where `prefix` is set.
    `folded` is what it stands for in folded text."""

    tokens: tuple[str, ...]
    prefix: bool
    folded: str


class _SingleFolds(dict[int, str]):
    """What a character by itself becomes, where that is one character; else nothing, which shortens the text."""

    def __missing__(self, code: int) -> str:
        folded = "" if _combines(chr(code)) else _fold_cluster(chr(code))
        self[code] = folded if len(folded) == 1 else ""
        return self[code]


_SINGLE_FOLDS = _SingleFolds()


class Folded(NamedTuple):
    """Text as it is compared, and for each of its characters the place that it came from."""

    text: str
    origins: Sequence[int]


def fold(text: str) -> str:
    """Text as it is compared: compatibility forms and letter case don't count."""
    return fold_with_origins(unicodedata.normalize("NFC", text)).text


def fold_with_origins(text: str) -> Folded:
    """As `fold`, for text that is to be shown with marks; `text` must be NFC."""
    singly = text.translate(_SINGLE_FOLDS)
    if len(singly) == len(text):  # nearly always
        return Folded(singly, range(len(text)))
    folded: list[str] = []
    origins: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        folded.append(text[done : odd.start()].lower())
        origins += range(done, odd.start())
        for start, cluster in _clusters(odd[0]):
            parts = _fold_cluster(cluster)
            folded.append(parts)
            origins += [odd.start() + start] * len(parts)
        done = odd.end()
    folded.append(text[done:].lower())
    origins += range(done, len(text))
    return Folded("".join(folded), tuple(origins))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Characters with the combining marks that follow them (half-width ｶﾞ is one: it folds to ガ), and their places."""
    start = 0
    for place in range(1, len(text)):
        if not _combines(text[place]):
            yield start, text[start:place]
            start = place
    if text:
        yield start, text[start:]


def _combines(character: str) -> bool:
    if character < "\u0300" or "\u4e00" <= character <= "\u9fff":
        return False
    return unicodedata.combining(unicodedata.normalize("NFKC", character)[0]) != 0


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    if len(cluster) == 1 and ("a" <= cluster <= "z" or "\u4e00" <= cluster <= "\u9fff"):
        return cluster
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())


def runs(folded: str) -> Iterator[re.Match[str]]:
    """Every run of Chinese, and every word, of folded text."""
    return _RUN.finditer(folded)


def index_tokens(text: str) -> list[str]:
    """The tokens under which a text is found, in its order."""
    tokens: list[str] = []
    for run in runs(fold(text)):
        found = run[0]
        if _IS_CJK.match(found):
            tokens.extend(found[place : place + 2] for place in range(len(found)))
        else:
            tokens.append(found[:_MAX_WORD])
    return tokens


@lru_cache(maxsize=256)
def query_terms(query: str) -> tuple[Term, ...]:
    """What a query asks for: every term must be found. Empty when there is nothing in it to search for."""
    terms: dict[str, Term] = {}
    for run in runs(fold(query[:MAX_QUERY])):
        found = run[0]
        if not _IS_CJK.match(found):
            term = Term((found[:_MAX_WORD],), prefix=True, folded=found[:_MAX_WORD])
        elif len(found) == 1:
            term = Term((found,), prefix=True, folded=found)
        else:
            pairs = tuple(found[place : place + 2] for place in range(len(found) - 1))
            term = Term(pairs, prefix=False, folded=found)
        terms.setdefault(term.folded, term)
    return tuple(terms.values())[:MAX_TERMS]


def is_cjk(character: str) -> bool:
    """Whether a character is of a script written without blanks."""
    return _IS_CJK.match(character) is not None


def matches(folded: str, term: Term) -> Iterator[tuple[int, int]]:
    """Where a term stands in folded text: start and end. A word counts at its beginning only."""
    place = folded.find(term.folded)
    while place >= 0:
        if is_cjk(term.folded[0]) or _starts_word(folded, place):
            yield place, place + len(term.folded)
        place = folded.find(term.folded, place + 1)


def _starts_word(folded: str, place: int) -> bool:
    before = folded[place - 1] if place else " "
    return is_cjk(before) or not (before.isalnum() and re.match(r"[^\W_]", before))
