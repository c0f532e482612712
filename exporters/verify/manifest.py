"""`imsmanifest.xml` as SCORM's content aggregation model names its parts. Reads; judges nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exporters.verify.verdicts import MANIFEST
from schemas.package import Format

if TYPE_CHECKING:
    from lxml.etree import _Element

IMSCP_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
IMSCP_2004 = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP_12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
ADLCP_2004 = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
IMSMD_12 = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

VERSIONS = {
    "1.2": Format.SCORM12,
    "2004 3rd Edition": Format.SCORM2004_3,
    "2004 4th Edition": Format.SCORM2004_4,
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item or, at the top of a tree, its organization. `ref` is its identifierref."""

    element: "_Element"
    identifier: str
    ref: str
    children: tuple["Item", ...]

    @property
    def where(self) -> str:
        """Its place in the manifest."""
        return place(self.element)

    def walk(self) -> Iterator["Item"]:
        """It and everything below, in document order (the depth is bounded by exporters.verify.xml)."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource. `base` is the xml:base of manifest, resources and resource joined; `files` are `file` elements."""

    element: "_Element"
    identifier: str
    href: str
    base: str
    scorm_type: str
    files: tuple["_Element", ...]
    dependencies: tuple["_Element", ...]

    @property
    def where(self) -> str:
        """Its place in the manifest."""
        return place(self.element)


@dataclass(frozen=True, slots=True, eq=False)
class Manifest:
    """A manifest, and the edition by whose rules to judge it. `stated` is its schemaversion as written."""

    root: "_Element"
    kind: Format
    schema: str
    stated: str
    organizations: tuple[Item, ...]
    resources: tuple[Resource, ...]

    @property
    def cp(self) -> str:
        """The content packaging namespace in braces, as lxml writes it."""
        return "{" + (IMSCP_12 if self.kind is Format.SCORM12 else IMSCP_2004) + "}"

    @property
    def adlcp(self) -> str:
        """ADL's content packaging extensions, in braces."""
        return "{" + (ADLCP_12 if self.kind is Format.SCORM12 else ADLCP_2004) + "}"

    @property
    def items(self) -> Iterator[Item]:
        """Every item of every organization, organizations left out."""
        for organization in self.organizations:
            for child in organization.children:
                yield from child.walk()

    @property
    def activities(self) -> Iterator[Item]:
        """Organizations and items alike."""
        for organization in self.organizations:
            yield from organization.walk()

    def resource(self, identifier: str) -> Resource | None:
        """The resource with that identifier."""
        return next((r for r in self.resources if r.identifier == identifier), None)

    @property
    def launched(self) -> tuple[Resource, ...]:
        """The resources that items launch, in the manifest's order."""
        refs = {item.ref for item in self.items if item.ref}
        return tuple(resource for resource in self.resources if resource.identifier in refs)


def place(element: "_Element") -> str:
    """Entry and line of an element."""
    return f"{MANIFEST}:{element.sourceline}"


def text_of(element: "_Element | None") -> str:
    """An element's own text, trimmed; empty when there is no element."""
    return (element.text or "").strip() if element is not None else ""


def read_manifest(root: "_Element") -> Manifest:
    """The manifest under a root element that is `manifest` in one of the two IMS namespaces."""
    namespace = root.tag[1:].partition("}")[0]
    cp = "{" + namespace + "}"
    stated = text_of(root.find(f"{cp}metadata/{cp}schemaversion"))
    kind = judged_as(namespace, stated)
    adlcp = ADLCP_12 if kind is Format.SCORM12 else ADLCP_2004
    return Manifest(
        root=root,
        kind=kind,
        schema=text_of(root.find(f"{cp}metadata/{cp}schema")),
        stated=stated,
        organizations=tuple(_item(e, cp) for e in root.iterfind(f"{cp}organizations/{cp}organization")),
        resources=tuple(_resources(root, cp, adlcp)),
    )


def judged_as(namespace: str, stated: str) -> Format:
    """The edition whose rules apply: what the namespace says, and within 2004 what the version says."""
    if namespace == IMSCP_12:
        return Format.SCORM12
    return Format.SCORM2004_4 if VERSIONS.get(stated) is Format.SCORM2004_4 else Format.SCORM2004_3


def _item(element: "_Element", cp: str) -> Item:
    children = tuple(_item(child, cp) for child in element.iterchildren(f"{cp}item"))
    return Item(element, element.get("identifier", ""), element.get("identifierref", ""), children)


def _resources(root: "_Element", cp: str, adlcp: str) -> Iterator[Resource]:
    attribute = f"{{{adlcp}}}{'scormtype' if adlcp == ADLCP_12 else 'scormType'}"
    base = f"{{{XML}}}base"
    for group in root.iterchildren(f"{cp}resources"):
        for element in group.iterchildren(f"{cp}resource"):
            yield Resource(
                element=element,
                identifier=element.get("identifier", ""),
                href=element.get("href", ""),
                base="".join(part.get(base, "") for part in (root, group, element)),
                scorm_type=element.get(attribute, ""),
                files=tuple(element.iterchildren(f"{cp}file")),
                dependencies=tuple(element.iterchildren(f"{cp}dependency")),
            )
