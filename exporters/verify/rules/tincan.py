"""Rules about `tincan.xml` alone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporters.verify.package import Package
from exporters.verify.rules.units import form_faults
from exporters.verify.verdicts import TINCAN, Trouble, trouble

if TYPE_CHECKING:
    from lxml.etree import _Element


def tincan_structure(package: Package) -> Iterator[Trouble]:
    """Elements and attributes as tincan.xsd has them."""
    return form_faults(package)


def tincan_launch(package: Package) -> Iterator[Trouble]:
    """One activity of a package is launched."""
    count = len(_launched(package))
    if count != 1:
        yield trouble(TINCAN, count=count)


def tincan_first(package: Package) -> Iterator[Trouble]:
    """The one that is launched stands first: some LMSs look no further."""
    launched = _launched(package)
    if launched and launched[0] is not package.described.identified[0]:
        yield trouble(package.described.place(launched[0]), identifier=launched[0].get("id", ""))


def _launched(package: Package) -> list["_Element"]:
    described = package.described
    return [one for one in described.identified if next(described.below(one, "launch"), None) is not None]
