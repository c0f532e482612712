"""Rules about the archive itself that don't stop verification."""

from collections.abc import Iterator

from exporters.verify.names import is_portable
from exporters.verify.package import Package
from exporters.verify.verdicts import Trouble, trouble


def archive_zip64(package: Package) -> Iterator[Trouble]:
    """Zip64 is legal, and trips older unpackers."""
    if package.archive.zip64:
        yield trouble("")


def portable_names(package: Package) -> Iterator[Trouble]:
    """Names that some LMS unpacks as others."""
    for name in package.names:
        if not is_portable(name):
            yield trouble(name)
