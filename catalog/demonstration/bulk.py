"""Whole lives of courses' versions in few statements: the one way to fill a catalogue with thousands of courses.

The rows are those that the services write step by step (a test compares them); only that nobody is asked for
permission and nothing is locked. So this is for a catalogue that nobody else writes to.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalog.database import dump, search_index
from catalog.database.base import Base
from catalog.database.models import (
    Comment,
    Course,
    Event,
    Institution,
    SearchFacet,
    SearchRow,
    Version,
    VersionFile,
    VersionTheme,
)
from catalog.database.search_index import Indexed
from catalog.domain.states import Event as Happened
from catalog.domain.states import State
from catalog.services import search
from catalog.services.facts import write_facts
from catalog.services.tokens import index_tokens
from catalog.services.uploads import Upload

ACTOR = "示例 sample"
ORIGIN = "demo"
REASON = "示例：内容已过时"
COMMENT = "示例意见：请补充数据来源。"
_STEP = timedelta(minutes=1)
_AT_ONCE = 500
_REVIEWED = (Happened.DRAFTED, Happened.SUBMITTED)
# What happens to a version until it stands in a state. (That it is superseded happens when the next is published.)
_UNTIL = {
    State.DRAFT: _REVIEWED[:1],
    State.SUBMITTED: _REVIEWED,
    State.RETURNED: (*_REVIEWED, Happened.RETURNED),
    State.PUBLISHED: (*_REVIEWED, Happened.PUBLISHED),
    State.SUPERSEDED: (*_REVIEWED, Happened.PUBLISHED),
    State.WITHDRAWN: (*_REVIEWED, Happened.PUBLISHED, Happened.WITHDRAWN),
}


class Life(msgspec.Struct, frozen=True):
    """A course's versions from the first to the last: what was uploaded, and where it stands now."""

    begins: datetime
    versions: tuple[tuple[Upload, State], ...]


def insert_lives(session: Session, lives: Iterable[Life]) -> int:
    """Write these courses; how many. Their institutions must be there."""
    writer = _Writer(session)
    connection = session.connection()
    count = 0
    rest = iter(lives)
    # The files of a published version are guarded, and here they come after it.
    with dump.without_triggers(connection, [Base.metadata.tables[VersionFile.__tablename__]]):
        while batch := list(islice(rest, _AT_ONCE)):
            for life in batch:
                writer.take(life)
            writer.flush()
            count += len(batch)
    writer.finish()
    return count


