"""Rules about the manifest's markup: version, namespaces, control documents, validity."""

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from exporters.verify import control
from exporters.verify.manifest import (
    ADLCP_12,
    ADLCP_2004,
    ADLNAV,
    ADLSEQ,
    IMSCP_12,
    IMSCP_2004,
    IMSSS,
    VERSIONS,
    XML,
    XSI,
    place,
)
from exporters.verify.package import Package
from exporters.verify.verdicts import MANIFEST, Trouble, trouble
from exporters.verify.xml import parse
from schemas.package import Format
from schemas.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_MISSING = Text("（缺失）", "(missing)")
_PREFIXES = {
    IMSCP_12: "",
    IMSCP_2004: "",
    ADLCP_12: "adlcp",
    ADLCP_2004: "adlcp",
    ADLSEQ: "adlseq",
    ADLNAV: "adlnav",
    IMSSS: "imsss",
}
_NONE = Text("（无）", "(none)")
_INCLUDED = re.compile(rb"<\w+:(?:include|import)\b[^>]*?\bschemaLocation\s*=\s*[\"']([^\"']+)[\"']")
# Values that a requirement of their own judges, with a better message than a schema's.
_JUDGED_ELSEWHERE = re.compile(
    r"attribute '(?:identifier|default)'|^Element '(?:minNormalizedMeasure|completionThreshold)'"
    r"|measureThreshold|minProgressMeasure|progressWeight|No matching global declaration available for the"
)


def schema_name(package: Package) -> Iterator[Trouble]:
    """`schema` is `ADL SCORM`."""
    if package.manifest.schema != "ADL SCORM":
        yield trouble(MANIFEST, found=package.manifest.schema or _MISSING)


def schema_version(package: Package) -> Iterator[Trouble]:
    """`schemaversion` is one of three spellings and fits the namespace."""
    manifest = package.manifest
    if VERSIONS.get(manifest.stated) is not manifest.kind:
        judged = next(name for name, kind in VERSIONS.items() if kind is manifest.kind)
        yield trouble(MANIFEST, found=manifest.stated or _MISSING, judged=f"SCORM {judged}")


def namespace_prefixes(package: Package) -> Iterator[Trouble]:
    """Prefixes are the customary ones: some readers match them letter by letter."""
    seen = set()
    for element in package.manifest.root.iter("*"):
        namespace = _namespace(element.tag)
        wanted = _PREFIXES.get(namespace)
        found = element.prefix or ""
        if wanted is not None and found != wanted and (namespace, found) not in seen:
            seen.add((namespace, found))
            yield trouble(place(element), namespace=namespace, found=found or _NONE, wanted=wanted or _NONE)


def control_documents(package: Package) -> Iterator[Trouble]:
    """What `xsi:schemaLocation` names is there."""
    for element, _, document in _locations(package):
        if posixpath.normpath(document) not in package.names:
            yield trouble(place(element), document=document)


def control_includes(package: Package) -> Iterator[Trouble]:
    """So is what those documents include, by the standard's own copies of them."""
    for name, content in control.documents(package.kind).items():
        if name not in package.names:
            continue
        for match in _INCLUDED.finditer(content):
            missing = match[1].decode()
            if missing not in package.names:
                yield trouble(name, document=name, missing=missing)


def control_namespaces(package: Package) -> Iterator[Trouble]:
    """Every namespace used is mapped. IMS CP 1.1.4 (SCORM 2004 4th edition) is lax about other vendors' ones."""
    mapped = {namespace for _, namespace, _ in _locations(package)} | {XML, XSI}
    known = control.DOCUMENTS[package.kind]
    for element in package.manifest.root.iter("*"):
        for name in (element.tag, *element.attrib):
            namespace = _namespace(str(name))
            lax = package.kind is Format.SCORM2004_4 and namespace not in known
            if namespace and namespace not in mapped and not lax:
                mapped.add(namespace)
                yield trouble(place(element), namespace=namespace)


def schema_valid(package: Package) -> Iterator[Trouble]:
    """Valid against the shipped control documents, once what they can't judge is cut out."""
    root = parse(package.manifest_bytes, MANIFEST)
    _cut_unknown(root, set(control.DOCUMENTS[package.kind]) | {XSI})
    schema = control.schema(package.kind)
    if schema.validate(root):
        return
    errors: Any = schema.error_log
    for error in errors:
        message = re.sub(r"\{[^{}]*\}", "", error.message)
        if not _JUDGED_ELSEWHERE.search(message):
            yield trouble(f"{MANIFEST}:{error.line}", detail=message)


def schema_unchecked(package: Package) -> Iterator[Trouble]:
    """Say what was cut out: LOM, whose schema can't be shipped, and other vendors' extensions."""
    root = package.manifest.root
    known = set(control.DOCUMENTS[package.kind]) | {XSI, ""}
    seen = set()
    for element in root.iter("*"):
        for name in (element.tag, *element.attrib):
            namespace = _namespace(str(name))
            if namespace not in known and namespace not in seen:
                seen.add(namespace)
                yield trouble(place(element), namespace=namespace)


def _cut_unknown(root: "_Element", known: set[str]) -> None:
    """Remove elements and attributes of namespaces without a shipped schema."""
    doomed = [element for element in root.iter("*") if _namespace(element.tag) not in known]
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter("*"):
        for name in list(element.attrib):
            if _namespace(str(name)) not in known | {""}:
                del element.attrib[name]


def _locations(package: Package) -> Iterator[tuple["_Element", str, str]]:
    """Every pair of namespace and document in every `xsi:schemaLocation`."""
    for element in package.manifest.root.iter("*"):
        words = element.get(f"{{{XSI}}}schemaLocation", "").split()
        for namespace, document in zip(words[::2], words[1::2], strict=False):
            yield element, namespace, document


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""
