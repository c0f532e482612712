"""A package as the rules see it: a safe archive, what kind it is, what its manifest says, and its pages once scanned."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from exporters.verify import pages
from exporters.verify.archive import SafeArchive
from exporters.verify.manifest import IMSCP_12, IMSCP_2004, Manifest, Resource, read_manifest
from exporters.verify.references import Kind, Reference, resolve
from exporters.verify.units import CourseStructure, Described, TinCan
from exporters.verify.verdicts import COURSE_STRUCTURE, MANIFEST, TINCAN, PackageError
from exporters.verify.xml import MOST_BYTES, parse
from schemas.package import Format
from schemas.text import Text

INDEX = "index.html"
RECEIPT = "receipt.json"


class Package:
    """What the rules judge. `manifest_bytes` are those of `imsmanifest.xml`, if there is one."""

    def __init__(self, archive: SafeArchive) -> None:
        self.archive = archive
        self.names = archive.files
        self.manifest_bytes = b""
        self._manifest: Manifest | None = None
        self._described: Described | None = None
        if MANIFEST in self.names:
            self.manifest_bytes = archive.read(MANIFEST, MOST_BYTES + 1)
            self._manifest = _read(self.manifest_bytes)
        elif COURSE_STRUCTURE in self.names:
            self._described = _describe(archive, CourseStructure, "course-structure-root")
        elif TINCAN in self.names:
            self._described = _describe(archive, TinCan, "tincan-root")
        elif INDEX not in self.names or _misplaced(self.names):
            raise PackageError("manifest-at-root", hint=_hint(_misplaced(self.names)))

    @property
    def kind(self) -> Format:
        """The format by whose rules it is judged."""
        found = self._manifest or self._described
        return found.kind if found else Format.HTML

    @property
    def manifest(self) -> Manifest:
        """The manifest of a SCORM package; asked for by rules of SCORM alone."""
        if self._manifest is None:
            raise AttributeError("this package has no imsmanifest.xml")
        return self._manifest

    @property
    def described(self) -> Described:
        """What `cmi5.xml` or `tincan.xml` says; asked for by rules of these alone."""
        if self._described is None:
            raise AttributeError("this package has neither cmi5.xml nor tincan.xml")
        return self._described

    @property
    def structure(self) -> CourseStructure:
        """The course structure of a cmi5 package."""
        if not isinstance(self._described, CourseStructure):
            raise TypeError("this package has no cmi5.xml")
        return self._described

    @cached_property
    def pages(self) -> pages.Scan:
        """What its pages and scripts hold, within bounds."""
        return pages.scan(self.archive)

    @cached_property
    def by_lower_name(self) -> dict[str, str]:
        """Names by their lower-case form."""
        return {name.lower(): name for name in self.names}

    @cached_property
    def hrefs(self) -> tuple[tuple[str, str, Reference], ...]:
        """Every address in the manifest that means a file: where it stands, as written, and resolved."""
        return tuple(self._hrefs())

    def _hrefs(self) -> Iterator[tuple[str, str, Reference]]:
        for resource in self.manifest.resources:
            if resource.href:
                yield resource.where, resource.href, self.target(resource, resource.href)
            for file in resource.files:
                href = file.get("href", "")
                where = f"{MANIFEST}:{file.sourceline}"
                yield where, href, self.target(resource, href)

    def target(self, resource: Resource, href: str) -> Reference:
        """What an address of a resource means, its xml:base taken into account."""
        return resolve(resource.base + href)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The names that the manifest lists."""
        return frozenset(found.path for _, _, found in self.hrefs if found.kind is Kind.INSIDE)


def _read(content: bytes) -> Manifest:
    root = parse(content, MANIFEST)
    if root.tag not in (f"{{{IMSCP_12}}}manifest", f"{{{IMSCP_2004}}}manifest"):
        raise PackageError("manifest-root", f"{MANIFEST}:{root.sourceline}", found=root.tag)
    return read_manifest(root)


def _describe(archive: SafeArchive, kind: type[Described], slug: str) -> Described:
    root = parse(archive.read(kind.file, MOST_BYTES + 1), kind.file)
    if root.tag != f"{{{kind.namespace}}}{kind.top}":
        namespace, _, name = root.tag.removeprefix("{").rpartition("}")
        found = f"{name} xmlns='{namespace}'"
        raise PackageError(slug, f"{kind.file}:{root.sourceline}", found=found)
    return kind(root)


def _misplaced(names: Iterable[str]) -> str:
    """A manifest in a folder or in other letter case; the shortest path if there are several."""
    manifests = (MANIFEST, COURSE_STRUCTURE, TINCAN)
    found = [name for name in names if name.rpartition("/")[2].lower() in manifests]
    return min(found, key=len, default="")


def _hint(found: str) -> Text:
    return Text(f"（在 {found}）", f" (found at {found})") if found else Text()
