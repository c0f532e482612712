"""Builds one package and says so: a process of its own, to be killed. Arguments: database, storage, workspace,
seconds of lease, version."""

import sys
from datetime import timedelta
from pathlib import Path

from catalog.database.session import Database
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey
from catalog.storage import Storage
from tests.support.published import LIMITS


def main() -> None:
    """Says `ready` once everything is imported, and `built` once the package is there."""
    database, storage, workspace, lease, version = sys.argv[1:]
    packages = Packages(
        Database(database), Storage(storage), LIMITS, Path(workspace), lease=timedelta(seconds=float(lease))
    )
    _say("ready")
    sys.stdin.readline()
    packages.ensure(PackageKey(int(version), "scorm12"))
    _say("built")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
