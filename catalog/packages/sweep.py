"""The sweep: what should be there and isn't is built, what nobody names is removed. Jobs are hints, this is the truth.

It may run anywhere, at any time, several at once: it decides nothing that a claim or a row hasn't decided.
"""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import and_, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from catalog.database.base import utcnow
from catalog.database.models import Package, PackageBuild, Version
from catalog.domain.states import State
from catalog.intake import upload
from catalog.packages import build
from catalog.packages.build import GENERATOR, HANDED_OUT, Packages
from catalog.packages.claims import PackageKey
from catalog.storage import Kind
from exporters.presets import preset

GRACE = timedelta(hours=24)
# What is built for every version once it is published; the rest at its first download.
EAGER = ("generic",)
_AT_ONCE = 1_000

_log = logging.getLogger(__name__)
_NAMED_BY: dict[Kind, InstrumentedAttribute[str]] = {
    Kind.SOURCE: Version.source_sha256,
    Kind.READING: Version.reading_sha256,
    Kind.PACKAGE: Package.sha256,
}


class Swept(msgspec.Struct, frozen=True):
    """What a sweep found: packages to build, how many it signed, and how many blobs and temporary folders it removed."""

    missing: tuple[PackageKey, ...]
    signed: int
    blobs: int
    folders: int


def sweep(
    packages: Packages,
    build_one: Callable[[PackageKey], object],
    *,
    grace: timedelta = GRACE,
    presets: Sequence[str] = EAGER,
    whole: bool = True,
) -> Swept:
    """Have what is missing built by `build_one` (which may only make a note of it), and remove what is older than
    `grace` and named by no row. Only a `whole` sweep compares rows and storage, of which it lists every blob."""
    now = utcnow()
    _forget_lapsed(packages, now - grace)
    lost = _lost(packages) if whole else ()
    missing = tuple(dict.fromkeys((*_unbuilt(packages, presets, now), *lost)))
    for key in missing:
        build_one(key)
    signed = packages.sign_unsigned()
    blobs = sum(_remove_orphans(packages, kind, now - grace) for kind in _NAMED_BY) if whole else 0
    blobs += packages.storage.clear_incoming(now - grace)
    folders = _remove_folders(packages.workspace, now - grace)
    found = Swept(missing, signed, blobs, folders)
    _log.info("sweep: %d to build, %d blobs and %d folders removed", len(missing), blobs, folders)
    return found


def _unbuilt(packages: Packages, presets: Sequence[str], now: datetime) -> Iterator[PackageKey]:
    """What published versions lack, the newest first, except what is being built and what can't be."""
    for name in presets:
        for package_format in preset(name).formats:
            of_version = and_(Package.version_id == Version.id, Package.format == package_format.value)
            hopeless = and_(
                PackageBuild.version_id == Version.id,
                PackageBuild.format == package_format.value,
                PackageBuild.preset == name,
                (PackageBuild.failed_with == GENERATOR) | (PackageBuild.claimed_until >= now),
            )
            wanting = (
                select(Version.id)
                .where(
                    Version.state == State.PUBLISHED,
                    ~select(Package.id).where(of_version, Package.preset == name).exists(),
                    ~select(PackageBuild.id).where(hopeless).exists(),
                )
                .order_by(Version.id.desc())
                .limit(_AT_ONCE)
            )
            with packages.database.read() as session:
                found = session.scalars(wanting).all()
            yield from (PackageKey(version_id, package_format.value, name) for version_id in found)


def _lost(packages: Packages) -> Iterator[PackageKey]:
    """Packages whose blob is gone from the storage."""
    stored = {found.blob.sha256: found.blob.size for found in packages.storage.blobs(Kind.PACKAGE)}
    with packages.database.read() as session:
        rows = session.execute(
            select(Package.version_id, Package.format, Package.preset, Package.sha256, Package.size)
            .join(Version, Version.id == Package.version_id)
            .where(Version.state.in_(HANDED_OUT))
        )
        for version_id, package_format, name, sha256, size in rows:
            if stored.get(sha256) != size:
                yield PackageKey(version_id, package_format, name)


def _remove_orphans(packages: Packages, kind: Kind, before: datetime) -> int:
    """Blobs that came before that moment and that no row names. Whoever stores a blob again renews its moment, so that
    one which is about to be named is never old."""
    old = {
        found.blob.sha256: found.stored_at
        for found in packages.storage.blobs(kind)
        if found.stored_at < before
    }
    with packages.database.read() as session:
        orphans = old.keys() - set(session.scalars(select(_NAMED_BY[kind])))
    return sum(packages.storage.delete_older(kind, sha256, before) for sha256 in orphans)


def _forget_lapsed(packages: Packages, before: datetime) -> None:
    """Rows of claims whose holders are long gone."""
    with packages.database.write() as session:
        session.execute(
            delete(PackageBuild).where(
                PackageBuild.claimed_until < before, PackageBuild.failed_with.is_(None)
            )
        )


def _remove_folders(workspace: Path, before: datetime) -> int:
    """Temporary folders of processes that were killed."""
    if not workspace.is_dir():
        return 0
    removed = 0
    for folder in workspace.iterdir():
        ours = folder.name.startswith((upload.PREFIX, build.PREFIX))
        if ours and folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
