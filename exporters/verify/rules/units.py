"""Rules about what cmi5 and Tin Can packages have in common: identifiers, words, addresses, calls."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from exporters.verify.manifest import XML
from exporters.verify.model import faults
from exporters.verify.package import Package
from exporters.verify.references import Kind, resolve
from exporters.verify.verdicts import Trouble, trouble
from schemas.package import Format
from schemas.text import Text

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*|[xi](?:-[A-Za-z0-9]{1,8})+")
_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)

_NO_LANGUAGE = Text("缺少 lang 属性", "lacks the attribute lang")
_XML_LANG = Text("写的是 xml:lang，应为 lang", "has xml:lang where lang belongs")
_NO_TAG = Text("lang 的值“{found}”不是语言标签", "has a lang '{found}' that is no language tag")
_TWICE = Text("语言 {found} 出现了两次", "says the same language {found} twice")

_FRAGMENT = Text("含有 #", "has a fragment")
_SPACE = Text("含有空白", "has white space")
_NON_ASCII = Text("含有 ASCII 以外的字符", "has characters outside ASCII")
_SCHEME = Text("既不是相对路径，也不是 http(s) 地址", "is neither relative nor http(s)")

_ABSENT = Text("课程包里没有 {path}", "{path} is not in the package")
_OTHER_NAME = Text(
    "课程包里没有 {path}，只有 {name}（须逐字相同）",
    "{path} is not in the package, {name} is (it has to be literal)",
)


def activity_ids(package: Package) -> Iterator[Trouble]:
    """Absolute IRIs: they name the same thing in every store."""
    for element in package.described.identified:
        identifier = element.get("id", "").strip()
        if not _IRI.fullmatch(identifier):
            yield trouble(package.described.place(element), identifier=identifier)


def activity_ids_unique(package: Package) -> Iterator[Trouble]:
    """Each once."""
    seen = set()
    for element in package.described.identified:
        identifier = element.get("id", "").strip()
        if identifier in seen:
            yield trouble(package.described.place(element), identifier=identifier)
        seen.add(identifier)


def languages(package: Package) -> Iterator[Trouble]:
    """Words say which language they are in, each language once. Tin Can allows words of unknown language."""
    for _, words in package.described.words():
        seen = set()
        for element in words:
            where = package.described.place(element)
            tag = element.get("lang")
            if f"{{{XML}}}lang" in element.attrib:
                yield trouble(where, why=_XML_LANG)
            elif not tag and package.kind is Format.XAPI:
                continue
            elif tag is None:
                yield trouble(where, why=_NO_LANGUAGE)
            elif not _LANGUAGE.fullmatch(tag):
                yield trouble(where, why=_NO_TAG.format(found=tag[:40]))
            elif tag.lower() in seen:
                yield trouble(where, why=_TWICE.format(found=tag))
            else:
                seen.add(tag.lower())


def activity_titles(package: Package) -> Iterator[Trouble]:
    """Something for a learner to read in the table of contents."""
    for holder, words in package.described.words():
        name = holder.tag.rpartition("}")[2]
        if name != "description" and not any((element.text or "").strip() for element in words):
            yield trouble(package.described.place(holder), element=name)


def launch_address(package: Package) -> Iterator[Trouble]:
    """RFC 1738, and nothing that a launch's query can't be added to."""
    for element, address in package.described.launches:
        why = _misspelt(address)
        if why != Text():
            yield trouble(package.described.place(element), address=address, why=why)


def _misspelt(address: str) -> Text:
    target = resolve(address)
    doubts = {
        _FRAGMENT: "#" in address,
        _SPACE: re.search(r"\s", address),
        _NON_ASCII: not address.isascii(),
        _SCHEME: target.kind in (Kind.OTHER, Kind.REMOTE) and not _WEB.match(address),
    }
    return next((why for why, holds in doubts.items() if holds), target.why)


def launch_files(package: Package) -> Iterator[Trouble]:
    """What is launched is in the package, under that very name."""
    for element, address in package.described.launches:
        if resolve(address).kind is not Kind.INSIDE or _misspelt(address) != Text():
            continue  # elsewhere, or told by the rule above
        path = address.partition("?")[0]
        if path not in package.names:
            other = unquote(path)
            name = other if other in package.names else package.by_lower_name.get(path.lower())
            why = _OTHER_NAME.format(path=path, name=name) if name else _ABSENT.format(path=path)
            yield trouble(package.described.place(element), why=why)


def launch_query(package: Package) -> Iterator[Trouble]:
    """Names that the launch adds aren't taken."""
    for element, address in package.described.launches:
        query = address.partition("?")[2].partition("#")[0]
        for name, _ in parse_qsl(query, keep_blank_values=True):
            if name in package.described.reserved:
                yield trouble(package.described.place(element), address=address, name=name)


def launch_remote(package: Package) -> Iterator[Trouble]:
    """Legal, and nothing that a package can promise."""
    for element, address in package.described.launches:
        if _WEB.match(address):
            yield trouble(package.described.place(element), address=address)


def xapi_calls(package: Package) -> Iterator[Trouble]:
    """A package with pages to launch speaks to a record store somewhere. A scan that bounds cut short proves nothing."""
    wanted = "auth-token" if package.kind is Format.CMI5 else "X-Experience-API-Version"
    inside = any(resolve(address).kind is Kind.INSIDE for _, address in package.described.launches)
    if inside and package.pages.whole and wanted not in package.pages.calls:
        yield trouble("", wanted=wanted)


def form_faults(package: Package) -> Iterator[Trouble]:
    """Elements and attributes as the format's schema has them."""
    described = package.described
    for fault in faults(described.root, described.top, described.kinds, described.namespace):
        element = fault.element.tag.rpartition("}")[2]
        yield trouble(described.place(fault.element), element=element, detail=fault.detail)
