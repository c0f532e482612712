"""Rules about organizations, items and identifiers."""

import re
from collections.abc import Iterator

from exporters.verify.manifest import IMSSS, place, text_of
from exporters.verify.package import Package
from exporters.verify.references import Kind, resolve
from exporters.verify.verdicts import MANIFEST, Trouble, trouble
from schemas.text import Text

_NCNAME = re.compile(r"[^\W\d][\w.·-]*")
_LACKING = Text("缺失", "is missing")
_MALFORMED = Text("不合法", "is malformed")
_TWICE = Text("重复", "occurs twice")
_EMPTY = Text("没有任何 item", "has no item")
_LEAF_WITHOUT = Text("是末级 item，却没有 identifierref", "is a leaf item without identifierref")
_PARENT_WITH = Text("含有下级 item，却有 identifierref", "has items below it and an identifierref")


def identifiers(package: Package) -> Iterator[Trouble]:
    """xs:ID: well-formed and once in the document."""
    manifest = package.manifest
    identified = {f"{manifest.cp}{name}" for name in ("manifest", "organization", "item", "resource")}
    seen = set()
    for element in manifest.root.iter("*"):
        found = element.get("ID") if element.tag == f"{{{IMSSS}}}sequencing" else element.get("identifier")
        if found is None and element.tag not in identified:
            continue
        where = place(element)
        if not found:
            yield trouble(where, identifier="", why=_LACKING)
        elif not _NCNAME.fullmatch(found):
            yield trouble(where, identifier=found, why=_MALFORMED)
        elif found in seen:
            yield trouble(where, identifier=found, why=_TWICE)
        else:
            seen.add(found)


def default_organization(package: Package) -> Iterator[Trouble]:
    """`default` names an organization."""
    manifest = package.manifest
    group = manifest.root.find(f"{manifest.cp}organizations")
    default = group.get("default", "") if group is not None else ""
    if default not in {organization.identifier for organization in manifest.organizations} - {""}:
        yield trouble(place(group) if group is not None else MANIFEST, found=default)


def titles(package: Package) -> Iterator[Trouble]:
    """Each organization and item has one."""
    manifest = package.manifest
    for activity in manifest.activities:
        if not text_of(activity.element.find(f"{manifest.cp}title")):
            element = activity.element.tag.rpartition("}")[2]
            yield trouble(activity.where, element=element, identifier=activity.identifier)


def items(package: Package) -> Iterator[Trouble]:
    """Leaves launch, parents group."""
    manifest = package.manifest
    for organization in manifest.organizations:
        if not organization.children:
            yield trouble(organization.where, identifier=organization.identifier, why=_EMPTY)
    for item in manifest.items:
        if item.children and item.ref:
            yield trouble(item.where, identifier=item.identifier, why=_PARENT_WITH)
        elif not item.children and not item.ref:
            yield trouble(item.where, identifier=item.identifier, why=_LEAF_WITHOUT)


def references(package: Package) -> Iterator[Trouble]:
    """What items and dependencies refer to exists."""
    manifest = package.manifest
    known = {resource.identifier for resource in manifest.resources}
    for item in manifest.items:
        if item.ref and item.ref not in known:
            yield trouble(item.where, identifier=item.ref)
    for resource in manifest.resources:
        for dependency in resource.dependencies:
            ref = dependency.get("identifierref", "")
            if ref not in known:
                yield trouble(place(dependency), identifier=ref)


def visible_items(package: Package) -> Iterator[Trouble]:
    """Said, not left to the default. An item that is hidden on purpose is no trouble."""
    for item in package.manifest.items:
        if item.element.get("isvisible") is None:
            yield trouble(item.where, identifier=item.identifier)


def nested_manifests(package: Package) -> Iterator[Trouble]:
    """None inside the manifest."""
    manifest = package.manifest
    for nested in manifest.root.iterchildren(f"{manifest.cp}manifest"):
        yield trouble(place(nested))


def metadata_files(package: Package) -> Iterator[Trouble]:
    """External metadata are there."""
    manifest = package.manifest
    for location in manifest.root.iter(f"{manifest.adlcp}location"):
        href = text_of(location)
        target = resolve(href)
        if target.kind is not Kind.INSIDE or target.path not in package.names:
            yield trouble(place(location), href=href)
