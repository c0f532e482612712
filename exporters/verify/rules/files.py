"""Rules about resources and the files behind them."""

from collections.abc import Iterator

from exporters.verify.manifest import XML, Manifest, place, text_of
from exporters.verify.package import RECEIPT, Package
from exporters.verify.references import Kind, resolve
from exporters.verify.verdicts import MANIFEST, Trouble, trouble
from schemas.package import Format
from schemas.text import Text

_NO_HREF = Text("没有 href", "has no href")
_NOT_WEB = Text("的类型不是 webcontent", "is not of type webcontent")
_NO_ADDRESS = Text("为空", "is empty")


def href_form(package: Package) -> Iterator[Trouble]:
    """Relative, with `/`, inside."""
    for where, href, target in package.hrefs:
        if target.kind is Kind.BAD:
            yield trouble(where, href=href, why=target.why)
        elif target.kind is Kind.SELF:
            yield trouble(where, href=href, why=_NO_ADDRESS)


def remote_resources(package: Package) -> Iterator[Trouble]:
    """No address on the network."""
    for where, href, target in package.hrefs:
        if target.kind in (Kind.REMOTE, Kind.OTHER):
            yield trouble(where, href=href)


def files_present(package: Package) -> Iterator[Trouble]:
    """The files are there."""
    for where, href, target in package.hrefs:
        path = target.path
        if (
            target.kind is Kind.INSIDE
            and path not in package.names
            and not package.by_lower_name.get(path.lower())
        ):
            yield trouble(where, href=href)


def href_case(package: Package) -> Iterator[Trouble]:
    """In the letter case in which they are named."""
    for where, href, target in package.hrefs:
        name = package.by_lower_name.get(target.path.lower())
        if target.kind is Kind.INSIDE and target.path not in package.names and name:
            yield trouble(where, href=href, name=name)


def files_listed(package: Package) -> Iterator[Trouble]:
    """No file that the manifest doesn't list. It, the control documents and external metadata are the package's own
    (SCORM CAM 3.3); a receipt tells about the package and is nobody's content."""
    manifest = package.manifest
    own = {MANIFEST, RECEIPT} | {
        resolve(text_of(location)).path for location in manifest.root.iter(f"{manifest.adlcp}location")
    }
    for name in package.names:
        if name not in package.listed and name not in own and not name.endswith((".xsd", ".dtd")):
            yield trouble(name, name=name)


def launch_listed(package: Package) -> Iterator[Trouble]:
    """A resource's href is one of its files, too."""
    for resource in package.manifest.resources:
        target = package.target(resource, resource.href)
        own = {package.target(resource, file.get("href", "")).path for file in resource.files}
        if resource.href and target.kind is Kind.INSIDE and target.path not in own:
            yield trouble(resource.where, identifier=resource.identifier, href=resource.href)


def resources_used(package: Package) -> Iterator[Trouble]:
    """No resource that nothing refers to."""
    manifest = package.manifest
    used = {item.ref for item in manifest.items}
    used |= {d.get("identifierref", "") for resource in manifest.resources for d in resource.dependencies}
    for resource in manifest.resources:
        if resource.identifier not in used:
            yield trouble(resource.where, identifier=resource.identifier)


def launch_resources(package: Package) -> Iterator[Trouble]:
    """What is launched can be."""
    for resource in package.manifest.launched:
        if not resource.href:
            yield trouble(resource.where, identifier=resource.identifier, why=_NO_HREF)
        elif resource.element.get("type") != "webcontent":
            yield trouble(resource.where, identifier=resource.identifier, why=_NOT_WEB)


def scorm_type(package: Package) -> Iterator[Trouble]:
    """`scormtype` in 1.2, `scormType` in 2004."""
    attribute = "adlcp:scormtype" if package.kind is Format.SCORM12 else "adlcp:scormType"
    for resource in package.manifest.launched:
        if not resource.scorm_type:
            yield trouble(resource.where, identifier=resource.identifier, attribute=attribute)


def launch_extension(package: Package) -> Iterator[Trouble]:
    """So that web servers know the media type."""
    for resource in package.manifest.launched:
        target = package.target(resource, resource.href)
        if target.kind is Kind.INSIDE and "." not in target.path.rpartition("/")[2]:
            yield trouble(resource.where, href=resource.href)


def first_resource(package: Package) -> Iterator[Trouble]:
    """Some LMSs launch the first resource that has an href, whatever the items say."""
    manifest = package.manifest
    first = next((resource for resource in manifest.resources if resource.href), None)
    wanted = _first_ref(manifest)
    if first is not None and wanted and first.identifier != wanted:
        yield trouble(first.where, found=first.identifier, wanted=wanted)


def xml_base(package: Package) -> Iterator[Trouble]:
    """Legal, and read by few."""
    for element in package.manifest.root.iter("*"):
        base = element.get(f"{{{XML}}}base")
        if base is not None:
            yield trouble(place(element), base=base)


def _first_ref(manifest: Manifest) -> str:
    """What the first leaf of the default organization launches."""
    group = manifest.root.find(f"{manifest.cp}organizations")
    default = group.get("default") if group is not None else None
    chosen = [o for o in manifest.organizations if o.identifier == default]
    return next((item.ref for o in chosen for item in o.walk() if item.ref), "")
