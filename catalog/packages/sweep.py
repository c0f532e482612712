"""The sweep: what should be there and isn't is built, what nobody names is removed. Jobs are hints, this is the truth.

It may run anywhere, at any time, several at once: it decides nothing that a claim or a row hasn't decided.
"""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from catalog.database.base import utcnow
from catalog.database.models import CurriculumVersion, Package, PackageBuild, Version
from catalog.domain.states import HANDED_OUT, State
from catalog.intake import upload
from catalog.packages import build
from catalog.packages.build import GENERATOR, Packages
from catalog.packages.claims import PackageKey, Shape
from catalog.packages.subjects import key_of
from catalog.services.curriculum_courses import is_whole
from catalog.storage import Kind
from exporters.combined import combinable
from exporters.presets import preset
from schemas.package import Format

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
            yield from _lacking(packages, Shape.COURSE, package_format, name, now)
        for package_format in combinable(name):
            yield from _lacking(packages, Shape.CURRICULUM, package_format, name, now)


def _lacking(
    packages: Packages, shape: Shape, package_format: Format, name: str, now: datetime
) -> Iterator[PackageKey]:
    of_course = shape is Shape.COURSE
    version = Version if of_course else CurriculumVersion

    def of_version(table: type[Package] | type[PackageBuild]) -> ColumnElement[bool]:
        owner = table.version_id if of_course else table.curriculum_version_id
        wanted = (table.shape == shape, table.format == package_format.value, table.preset == name)
        return and_(owner == version.id, *wanted)

    hopeless = (PackageBuild.failed_with == GENERATOR) | (PackageBuild.claimed_until >= now)
    wanting = (
        select(version.id)
        .where(
            version.state == State.PUBLISHED,
            ~select(Package.id).where(of_version(Package)).exists(),
            ~select(PackageBuild.id).where(of_version(PackageBuild), hopeless).exists(),
        )
        .order_by(version.id.desc())
        .limit(_AT_ONCE)
    )
    with packages.database.read() as session:
        found = session.scalars(wanting if of_course else wanting.where(is_whole())).all()
    yield from (PackageKey(version_id, package_format.value, name, shape) for version_id in found)


def _lost(packages: Packages) -> Iterator[PackageKey]:
    """Packages whose blob is gone from the storage."""
    stored = {found.blob.sha256: found.blob.size for found in packages.storage.blobs(Kind.PACKAGE)}
    handed_out = (
        Package.version_id.in_(select(Version.id).where(Version.state.in_(HANDED_OUT))),
        Package.curriculum_version_id.in_(
            select(CurriculumVersion.id).where(CurriculumVersion.state.in_(HANDED_OUT), is_whole())
        ),
    )
    with packages.database.read() as session:
        for condition in handed_out:
            for package in session.scalars(select(Package).where(condition)):
                if stored.get(package.sha256) != package.size:
                    yield key_of(package)


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
