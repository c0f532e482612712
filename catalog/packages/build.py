"""One package of one version of a course or a curriculum, built once however many ask for it, on however many machines.

Derived data: whatever is lost is built again, with the same bytes by the same program. A package can be seen when its
row is written, and its row is written when its blob is on the disk, whole.
"""

import hashlib
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore

import msgspec
from prometheus_client import Counter
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from catalog import __version__
from catalog.database.base import utcnow
from catalog.database.models import Package, PackageBuild
from catalog.database.session import Database
from catalog.domain.errors import NotFoundError
from catalog.intake import confined
from catalog.intake.confined import BrokenOffError, Ending
from catalog.intake.inside import Bounds
from catalog.intake.upload import WORKSPACE
from catalog.packages import builder
from catalog.packages.builder import BuildRequest, Built, Refused, source_name
from catalog.packages.claims import LEASE, Claim, PackageKey, Shape, claim, is_build, is_claimed
from catalog.packages.refusals import PackageImpossibleError, PackagePendingError
from catalog.packages.sets import make_set
from catalog.packages.signing import PRIVATE_NAME, SigningKey, signed_opening
from catalog.packages.signing import Kind as Statement
from catalog.packages.subjects import (
    Subject,
    file_name,
    find_subject,
    is_handed_out,
    statement,
    subject_of,
    withdrawn_from,
)
from catalog.services import outbox
from catalog.settings import LimitsSettings, Settings
from catalog.storage import BlobMissingError, Kind, Storage
from exporters.combined import require_combinable
from exporters.presets import preset, require
from schemas.errors import MachineError, UsageError
from schemas.package import Format
from schemas.text import Text

BUILDS = Counter("lingjun_package_builds", "Packages built here, or not.", ("outcome",))
PREFIX = "build-"  # of every temporary folder, so that a sweep knows those of processes that were killed
GENERATOR = f"lingjun {__version__}"
_BUILDERS = 2
_PROCESSOR_SECONDS = 600
_SPARE = 64 << 20  # bytes that a package may have beside its course's files
_FIRST_LOOK, _LAST_LOOK = 0.05, 0.5  # seconds between looks at another's build

_log = logging.getLogger(__name__)
_VERSION = Text("这个已发布的版本", "such published version")
_FORMAT = Text("没有 {format} 这种格式，可选：{formats}", "no format {format}; there are: {formats}")
_NOT_PINNED = Text(
    "发布时有课程不在目录里", "some of its courses weren't in the catalogue when it was published"
)
_NO_COURSE = Text("培训方案没有列出课程", "the curriculum lists no course")
_WITHDRAWN = Text(
    "其中课程 {course} 的第 {number} 版已撤销",
    "version {number} of its course {course} was withdrawn",
)
_BROKEN_OFF = Text("生成过程中止（{reason}）", "building it was broken off ({reason})")