class _Writer:
    """Rows in the making, and the numbers that they get."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._institutions = {row.slug: row for row in session.scalars(select(Institution))}
        numbered: tuple[type[Base], ...] = (Course, Version, Event, SearchRow, Comment)
        self._last = {model: self._highest(model) for model in numbered}
        self._rows: dict[type[Base], list[dict[str, object]]] = {}
        self._words: list[Indexed] = []

    def take(self, life: Life) -> None:
        """Make a course's rows."""
        facts = life.versions[0][0].facts
        institution = self._institutions[facts.institution]
        course = Course(id=self._number(Course), slug=facts.id, institution=institution)
        published: list[int] = []
        moment = life.begins
        for upload, state in life.versions:
            version_id = self._number(Version)
            happened = _UNTIL[state]
            number = len(published) + 1 if Happened.PUBLISHED in happened else None
            self._version(course, version_id, upload, state, number, moment)
            for step in happened:
                detail = _detail(step, upload, number)
                self._event(course, version_id, step, moment, detail, upload.facts.themes)
                if step is Happened.PUBLISHED and published:
                    superseded = {"number": number and number - 1, "superseded_by": number}
                    self._event(course, published[-1], Happened.SUPERSEDED, moment, superseded)
                moment += _STEP
            if number is not None:
                published.append(version_id)
            if state is State.PUBLISHED:
                self._findable(course, version_id, upload, moment)
        self._row(
            Course,
            id=course.id,
            institution_id=institution.id,
            slug=facts.id,
            last_number=len(published),
            created_at=life.begins,
        )

    def flush(self) -> None:
        """Write what was made, each table after those that it refers to."""
        for table in Base.metadata.sorted_tables:
            for model in [model for model in self._rows if model.__table__ is table]:
                self._session.execute(insert(model), self._rows.pop(model))
        if self._words:
            search_index.put(self._session.connection(), self._words)
            self._words.clear()

    def finish(self) -> None:
        """Let the databases' own numbers go on after ours."""
        connection = self._session.connection()
        if connection.dialect.name == "postgresql":
            for model in self._last:
                dump.go_on_counting(connection, Base.metadata.tables[model.__tablename__])

    def _version(
        self,
        course: Course,
        version_id: int,
        upload: Upload,
        state: State,
        number: int | None,
        begins: datetime,
    ) -> None:
        facts = upload.facts
        happened = _UNTIL[state]
        steps = len(happened) + (state is State.SUPERSEDED)
        self._row(
            Version,
            id=version_id,
            course_id=course.id,
            number=number,
            state=state.value,
            row_version=steps,
            source_sha256=upload.source.sha256,
            source_size=upload.source.size,
            reading_sha256=upload.reading.sha256,
            content_hash=upload.content_hash,
            edition=facts.edition,
            language=facts.language,
            title_zh=facts.title.zh,
            title_en=facts.title.en,
            facts=write_facts(facts),
            warnings=upload.warnings,
            created_by=None,
            created_at=begins,
            changed_at=begins + (steps - 1) * _STEP,
            submitted_at=begins + _STEP if Happened.SUBMITTED in happened else None,
            published_at=begins + 2 * _STEP if number is not None else None,
        )
        for file in upload.files:
            self._row(VersionFile, version_id=version_id, path=file.path, size=file.size, sha256=file.sha256)
        if state is State.RETURNED:
            self._row(
                Comment,
                id=self._number(Comment),
                version_id=version_id,
                person_id=None,
                source_sha256=upload.source.sha256,
                file=upload.files[0].path,
                line=1,
                body=COMMENT,
                created_at=begins + 2 * _STEP,
            )

    def _event(
        self,
        course: Course,
        version_id: int,
        step: Happened,
        moment: datetime,
        detail: Mapping[str, object],
        themes: Iterable[str] = (),
    ) -> None:
        event_id = self._number(Event)
        if step is Happened.PUBLISHED:
            for theme in themes:
                self._row(VersionTheme, theme=theme, event_id=event_id, version_id=version_id)
        self._row(
            Event,
            id=event_id,
            at=moment,
            action=step.value,
            actor_id=None,
            actor_name=ACTOR,
            origin=ORIGIN,
            request_id="",
            institution_id=course.institution.id,
            course_id=course.id,
            version_id=version_id,
            curriculum_id=None,
            person_id=None,
            detail=detail,
        )

    def _findable(self, course: Course, version_id: int, upload: Upload, moment: datetime) -> None:
        row_id = self._number(SearchRow)
        title, text = search.title_of(upload.facts), search.text_of(upload.facts, course)
        self._row(
            SearchRow,
            id=row_id,
            course_id=course.id,
            version_id=version_id,
            title=title,
            text=text,
            published_at=moment - _STEP,
        )
        for kind, value in dict.fromkeys(search.facets_of(upload.facts, course)):
            self._row(SearchFacet, kind=kind, value=value, row_id=row_id)
        self._words.append(Indexed(row_id, index_tokens(title), index_tokens(text)))

    def _row(self, model: type[Base], **values: object) -> None:
        self._rows.setdefault(model, []).append(values)

    def _number(self, model: type[Base]) -> int:
        self._last[model] += 1
        return self._last[model]

    def _highest(self, model: type[Base]) -> int:
        key = Base.metadata.tables[model.__tablename__].c.id
        return self._session.scalar(select(func.max(key))) or 0


def _detail(step: Happened, upload: Upload, number: int | None) -> Mapping[str, object]:
    """What the services write beside each kind of event."""
    match step:
        case Happened.DRAFTED:
            return {"source": upload.source.sha256}
        case Happened.RETURNED:
            return {"comments": 1}
        case Happened.PUBLISHED:
            return {"number": number, "supersedes": number - 1 if number and number > 1 else None}
        case Happened.WITHDRAWN:
            return {"reason": REASON, "number": number}
        case _:
            return {}
