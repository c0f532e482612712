"""`imsmanifest.xml`: what all editions of SCORM have in common. Each edition's module adds its own elements.

Tags and attributes carry their prefixes literally: Moodle matches raw names such as `ADLCP:SCORMTYPE`, and IMS CP must be
the default namespace, without a prefix. Escaping is the XML library's.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from exporters.outline import Item, Outline, Resource, course_identifier
from schemas.course import Course

TITLE_LIMIT = 200  # characters (CAM 3.4; SCORM 1.2's schema enforces it)
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

# XML 1.0 section 2.2, without the C1 controls that it discourages.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Dialect(ABC):
    """What an edition adds for one course. The methods get the element to add to, as its last children."""

    version: ClassVar[str]  # schemaversion
    namespaces: ClassVar[Mapping[str, str]]  # by prefix; "" is IMS CP
    schemas: ClassVar[Mapping[str, str]]  # control document at the root, by namespace
    kind: ClassVar[str]  # the attribute that tells a SCO from an asset
    organization_attributes: ClassVar[Mapping[str, str]] = {}

    def __init__(self, course: Course) -> None:
        self.course = course
        # In a package of several courses, what is said of each of them, by the identifier of its item.
        self.parts: Mapping[str, Dialect] = {}

    @abstractmethod
    def metadata(self, parent: Element) -> None:
        """After `schemaversion`."""

    @abstractmethod
    def organization(self, element: Element) -> None:
        """After the organization's items."""

    @abstractmethod
    def item(self, element: Element, item: Item) -> None:
        """After the item's title and items."""

    @abstractmethod
    def part(self, element: Element) -> None:
        """After the items of this course, where it is one of several in the package."""


def plain(text: str) -> str:
    """One line of text that XML can hold: without control characters, white space collapsed."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, the last an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child of `parent`."""
    element = SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element


def write_manifest(content: Outline, dialect: Dialect) -> bytes:
    """The manifest as UTF-8, indented for whoever opens it."""
    course = dialect.course
    root = Element(
        "manifest",
        {
            "identifier": course_identifier(course),
            "version": "1",
            **{f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in dialect.namespaces.items()},
            "xmlns:xsi": SCHEMA_INSTANCE,
            "xsi:schemaLocation": " ".join(f"{uri} {file}" for uri, file in dialect.schemas.items()),
        },
    )
    metadata = child(root, "metadata")
    child(metadata, "schema", "ADL SCORM")
    child(metadata, "schemaversion", dialect.version)
    dialect.metadata(metadata)
    _organizations(root, content.items, dialect)
    resources = child(root, "resources")
    for resource in content.resources:
        _resource(resources, resource, dialect)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _organizations(root: Element, items: tuple[Item, ...], dialect: Dialect) -> None:
    organizations = child(root, "organizations", default="organization")
    organization = child(organizations, "organization", identifier="organization")
    organization.attrib.update(dialect.organization_attributes)
    _title(organization, dialect.course.name, dialect.course.id)
    for item in items:
        _item(organization, item, dialect)
    dialect.organization(organization)


def _item(parent: Element, item: Item, dialect: Dialect) -> None:
    element = child(parent, "item", identifier=item.identifier)
    if item.resource:
        element.set("identifierref", item.resource)
    element.set("isvisible", "true")  # Open edX drops items without it from its menu
    _title(element, item.title, item.identifier)
    own = dialect.parts.get(item.identifier, dialect)
    for inner in item.items:
        _item(element, inner, own)
    if own is dialect or item.is_course:
        own.item(element, item)
    else:
        own.part(element)


def _title(parent: Element, text: str, otherwise: str) -> None:
    child(parent, "title", shorten(plain(text) or otherwise, TITLE_LIMIT))


def _resource(parent: Element, resource: Resource, dialect: Dialect) -> None:
    element = child(parent, "resource", identifier=resource.identifier, type="webcontent")
    element.set(dialect.kind, resource.kind)
    if resource.href:
        element.set("href", resource.href)
    for file in resource.files:
        child(element, "file", href=file)
    if resource.needs:
        child(element, "dependency", identifierref=resource.needs)
