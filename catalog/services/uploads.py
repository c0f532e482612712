"""What an upload leaves in the storage before a row may name it: the source archive and what was read from it."""

import msgspec

from catalog.intake.reading import SourceReading, encode
from catalog.intake.sources import SourceArchive, SourceFile
from catalog.services.facts import CourseFacts, facts_of
from catalog.storage import Blob, Kind, Storage
from schemas.diagnostics import Severity
from schemas.errors import InputError
from schemas.text import Text

_ERRORS = Text(
    "课程有 {n} 个错误，未保存。请按提示修改后再上传。",
    "The course has errors ({n}) and was not stored. Cure them and upload it again.",
)


class Upload(msgspec.Struct, frozen=True):
    """An upload whose blobs are on the disk. `content_hash` is the course's `source_hash`."""

    facts: CourseFacts
    source: Blob
    reading: Blob
    files: tuple[SourceFile, ...]
    content_hash: str
    warnings: int


def store(storage: Storage, reading: SourceReading, archive: SourceArchive) -> Upload:
    """Put a source archive and its reading into the storage. Raises InputError, with the diagnostics, for a course that
    has errors: whatever the catalogue holds can be exported."""
    if reading.course is None or reading.errors:
        raise InputError(_ERRORS.format(n=len(reading.errors)), reading.diagnostics)
    return Upload(
        facts_of(reading.course),
        storage.put(Kind.SOURCE, archive.path),
        storage.put(Kind.READING, encode(reading)),
        archive.files,
        reading.course.source_hash,
        sum(found.severity is Severity.WARNING for found in reading.diagnostics),
    )
