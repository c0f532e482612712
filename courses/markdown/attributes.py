"""Attributes in braces: `{#id .class key=value key="two words" flag}`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ITEM = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s{}"'=\#]+)
      | \.(?P<class>[^\s{}"'=\#.]+)
      | (?P<key>[A-Za-z][\w:-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}"'=]+))
      | (?P<flag>[A-Za-z][\w:-]*)
    )(?=[\s]|$)""",
    re.VERBOSE,
)
# What a Chinese input method types in their place.
_LOOK_ALIKES = str.maketrans("｛｝＃．＝“”‘’＂＇　", "{}#.=\"\"''\"' ")
_OPENING, _CLOSING = "{｛", "}｝"


class Attribute(NamedTuple):
    """One attribute and where it stands: `offset` and `length` in characters of the text it was read from."""

    name: str  # `id`, `class`, a key, or a flag's own name
    value: str  # empty for a flag
    offset: int
    length: int


class Braces(NamedTuple):
    """Braces found in a text: `source` as written, braces included, `repaired` as it should have been."""

    source: str
    repaired: str
    offset: int

    @property
    def look_alike(self) -> bool:
        """Whether an input method's look-alikes stand in it."""
        return self.source != self.repaired


def trailing_braces(text: str) -> Braces | None:
    """The braces at the end of `text`, if it ends in some."""
    trimmed = text.rstrip()
    if not trimmed or trimmed[-1] not in _CLOSING:
        return None
    offset = max(trimmed.rfind(character) for character in _OPENING)
    return _braces(trimmed[offset:], offset) if offset >= 0 else None


def leading_braces(text: str) -> Braces | None:
    """The braces that `text` starts with, if it does and they close on the same line."""
    if not text or text[0] not in _OPENING:
        return None
    ends = [end for character in _CLOSING if (end := text.find(character)) > 0]
    if not ends or "\n" in (source := text[: min(ends) + 1]):
        return None
    return _braces(source, 0)


def _braces(source: str, offset: int) -> Braces | None:
    inner = source[1:-1]
    return (
        None if any(c in inner for c in "{}｛｝") else Braces(source, source.translate(_LOOK_ALIKES), offset)
    )


def parse(braces: Braces) -> tuple[Attribute, ...] | None:
    """The attributes in `braces`, or None where it isn't a list of attributes."""
    inner = braces.repaired[1:-1]
    end = len(inner.rstrip())
    found: list[Attribute] = []
    position = 0
    while position < end:
        match = _ITEM.match(inner, position, end)
        if match is None:
            return None
        found.append(_attribute(match, braces.offset + 1))
        position = match.end()
    return tuple(found)


def _attribute(match: re.Match[str], shift: int) -> Attribute:
    start = match.end() - len(match[0].lstrip())
    length = match.end() - start
    for name in ("id", "class"):
        if match[name] is not None:
            return Attribute(name, match[name], shift + start, length)
    if match["flag"] is not None:
        return Attribute(match["flag"], "", shift + start, length)
    value = next(match[kind] for kind in ("double", "single", "bare") if match[kind] is not None)
    return Attribute(match["key"], value, shift + start, length)


def are_attributes(found: tuple[Attribute, ...] | None, source: str) -> bool:
    """Whether braces beside ordinary text are meant as attributes: `{#a}`, `{.b}`, `{c=d}`, but not `{name}`."""
    return bool(found) and any(sign in source for sign in "#.=＃．＝")


def values(found: tuple[Attribute, ...]) -> Iterator[tuple[str, str]]:
    """Names and values, the classes joined into one."""
    classes = " ".join(item.value for item in found if item.name == "class")
    if classes:
        yield "class", classes
    yield from ((item.name, item.value) for item in found if item.name != "class")
