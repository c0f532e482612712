"""Rules about what pages and scripts do."""

from collections.abc import Iterator

from exporters.verify.package import Package
from exporters.verify.verdicts import Trouble, trouble
from schemas.package import Format

_COMPLETION = {"lesson_status", "completion_status", "progress_measure"}


def page_resources(package: Package) -> Iterator[Trouble]:
    """What pages load is there."""
    for where, href in package.pages.missing:
        yield trouble(where, href=href)


def page_links(package: Package) -> Iterator[Trouble]:
    """Where pages lead is there."""
    for where, href in package.pages.dead:
        yield trouble(where, href=href)


def page_requests(package: Package) -> Iterator[Trouble]:
    """Nothing comes from another host."""
    for where, href in package.pages.remote:
        yield trouble(where, href=href)


def page_unload(package: Package) -> Iterator[Trouble]:
    """The event that browsers no longer send."""
    for where in package.pages.unload:
        yield trouble(where)


def api_calls(package: Package) -> Iterator[Trouble]:
    """A package with SCOs finds the API and starts a session somewhere. A scan that bounds cut short proves nothing."""
    wanted = "LMSInitialize" if package.kind is Format.SCORM12 else "API_1484_11"
    if _has_sco(package) and package.pages.whole and wanted not in package.pages.calls:
        yield trouble("", api=wanted)


def completion_calls(package: Package) -> Iterator[Trouble]:
    """And reports completion."""
    if _has_sco(package) and package.pages.whole and not _COMPLETION & package.pages.calls:
        yield trouble("")


def _has_sco(package: Package) -> bool:
    return any(resource.scorm_type == "sco" for resource in package.manifest.launched)
