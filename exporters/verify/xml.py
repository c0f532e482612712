"""Strangers' XML, parsed so that it can't reach out, blow up or lie about its encoding."""

import re
from typing import TYPE_CHECKING

from exporters.verify.verdicts import PackageError
from schemas.text import Text

if TYPE_CHECKING:
    from lxml import etree

MOST_BYTES = 4 << 20
MOST_LEVELS = 100

# What may stand before a doctype. Possessive throughout, so that nothing is ever tried twice.
_PROLOGUE = re.compile(
    rb"(?:\xef\xbb\xbf)?+(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->))*+(?P<doctype><!DOCTYPE)?", re.DOTALL
)
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_PLAIN_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1"}
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"<\0", "UTF-16"), (b"\0<", "UTF-16"))


def parse(content: bytes, name: str) -> "etree._Element":
    """The root element of an XML file. Raises PackageError (`manifest-safe`, `manifest-encoding`,
    `manifest-well-formed`); call with at most MOST_BYTES + 1 bytes."""
    from lxml import etree  # noqa: PLC0415 (60 ms that a web package needn't pay)

    if len(content) > MOST_BYTES:
        raise PackageError("manifest-safe", name, detail=Text("超过 4 MiB", "over 4 MiB"))
    _judge_encoding(content, name)
    prologue = _PROLOGUE.match(content)
    if prologue and prologue["doctype"]:
        raise _doctype(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        if error.msg and "depth" in error.msg:
            raise _too_deep(name) from error
        detail = error.msg or Text("空文件", "empty file")
        raise PackageError("manifest-well-formed", f"{name}:{line}", detail=detail) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(name)
    _judge_depth(root, name)
    return root


def _judge_encoding(content: bytes, name: str) -> None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            raise PackageError("manifest-encoding", name, encoding=encoding)
    declared = _ENCODING.match(content)
    if declared and declared[1].decode().lower() not in _PLAIN_ENCODINGS:
        raise PackageError("manifest-encoding", f"{name}:1", encoding=declared[1].decode())


def _judge_depth(root: "etree._Element", name: str) -> None:
    """Few enough levels for code that recurses."""
    from lxml import etree  # noqa: PLC0415

    level = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if level > MOST_LEVELS:
            raise _too_deep(f"{name}:{element.sourceline}")


def _doctype(name: str) -> PackageError:
    return PackageError("manifest-safe", name, detail=Text("含有 DOCTYPE", "it has a doctype"))


def _too_deep(where: str) -> PackageError:
    return PackageError("manifest-safe", where, detail=Text("嵌套超过 100 层", "more than 100 levels deep"))
