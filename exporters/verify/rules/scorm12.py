"""Rules of SCORM 1.2's item extensions."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporters.verify.manifest import Item, Manifest, place, text_of
from exporters.verify.package import Package
from exporters.verify.verdicts import Trouble, trouble
from schemas.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_TIME = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(?:\.\d{1,2})?")
# AICC script (CMI001 §4.3): identifiers, & and | or ~ not, ( ), = and <> with a status, n*{a,b} sets.
_TOKEN = re.compile(r"\s*(?:(<>|[&|~()={},*])|\"([^\"]*)\"|([^\s&|~()={},*<>\"]+))")
_STATUSES = {
    "passed",
    "completed",
    "browsed",
    "failed",
    "not attempted",
    "incomplete",
    "p",
    "c",
    "b",
    "f",
    "n",
    "i",
}
_SYNTAX = Text("无法解析", "can't be parsed")
_EMPTY = Text("为空", "is empty")
_ITSELF = Text("引用了条目自身", "refers to the item itself")
_UNKNOWN = Text("引用了不存在的条目“{name}”", "refers to '{name}', which is no item")


def prerequisites(package: Package) -> Iterator[Trouble]:
    """Parsed, and naming items that exist."""
    manifest = package.manifest
    known = {item.identifier for item in manifest.items}
    for item in manifest.items:
        for element in item.element.iterchildren(f"{manifest.adlcp}prerequisites"):
            script = text_of(element)
            for why in _judge_script(script, item.identifier, known):
                yield trouble(place(element), script=script, why=why)


def mastery_score(package: Package) -> Iterator[Trouble]:
    """0–100."""
    for _, element in _extensions(package.manifest, "masteryscore"):
        found = text_of(element)
        if not re.fullmatch(r"\d{1,3}(?:\.\d+)?", found) or float(found) > 100:
            yield trouble(place(element), found=found)


def mastery_place(package: Package) -> Iterator[Trouble]:
    """On items that launch a SCO: they become `cmi.student_data` and `cmi.launch_data` of it."""
    manifest = package.manifest
    scos = {resource.identifier for resource in manifest.resources if resource.scorm_type == "sco"}
    for name in ("masteryscore", "maxtimeallowed", "timelimitaction", "datafromlms"):
        for item, element in _extensions(manifest, name):
            if item.ref not in scos:
                yield trouble(place(element), element=f"adlcp:{name}", identifier=item.identifier)


def time_limit(package: Package) -> Iterator[Trouble]:
    """CMITimespan."""
    for _, element in _extensions(package.manifest, "maxtimeallowed"):
        if not _TIME.fullmatch(text_of(element)):
            yield trouble(place(element), found=text_of(element))


def _extensions(manifest: Manifest, name: str) -> Iterator[tuple[Item, "_Element"]]:
    for item in manifest.items:
        for element in item.element.iterchildren(f"{manifest.adlcp}{name}"):
            yield item, element


def _judge_script(script: str, own: str, known: set[str]) -> Iterator[Text]:
    tokens = _tokens(script)
    if tokens is None:
        yield _SYNTAX
        return
    if not tokens:
        yield _EMPTY
        return
    names = _Parser(tokens).names()
    if names is None:
        yield _SYNTAX
        return
    for name in names:
        if name == own:
            yield _ITSELF
        elif name not in known:
            yield _UNKNOWN.format(name=name)


def _tokens(script: str) -> list[tuple[str, str]] | None:
    """`(kind, text)` with kind `mark`, `text` or `name`; None where nothing fits."""
    tokens = []
    at = 0
    script = script.strip()
    while at < len(script):
        match = _TOKEN.match(script, at)
        if match is None:
            return None
        kind = "mark" if match[1] else "name" if match[3] else "text"
        tokens.append((kind, match[1] or match[3] or match[2] or ""))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over at most a few hundred tokens (the schema allows 200 characters)."""

    _MOST = 400

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._names: list[str] = []

    def names(self) -> list[str] | None:
        """The identifiers in the script, or None when it can't be parsed."""
        whole = len(self._tokens) <= self._MOST and self._either() and self._at == len(self._tokens)
        return self._names if whole else None

    def _take(self, *marks: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] in {("mark", mark) for mark in marks}:
            self._at += 1
            return True
        return False

    def _either(self) -> bool:
        if not self._term():
            return False
        while self._take("&", "|"):
            if not self._term():
                return False
        return True

    def _term(self) -> bool:
        while self._take("~"):
            pass
        if self._take("("):
            return self._either() and self._take(")")
        if self._take("{"):
            return self._set()
        if self._at >= len(self._tokens) or self._tokens[self._at][0] != "name":
            return False
        name = self._tokens[self._at][1]
        self._at += 1
        if name.isdigit() and self._take("*"):
            return self._take("{") and self._set()
        self._names.append(name)
        return self._status() if self._take("=", "<>") else True

    def _set(self) -> bool:
        if not self._either():
            return False
        while self._take(","):
            if not self._either():
                return False
        return self._take("}")

    def _status(self) -> bool:
        if self._at >= len(self._tokens) or self._tokens[self._at][0] == "mark":
            return False
        self._at += 1
        return self._tokens[self._at - 1][1].lower() in _STATUSES
