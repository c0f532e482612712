"""Fills an empty catalogue: the institutions of an edition, people of each role, courses in every state, curricula."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import msgspec
from sqlalchemy import select

from catalog.database.models import Institution, Participation
from catalog.database.session import Database
from catalog.demonstration.bulk import Life, insert_lives
from catalog.demonstration.courses import EDITION, SampleCourse, members, sample_course, sample_courses
from catalog.demonstration.curricula import add_curricula
from catalog.demonstration.people import HOME, SamplePerson, add_people
from catalog.domain.states import State
from catalog.intake import reading, sources
from catalog.services import accounts, uploads
from catalog.services.facts import CourseFacts
from catalog.services.operator import operator
from catalog.services.uploads import Upload
from catalog.storage import Storage
from courses.reader import read_course
from schemas.errors import UsageError
from schemas.text import Text

WRITERS = Text("示例机构", "Sample institution")  # of the sample courses that people wrote
_SUSPENDED = Text("示例：暂停提交", "Sample: suspended")
_BEGINS = datetime(2022, 11, 7, 1, tzinfo=UTC)
_LASTS = timedelta(days=300)
# What has become of courses, in turn: mostly published, some with more behind or ahead of them.
HISTORIES: tuple[tuple[State, ...], ...] = (
    (State.PUBLISHED,),
    (State.SUPERSEDED, State.PUBLISHED),
    (State.PUBLISHED,),
    (State.PUBLISHED, State.SUBMITTED),
    (State.PUBLISHED,),
    (State.PUBLISHED, State.DRAFT),
    (State.PUBLISHED,),
    (State.SUPERSEDED, State.SUPERSEDED, State.PUBLISHED),
    (State.PUBLISHED,),
    (State.PUBLISHED, State.RETURNED),
    (State.PUBLISHED,),
    (State.WITHDRAWN,),
    (State.PUBLISHED,),
    (State.PUBLISHED,),
    (State.DRAFT,),
    (State.PUBLISHED,),
    (State.PUBLISHED,),
    (State.PUBLISHED,),
    (State.PUBLISHED,),
    (State.SUBMITTED,),
)
_NOT_EMPTY = Text(
    "目录里已经有内容，示例只写入空的目录，未作任何改动。",
    "The catalogue has something in it; samples fill an empty one only. Nothing was changed.",
)


class Demonstration(msgspec.Struct, frozen=True):
    """What was filled in."""

    courses: int
    institutions: int
    curricula: int
    people: tuple[SamplePerson, ...]


def fill(
    database: Database,
    storage: Storage,
    count: int,
    *,
    whole: bool = True,
    progress: Callable[[int], object] = int,
) -> Demonstration:
    """Fill an empty catalogue with `count` generated courses and those that people wrote as samples. All of it in one
    transaction. Raises UsageError where there is something in it already.

    Not `whole`: all generated versions name one and the same source, for benchmarks. `progress` is told each course.
    """
    with database.write() as session:
        if session.scalar(select(Institution.id).limit(1)) is not None:
            raise UsageError(_NOT_EMPTY)
        cause = operator()
        names = {"sample": WRITERS, **members()}
        for slug, name in names.items():
            made = accounts.add_institution(session, cause, slug, name)
            session.add(Participation(edition=EDITION, institution_id=made.id, row_version=1))
        people = add_people(session, cause)
        with tempfile.TemporaryDirectory(prefix="lingjun-demo-") as folder:
            shelf = _Shelf(storage, Path(folder), whole=whole, progress=progress)
            total = insert_lives(session, shelf.lives(count))
        curricula = add_curricula(session, operator(HOME), cause, shelf.published)
        accounts.suspend(session, cause, list(names)[-2], EDITION, _SUSPENDED.zh, suspended=True)
    return Demonstration(total, len(names), curricula, people)


class _Shelf:
    """Makes uploads of sample courses."""

    def __init__(
        self, storage: Storage, folder: Path, *, whole: bool, progress: Callable[[int], object]
    ) -> None:
        self._storage = storage
        self._folder = folder
        self._progress = progress
        self._shared = None if whole else self._written(sample_course(0), 1)
        self.published: list[CourseFacts] = []  # the first of them

    def lives(self, count: int) -> Iterator[Life]:
        """First the generated, so that the newest, those that people wrote, stand first in lists."""
        pause = _LASTS / (count + 100)
        for number, sample in enumerate(sample_courses(count)):
            history = HISTORIES[number % len(HISTORIES)]
            if State.PUBLISHED in history and len(self.published) < 100:
                self.published.append(sample.facts)
            versions = tuple(
                (self._upload(sample, revision), state) for revision, state in enumerate(history, 1)
            )
            yield Life(_BEGINS + number * pause, versions)
            self._progress(1)
        samples = Path(str(resources.files("courses") / "samples"))
        written = sorted(entry for entry in samples.iterdir() if (entry / "course.md").is_file())
        for number, course in enumerate(written, count):
            yield Life(_BEGINS + number * pause, ((self._stored(course), State.PUBLISHED),))
            self._progress(1)

    def _upload(self, sample: SampleCourse, revision: int) -> Upload:
        if self._shared is None:
            return self._written(sample, revision)
        digest = hashlib.sha256(f"{revision} {sample.text}".encode()).hexdigest()
        return msgspec.structs.replace(self._shared, facts=sample.facts, content_hash=digest)

    def _written(self, sample: SampleCourse, revision: int) -> Upload:
        course = self._folder / "course"
        course.mkdir(exist_ok=True)
        note = f"\n示例：第 {revision} 次修订。\n" if revision > 1 else ""
        (course / "course.md").write_text(sample.text + note, encoding="utf-8")
        return self._stored(course)

    def _stored(self, course: Path) -> Upload:
        """As an upload of that folder would be stored. (These need no confined process: we wrote them.)"""
        read = read_course(course)
        packed = sources.pack(course, self._folder / "source.zip")
        return uploads.store(self._storage, reading.bounded(read.course, read.diagnostics), packed)
