"""A bounded look into pages, style sheets and scripts: what they load, where they lead, which calls they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from exporters.verify.archive import SafeArchive
from exporters.verify.references import Kind, resolve

if TYPE_CHECKING:
    from lxml import etree

MOST_BYTES = 64 << 20  # of a package's pages and scripts together
MOST_IN_FILE = 4 << 20

_PAGES = (".html", ".htm", ".xhtml")
_SCRIPTS = (".js", ".mjs")
_STYLES = (".css",)
_LOADS = {
    "script": "src",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "track": "src",
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "input": "src",
    "object": "data",
}
_LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_ADDRESS = re.compile(r"url\(\s{0,8}[\"']?([^\"'()\s]{1,2000})|@import\s{1,8}[\"']([^\"']{1,2000})[\"']")
_UNLOAD = re.compile(rb"\bonunload\b|[\"']unload[\"']")
_CALLS = re.compile(
    rb"LMSInitialize|LMSFinish|API_1484_11|lesson_status|completion_status|success_status|progress_measure"
    rb"|auth-token|X-Experience-API-Version"
)


@dataclass
class Scan:
    """What was found. `missing`, `dead` and `remote` pair a place with an address: resources that aren't in the
    package, links that lead to no file, loads from another host. `unload` are the places that use that event;
    `calls` the names of the run-time API that occur; `whole` is False when bounds stopped the scan."""

    missing: list[tuple[str, str]] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)
    remote: list[tuple[str, str]] = field(default_factory=list)
    unload: list[str] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)
    whole: bool = True


def scan(archive: SafeArchive) -> Scan:
    """Look into every page, style sheet and script of an archive."""
    found = Scan()
    left = MOST_BYTES
    for name, entry in archive.files.items():
        lower = name.lower()
        if not lower.endswith(_PAGES + _SCRIPTS + _STYLES):
            continue
        take = min(left, MOST_IN_FILE)
        found.whole &= entry.size <= take
        content = archive.read(name, take) if take else b""
        left -= len(content)
        if lower.endswith(_STYLES):
            _judge(_style_addresses(content.decode("utf-8", "replace")), name, archive, found)
            continue
        found.calls |= {match.decode() for match in _CALLS.findall(content)}
        unload = _UNLOAD.search(content)
        if unload:
            line = content.count(b"\n", 0, unload.start()) + 1
            found.unload.append(f"{name}:{line}")
        if lower.endswith(_PAGES) and content.strip():
            _judge(_page_addresses(content), name, archive, found)
    return found


def _judge(addresses: Iterator[tuple[str, int, bool]], name: str, archive: SafeArchive, found: Scan) -> None:
    """Sort the addresses of one file: `(address, line, whether it is loaded)`."""
    folder = name.rpartition("/")[0]
    seen = set()
    for address, line, loaded in addresses:
        if (address, loaded) in seen:
            continue
        seen.add((address, loaded))
        place = f"{name}:{line}"
        target = resolve(address, folder)
        if target.kind is Kind.REMOTE and loaded:
            found.remote.append((place, address))
        inside = target.path in archive.files or f"{target.path}/index.html" in archive.files
        if target.kind is Kind.BAD or (target.kind is Kind.INSIDE and not inside):
            (found.missing if loaded else found.dead).append((place, address))


def _page_addresses(content: bytes) -> Iterator[tuple[str, int, bool]]:
    """Addresses in a page, in order."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.HTMLParser(
        recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return
    if root is None or root.find(".//base[@href]") is not None:
        return  # a <base> moves every address; rare, and not worth guessing at
    for element in root.iter("*"):
        line: Any = element.sourceline
        for address, loaded in _addresses_of(element):
            yield address, line or 1, loaded


def _addresses_of(element: "etree._Element") -> Iterator[tuple[str, bool]]:
    tag = element.tag
    if tag in _LOADS:
        yield element.get(_LOADS[tag], ""), True
    if tag == "video" and element.get("poster"):
        yield element.get("poster", ""), True
    if tag == "link":
        yield element.get("href", ""), bool(_LOADED_LINKS & set(element.get("rel", "").lower().split()))
    if tag in ("a", "area"):
        yield element.get("href", ""), False
    if element.get("srcset"):
        for candidate in element.get("srcset", "").split(","):
            yield candidate.strip().partition(" ")[0], True
    if tag == "style":
        for address, _, _ in _style_addresses(element.text or ""):
            yield address, True


def _style_addresses(text: str) -> Iterator[tuple[str, int, bool]]:
    """Addresses in a style sheet. A relative one belongs to the sheet's own folder."""
    for match in _CSS_ADDRESS.finditer(_CSS_COMMENT.sub("", text)):
        yield match[1] or match[2], 1, True
