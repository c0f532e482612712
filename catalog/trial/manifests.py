"""What a package offers to start, as an LMS reads it from `tincan.xml` or `imsmanifest.xml`."""

from collections.abc import Iterator

import msgspec
from lxml import etree

from schemas.text import Language

_TINCAN = "{http://projecttincan.com/tincan.xsd}"


class Launchable(msgspec.Struct, frozen=True):
    """Something that can be started: an assignable unit, an activity or a SCO; without an id, a heading above some."""

    id: str
    title: str
    depth: int
    href: str = ""


def read_activity(document: bytes, language: Language) -> list[Launchable]:
    """The activities with a launch address in a tincan.xml."""
    found = []
    for activity in _parse(document).iter(f"{_TINCAN}activity"):
        href = activity.findtext(f"{_TINCAN}launch")
        if href:
            names = {
                name.get("lang", ""): name.text or "" for name in activity.iterchildren(f"{_TINCAN}name")
            }
            title = next(
                (text for tag, text in names.items() if tag.startswith(language)),
                next(iter(names.values()), ""),
            )
            found.append(Launchable(activity.get("id", ""), title, 0, href.strip()))
    return found


def read_organization(document: bytes) -> list[Launchable]:
    """The items of the default organization in an imsmanifest.xml."""
    root = _parse(document)
    namespace = f"{{{etree.QName(root).namespace}}}"
    hrefs = {
        resource.get("identifier"): resource.get("href", "") for resource in root.iter(f"{namespace}resource")
    }

    def walk(parent: etree._Element, depth: int) -> Iterator[Launchable]:
        for item in parent.iterchildren(f"{namespace}item"):
            title = item.findtext(f"{namespace}title") or ""
            href = hrefs.get(item.get("identifierref"), "") + item.get("parameters", "")
            yield Launchable(item.get("identifier", "") if href else "", title, depth, href)
            yield from walk(item, depth + 1)

    organization = next(root.iter(f"{namespace}organization"))
    return list(walk(organization, 0))


def _parse(document: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(document, parser)
