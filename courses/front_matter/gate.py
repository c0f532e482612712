"""The safety gate before YAML is decoded (standards/hostile-input.md, "YAML front matter").

libyaml's composer kills the process on deep nesting and expands merge keys and aliases without bound, so the
events are walked first and everything that front matter never needs is refused.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from courses.manuscript import KeyPath
from schemas.text import Text

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_EVENTS = 5_000

ANCHOR = Text("锚点（&）", "an anchor (&)")
ALIAS = Text("别名（*）", "an alias (*)")
TAG = Text("类型标记（!）", "a tag (!)")
MERGE = Text("合并键（<<）", "a merge key (<<)")
COMPLEX_KEY = Text("列表或映射作键名", "a list or a mapping as a key")
DEPTH = Text(f"超过 {MAX_DEPTH} 层的嵌套", f"nesting deeper than {MAX_DEPTH} levels")
EVENTS = Text(f"超过 {MAX_EVENTS} 个元素", f"more than {MAX_EVENTS} elements")
DOCUMENTS = Text("不止一个 YAML 文档", "more than one YAML document")


class Span(msgspec.Struct, frozen=True):
    """Characters `start` to `end` of the YAML text."""

    start: int
    end: int


class Survey(msgspec.Struct):
    """Where everything stands, by path; the keys that are written twice, with both places."""

    keys: dict[KeyPath, Span] = {}
    values: dict[KeyPath, Span] = {}
    scalars: dict[KeyPath, str] = {}
    duplicates: list[tuple[str, Span, Span]] = []

    @property
    def names(self) -> list[str]:
        """The top-level keys as written, also those that YAML takes for numbers, dates or truth values."""
        return [str(path[0]) for path in self.keys if len(path) == 1]


class RefusedError(Exception):
    """The text uses something that front matter has no need for."""

    def __init__(self, what: Text, offset: int) -> None:
        super().__init__(what.en)
        self.what = what
        self.offset = offset


class _Level(msgspec.Struct):
    """A collection being walked. `key` is the pending key of a mapping, None before a key; `again` where it was there
    before; `within` such a key the same names are no mistakes of their own."""

    path: KeyPath
    start: int
    mapping: bool
    key: str | None = None
    position: int = 0
    again: bool = False
    within: bool = False

    def next_path(self) -> KeyPath:
        return (*self.path, self.key if self.mapping and self.key is not None else self.position)


def survey(text: str) -> Survey:
    """Walk the events of `text`. Raises RefusedError, and yaml.YAMLError where it is no YAML at all."""
    found = Survey()
    levels: list[_Level] = []
    documents = 0
    for event in _events(text):
        start = _offset(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise RefusedError(DOCUMENTS, start)
        elif isinstance(event, yaml.ScalarEvent):
            _scalar(found, levels, event.value, Span(start, _offset(event.end_mark)))
        elif isinstance(event, yaml.CollectionStartEvent):
            _open(levels, start, mapping=isinstance(event, yaml.MappingStartEvent))
        elif isinstance(event, yaml.CollectionEndEvent):
            level = levels.pop()
            found.values[level.path] = Span(level.start, _offset(event.end_mark))
            if levels:
                _advance(levels[-1])
    return found


def _events(text: str) -> Iterator[Any]:
    """The events, each free of anchors, aliases and tags, and not too many."""
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        offset = _offset(event.start_mark)
        if count > MAX_EVENTS:
            raise RefusedError(EVENTS, offset)
        if isinstance(event, yaml.AliasEvent):
            raise RefusedError(ALIAS, offset)
        if getattr(event, "anchor", None) is not None:
            raise RefusedError(ANCHOR, offset)
        if getattr(event, "tag", None) is not None:
            raise RefusedError(TAG, offset)
        yield event


def _offset(mark: Any) -> int:
    """A mark's position in characters. (Its line isn't ours: YAML 1.1 also breaks lines at U+0085 and U+2028.)"""
    return int(mark.index)


def _scalar(found: Survey, levels: list[_Level], value: str, span: Span) -> None:
    level = levels[-1] if levels else None
    if level is not None and level.mapping and level.key is None:
        path = (*level.path, value)
        if value == "<<":
            raise RefusedError(MERGE, span.start)
        level.again = path in found.keys
        if level.again and not level.within:
            found.duplicates.append((value, span, found.keys[path]))
        found.keys[path] = span
        level.key = value
        return
    path = level.next_path() if level else ()
    found.values[path] = span
    found.scalars[path] = value
    if level:
        _advance(level)


def _open(levels: list[_Level], start: int, *, mapping: bool) -> None:
    if len(levels) >= MAX_DEPTH:
        raise RefusedError(DEPTH, start)
    if levels and levels[-1].mapping and levels[-1].key is None:
        raise RefusedError(COMPLEX_KEY, start)
    if not levels:
        levels.append(_Level((), start, mapping))
        return
    above = levels[-1]
    levels.append(_Level(above.next_path(), start, mapping, within=above.again or above.within))


def _advance(level: _Level) -> None:
    """The value that was being waited for has been read."""
    level.key = None
    level.position += 1
