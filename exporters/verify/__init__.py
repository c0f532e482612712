"""Verification: is this package sound? Ours or another tool's, SCORM 1.2, 2004 3rd and 4th edition, cmi5, xAPI, or web pages.

`verify` judges a package against the table of requirements; `open_archive` is the gate that uploads pass, too.
"""

from exporters.verify.archive import Limits, SafeArchive, open_archive, require_file
from exporters.verify.sets import Set, unpack_set
from exporters.verify.verdicts import PackageError, Requirement, Verification, requirements
from exporters.verify.verification import verify

__all__ = [
    "Limits",
    "PackageError",
    "Requirement",
    "SafeArchive",
    "Set",
    "Verification",
    "open_archive",
    "require_file",
    "requirements",
    "unpack_set",
    "verify",
]