class Packages:
    """Builds and finds packages. One object a process; threads share it."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        limits: LimitsSettings,
        workspace: Path,
        *,
        key: SigningKey | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        """`workspace`: where packages are built; `key` signs them, where there is one yet."""
        self.database = database
        self.storage = storage
        self.workspace = workspace
        self.key = key
        self._limits = limits
        self._lease = lease
        self._turn = BoundedSemaphore(_BUILDERS)

    @classmethod
    def of(cls, settings: Settings, database: Database, storage: Storage) -> "Packages":
        """As the settings say. What was built before there was a key is signed by the first sweep that has one."""
        file = settings.data / PRIVATE_NAME
        key = SigningKey.read(file) if file.exists() else None
        return cls(database, storage, settings.limits, settings.data / WORKSPACE, key=key)

    def find(self, key: PackageKey) -> Package | None:
        """The package, if its version is handed out and it is there, blob and all."""
        with self.database.read() as session:
            package = session.scalar(_row(key).where(is_handed_out(key)))
        if package is None or not self._is_stored(package):
            return None
        return package

    def ensure(self, key: PackageKey, *, patience: float = 120) -> Package:
        """The package, built now unless it is there, or being built by another, who is waited for.

        Raises NotFoundError for a version that isn't handed out, UsageError for a format that the LMS doesn't take,
        PackageImpossibleError when the course can't be such a package, PackagePendingError after `patience`
        seconds, MachineError when this machine can't.
        """
        require_known(key)
        until = time.monotonic() + patience
        pause = _FIRST_LOOK
        while True:
            package = self.find(key)
            if package is not None:
                return package
            self._require_handed_out(key)
            if not self._is_being_built(key):
                mine = claim(self.database, key, self._lease)
                if mine is not None:
                    with mine.kept():
                        return self.find(key) or self._counted_build(mine)
            if time.monotonic() >= until:
                raise PackagePendingError(retry_after=5)
            time.sleep(pause)
            pause = min(2 * pause, _LAST_LOOK)

    def sign_unsigned(self) -> int:
        """Sign what was built before there was this key; how many packages."""
        if self.key is None:
            return 0
        opening = signed_opening(self.key.id)
        theirs = func.substr(Package.signature, 1, len(opening)) != opening
        with self.database.read() as session:
            wanting = session.scalars(select(Package.id).where(Package.signature.is_(None) | theirs)).all()
        for identifier in wanting:
            with self.database.write() as session:
                package = session.get_one(Package, identifier, with_for_update=True)
                subject = subject_of(session, package)
                package.signature = self.key.sign(Statement.PACKAGE, statement(package, subject))
        return len(wanting)

    def _counted_build(self, mine: Claim) -> Package:
        outcome = "failed"
        try:
            package = self._build(mine)
            outcome = "built"
        except PackageImpossibleError:
            outcome = "impossible"
            raise
        finally:
            BUILDS.labels(outcome).inc()
        return package

    def _build(self, mine: Claim) -> Package:
        with self.database.read() as session:
            subject = _subject(session, mine.key)
        # Of a set these come first: they take turns themselves.
        members = [self.ensure(key) for key in _members(mine.key, subject)]
        with self._turn, self._folder() as folder:
            made = self._make(mine.key, subject, members, folder)
            if isinstance(made, Built):
                blob = self.storage.put(Kind.PACKAGE, folder / made.name)
                if blob.sha256 != made.sha256:
                    raise MachineError(_BROKEN_OFF.format(reason="SHA-256"))
        with self.database.write() as session:
            mine.require(session)
            if isinstance(made, Refused):
                mine.fail(session, GENERATOR, made.reason)
            else:
                package = self._write(session, mine.key, subject, made)
        if isinstance(made, Refused):
            raise PackageImpossibleError(made.reason)
        _log.info("built %s version %s: %s", subject.slug, subject.number, made.name)
        return package

    def _make(
        self, key: PackageKey, subject: Subject, members: Sequence[Package], folder: Path
    ) -> Built | Refused:
        curriculum = subject.curriculum
        if curriculum is not None and len(subject.versions) != len(curriculum.courses):
            return Refused(_NOT_PINNED)
        if curriculum is not None and not curriculum.courses:
            return Refused(_NO_COURSE)
        if curriculum is not None and key.shape is Shape.SET:
            return _built(make_set(subject, curriculum, members, self.storage, folder))
        for position, version in enumerate(subject.versions):
            with (folder / source_name(position)).open("xb") as file:
                file.writelines(self.storage.verified(Kind.SOURCE, version.source_sha256))
        numbers = tuple(version.number or 0 for version in subject.versions)
        request = BuildRequest(key.format, key.preset, GENERATOR, self._limits, numbers, curriculum)
        bounds = Bounds(
            _PROCESSOR_SECONDS,
            2 * _PROCESSOR_SECONDS,
            self._limits.reading_memory,
            len(numbers) * self._limits.unpacked_bytes + _SPARE,
        )
        try:
            result = confined.run(builder.__name__, msgspec.msgpack.encode(request), folder, bounds)
        except BrokenOffError as error:
            reason = _BROKEN_OFF.format(reason=f"{error.ending} {error.reason}".strip())
            if (
                error.ending is Ending.KILLED
            ):  # by the system's hand or an operator's: the course is not to blame
                raise MachineError(reason) from error
            return Refused(reason)
        return msgspec.msgpack.decode(result, type=Built | Refused)

    def _write(self, session: Session, key: PackageKey, subject: Subject, made: Built) -> Package:
        package = session.scalar(_row(key))
        if package is None:
            package = Package(**key.columns)
            session.add(package)
        package.name = file_name(key, subject)
        package.sha256 = made.sha256
        package.size = made.size
        package.receipt = made.receipt
        package.built_at = utcnow()
        package.signature = (
            self.key.sign(Statement.PACKAGE, statement(package, subject)) if self.key else None
        )
        session.flush()
        outbox.announce_package(session, subject.version, package)
        return package

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        self.workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=PREFIX, dir=self.workspace) as folder:
            yield Path(folder)

    def _is_stored(self, package: Package) -> bool:
        try:
            return self.storage.size(Kind.PACKAGE, package.sha256) == package.size
        except BlobMissingError:
            return False

    def _require_handed_out(self, key: PackageKey) -> None:
        with self.database.read() as session:
            _subject(session, key)

    def _is_being_built(self, key: PackageKey) -> bool:
        """Whether another is at it. Raises PackageImpossibleError when this very program failed at it."""
        with self.database.read() as session:
            row = session.scalar(select(PackageBuild).where(is_build(key)))
        if row is not None and row.failed_with == GENERATOR:
            raise PackageImpossibleError(Text(row.failure_zh, row.failure_en))
        return is_claimed(row, utcnow())


def require_known(key: PackageKey) -> None:
    """Raise UsageError unless the LMS is known and takes the format."""
    try:
        wanted = Format(key.format)
    except ValueError as error:
        raise UsageError(_FORMAT.format(format=key.format, formats=", ".join(Format))) from error
    require(preset(key.preset), wanted)
    if key.shape is Shape.CURRICULUM:
        require_combinable(wanted)


def _row(key: PackageKey) -> Select[Package]:
    return select(Package).filter_by(**key.columns)


def _subject(session: Session, key: PackageKey) -> Subject:
    subject = find_subject(session, key)
    if subject is not None:
        return subject
    gone = withdrawn_from(session, key)
    if gone is None:
        raise NotFoundError(_VERSION)
    raise PackageImpossibleError(_WITHDRAWN.format(course=gone.course.slug, number=gone.number))


def _members(key: PackageKey, subject: Subject) -> list[PackageKey]:
    """The packages that a set is made of."""
    if key.shape is not Shape.SET:
        return []
    return [PackageKey(version.id, key.format, key.preset) for version in subject.versions]


def _built(path: Path) -> Built:
    """A set that was written; its courses' receipts are in their packages."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Built(path.name, path.stat().st_size, digest, "{}")
