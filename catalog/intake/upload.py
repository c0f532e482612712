"""The one door for courses and curricula from outside: streamed archive -> gate -> folder -> reading -> source archive.

    intake = Intake.of(settings)
    with intake.receive(chunks) as received:
        ...  # store received.archive, write the row

or, where the chunks come one by one, `with intake.upload() as upload`, `upload.write(chunk)`, `upload.finish()`.
A curriculum is one text file: `upload.finish_curriculum()`. What lies on the disk meanwhile is gone when the `with` statement ends, however it ends.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self

import msgspec

from catalog.intake import confined, curricula, reader, reading
from catalog.intake.confined import BrokenOffError, Ending
from catalog.intake.curricula import ReadCurriculum
from catalog.intake.inside import Bounds
from catalog.intake.reading import SourceReading
from catalog.intake.refusals import UploadError, readable_size, refusal
from catalog.intake.sources import SourceArchive, pack
from catalog.intake.unpack import unpack
from catalog.settings import LimitsSettings, Settings
from courses.curricula import CURRICULUM_FILE
from courses.sources import MAX_LESSON
from schemas.errors import MachineError
from schemas.system import system_reason
from schemas.text import Text

PREFIX = "upload-"  # of every temporary folder, so that a sweep knows those of processes that were killed
WORKSPACE = "work"  # in the data folder
MOST_OUTPUT = 64 << 20  # bytes of a reading
_READERS = 2
_CHUNK = 1 << 20
_NO_ROOM = Text(
    "服务器无法保存上传的文件：{reason}。未保存任何内容。",
    "The server can't keep the upload: {reason}. Nothing was stored.",
)


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """An upload that was read. `source` is its source archive, there until the upload is left; `upload_sha256` that
    of the bytes as they were sent."""

    reading: SourceReading
    source: SourceArchive
    upload_size: int
    upload_sha256: str


class Intake:
    """Receives uploads. One object a process; threads share it."""

    def __init__(self, limits: LimitsSettings, workspace: Path, readers: int = _READERS) -> None:
        """`workspace`: where uploads lie while they are judged, made when missing; `readers`: how many are read at
        once, the others wait."""
        self.limits = limits
        self.workspace = workspace
        self.turn = BoundedSemaphore(readers)

    @classmethod
    def of(cls, settings: Settings) -> "Intake":
        """As the settings say."""
        return cls(settings.limits, settings.data / WORKSPACE)

    def upload(self) -> "Upload":
        """A new upload, for a `with` statement."""
        return Upload(self, self.limits.upload_bytes)

    def upload_curriculum(self) -> "Upload":
        """The same for a curriculum."""
        return Upload(self, MAX_LESSON)

    @contextmanager
    def receive(self, chunks: Iterable[bytes]) -> Iterator[Received]:
        """Take in a whole upload. Raises UploadError (an InputError) for what can't be taken, MachineError when this
        machine is at fault."""
        with self.upload() as upload:
            for chunk in chunks:
                upload.write(chunk)
            yield upload.finish()

    @contextmanager
    def receive_folder(self, folder: Path) -> Iterator[Received]:
        """The same for a course folder on this machine: packed, then received like any stranger's."""
        with self.upload() as upload:
            packed = pack(folder, upload.folder / "packed.zip").path
            with packed.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    upload.write(chunk)
            packed.unlink()
            yield upload.finish()

    def receive_curriculum(self, content: bytes) -> ReadCurriculum:
        """Take in a curriculum's file. Raises what `receive` raises."""
        with self.upload_curriculum() as upload:
            upload.write(content)
            return upload.finish_curriculum()


class Upload:
    """One upload: its bytes as they come, and what they turn out to be."""

    def __init__(self, intake: Intake, most: int) -> None:
        """`most`: bytes that it may have."""
        self._intake = intake
        self._most = most
        self._limits = intake.limits
        self._digest = hashlib.sha256()
        self._size = 0

    def __enter__(self) -> Self:
        workspace = self._intake.workspace
        with _told():
            workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=workspace))
            self._file = (self.folder / "upload").open("xb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, chunk: bytes) -> None:
        """The next bytes. Raises UploadError as soon as they are too many."""
        self._size += len(chunk)
        if self._size > self._most:
            raise refusal("upload-too-large", limit=readable_size(self._most))
        self._digest.update(chunk)
        with _told():
            self._file.write(chunk)

    def finish(self) -> Received:
        """Judge and read what came. Raises UploadError, MachineError."""
        course = self.folder / reader.COURSE
        with _told():
            self._file.close()
            course.mkdir()
            unpack(Path(self._file.name), course, self._limits)
            Path(self._file.name).unlink()
            found = reading.decode(self._confined(reader.__name__))
            source = pack(course, self.folder / "source.zip")
        return Received(
            reading=found,
            source=source,
            upload_size=self._size,
            upload_sha256=self._digest.hexdigest(),
        )

    def finish_curriculum(self) -> ReadCurriculum:
        """Read what came as a curriculum's file. Raises UploadError, MachineError."""
        with _told():
            self._file.close()
            Path(self._file.name).rename(self.folder / CURRICULUM_FILE)
        return curricula.decode(self._confined(curricula.__name__))

    def _confined(self, module: str) -> bytes:
        with self._intake.turn:
            try:
                return confined.run(module, b"", self.folder, reading_bounds(self._limits))
            except BrokenOffError as error:
                raise _refusal(error, self._limits) from error


def reading_bounds(limits: LimitsSettings) -> Bounds:
    """What reading a stranger's course may use. The clock is more patient than the processor's: the machine may have
    other work."""
    seconds = limits.reading_seconds
    return Bounds(seconds, 2 * seconds, limits.reading_memory, MOST_OUTPUT)


def _refusal(error: BrokenOffError, limits: LimitsSettings) -> UploadError:
    match error.ending:
        case Ending.SLOW:
            return refusal("upload-too-slow", seconds=limits.reading_seconds)
        case Ending.MEMORY:
            return refusal("upload-too-much-memory", limit=readable_size(limits.reading_memory))
        case Ending.OUTPUT:
            return refusal("upload-too-much-output", limit=readable_size(MOST_OUTPUT))
        case Ending.KILLED:
            return refusal("upload-killed-parser", reason=error.reason)


@contextmanager
def _told() -> Iterator[None]:
    """A full or read-only disk, in the user's words."""
    try:
        yield
    except OSError as error:
        raise MachineError(_NO_ROOM.format(reason=system_reason(error))) from error
