"""Content models: which elements and attributes may stand where, as a table that rules compare a document with.

Written in the notation of document type definitions, because neither cmi5's nor Tin Can's schema file comes in a
package that could be shipped. Judges form alone; what values mean is for the rules.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from schemas.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

OTHERS = "…"  # in a content model: elements of another namespace
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ANY_ORDER = " & "

_CHILDREN = Text("其中应依次为“{wanted}”，实为“{found}”", "holds '{found}' where '{wanted}' belongs")
_NOTHING = Text("（空）", "(nothing)")
_TEXT = Text("不应直接含有文字", "has text of its own")
_LACKS = Text("缺少属性 {name}", "lacks the attribute {name}")
_UNKNOWN = Text("不能有属性 {name}", "can't have the attribute {name}")
_VALUE = Text("属性 {name} 的值不能是“{value}”", "can't have the value '{value}' for {name}")
_EMPTY = Text("不能为空", "can't be empty")


class Kind(NamedTuple):
    """One kind of element. `content` lists children in order with `?`, `+`, `*` and `|`; None: text alone. `kinds`
    says which kind each child is (a child not named there may hold anything). `attributes` maps names to a pattern of
    values; those of other namespaces are free where `open` says so."""

    content: str | None
    kinds: Mapping[str, str] = {}
    required: tuple[str, ...] = ()
    attributes: Mapping[str, str] = {}
    open: bool = True
    filled: bool = False


class Fault(NamedTuple):
    """An element that isn't as the table says."""

    element: "_Element"
    detail: Text


def faults(root: "_Element", kind: str, kinds: Mapping[str, Kind], namespace: str) -> Iterator[Fault]:
    """Everything in a document that the table doesn't allow (the depth is bounded by exporters.verify.xml)."""
    found = kinds[kind]
    for detail in (*_attributes(root, found), *_content(root, found, namespace)):
        yield Fault(root, detail)
    prefix = f"{{{namespace}}}"
    for child in root:
        inner = found.kinds.get(child.tag.removeprefix(prefix)) if child.tag.startswith(prefix) else None
        if inner:
            yield from faults(child, inner, kinds, namespace)


def _attributes(element: "_Element", kind: Kind) -> Iterator[Text]:
    for name in kind.required:
        if name not in element.attrib:
            yield _LACKS.format(name=name)
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        space, _, local = name.rpartition("}")
        if space:
            own = element.tag.rpartition("}")[0]
            if space.removeprefix("{") != _XSI and (not kind.open or space == own):
                yield _UNKNOWN.format(name=local)
        elif name not in kind.attributes:
            yield _UNKNOWN.format(name=name)
        elif not re.fullmatch(kind.attributes[name], value):
            yield _VALUE.format(name=name, value=value[:80])


def _content(element: "_Element", kind: Kind, namespace: str) -> Iterator[Text]:
    names = [_name(child.tag, namespace) for child in element]
    if kind.content is None:
        if names:
            yield _CHILDREN.format(found=" ".join(names), wanted=_NOTHING)
        elif kind.filled and not (element.text or "").strip():
            yield _EMPTY
        return
    if not _pattern(kind.content).fullmatch("".join(f"{name} " for name in names)):
        yield _CHILDREN.format(found=" ".join(names) or _NOTHING, wanted=kind.content)
    texts = [text or "" for text in (element.text, *(child.tail for child in element))]
    if any(text.strip() if kind.content else text for text in texts):  # no white space where there is nothing
        yield _TEXT


def _name(tag: str, namespace: str) -> str:
    """How a child is called in a content model: by its local name, `…` in another namespace."""
    space, _, local = tag.rpartition("}")
    if space == f"{{{namespace}":
        return local
    return OTHERS if space else f"?{local}"


@cache
def _pattern(content: str) -> re.Pattern[str]:
    """A regular expression over names, each followed by a space."""
    if _ANY_ORDER in content:
        first, second = content.split(_ANY_ORDER)
        return re.compile(f"{first} {second} |{second} {first} ")
    parts = []
    for part in content.split(", ") if content else ():
        name, quantity = (part[:-1], part[-1]) if part[-1] in "?+*" else (part, "")
        parts.append(f"(?:(?:{re.escape(name).replace(re.escape('|'), '|')}) ){quantity}")
    return re.compile("".join(parts))
