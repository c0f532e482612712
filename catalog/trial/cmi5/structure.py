"""cmi5.xml as an LMS reads it (cmi5 specification, section 13). Shares nothing with what writes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from lxml import etree

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
MoveOn = Literal["NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed"]


@dataclass(frozen=True)
class Unit:
    """An assignable unit (AU)."""

    id: str
    title: dict[str, str]
    url: str
    move_on: MoveOn
    mastery_score: float | None
    launch_method: str
    launch_parameters: str
    entitlement_key: str


@dataclass(frozen=True)
class Block:
    """A block, or the course itself, with what it holds in order."""

    id: str
    title: dict[str, str]
    children: tuple["Block | Unit", ...]

    def units(self) -> Iterator[Unit]:
        """All assignable units below, in order."""
        for child in self.children:
            if isinstance(child, Unit):
                yield child
            else:
                yield from child.units()


def read_structure(document: bytes) -> Block:
    """The course of a cmi5.xml."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(document, parser)
    course = root.find(_tag("course"))
    if course is None:
        raise ValueError("cmi5.xml has no course element")
    return Block(course.get("id", "").strip(), _strings(course, "title"), tuple(_children(root)))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _children(parent: etree._Element) -> Iterator[Block | Unit]:
    for element in parent:
        if element.tag == _tag("au"):
            yield _unit(element)
        elif element.tag == _tag("block"):
            yield Block(element.get("id", "").strip(), _strings(element, "title"), tuple(_children(element)))


def _unit(element: etree._Element) -> Unit:
    mastery = element.get("masteryScore")
    return Unit(
        id=element.get("id", "").strip(),
        title=_strings(element, "title"),
        url=_text(element, "url"),
        move_on=cast("MoveOn", element.get("moveOn", "NotApplicable")),
        mastery_score=float(mastery) if mastery is not None else None,
        launch_method=element.get("launchMethod", "AnyWindow"),
        launch_parameters=_text(element, "launchParameters"),
        entitlement_key=_text(element, "entitlementKey"),
    )


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(_tag(name)) or "").strip()


def _strings(element: etree._Element, name: str) -> dict[str, str]:
    holder = element.find(_tag(name))
    found = holder.iterchildren(_tag("langstring")) if holder is not None else ()
    return {item.get("lang", "und"): (item.text or "").strip() for item in found}
