"""Whatever people try in whatever order: the catalogue does what the tables of catalog.domain say, no more, no less."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.models import Course, Event, SearchRow, Version
from catalog.database.session import Database
from catalog.domain.errors import DomainError
from catalog.domain.roles import Action, Resource, allowed
from catalog.domain.states import SUPERSEDING, TRANSITIONS, State
from catalog.domain.states import Event as VersionEvent
from catalog.services import versions
from catalog.services.events import Cause
from tests.support.catalogue import People, populate, upload

_STEPS = {(line.action, line.before): line for line in TRANSITIONS}
_OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)
_ACTIONS = (Action.SUBMIT, Action.RECALL, Action.RETURN, Action.APPROVE, Action.WITHDRAW)
_COURSES = st.sampled_from(["a", "a", "a", "b"])
_STALE = st.sampled_from([False, False, False, False, True])
_WHO = st.sampled_from(range(5))


def _act(session: Session, action: Action, cause: Cause, version_id: int, etag: int) -> Version:
    match action:
        case Action.SUBMIT:
            return versions.submit(session, cause, version_id, if_match=etag)
        case Action.RECALL:
            return versions.recall(session, cause, version_id, if_match=etag)
        case Action.RETURN:
            return versions.return_version(session, cause, version_id, (), if_match=etag)
        case Action.APPROVE:
            return versions.approve(session, cause, version_id, if_match=etag)
        case _:
            return versions.withdraw(session, cause, version_id, "", if_match=etag)


class _Machine(RuleBasedStateMachine):
    """`model`: what the tables say each version is, by identifier: course, state, number, etag."""

    database: Database
    people: People
    run = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).run += 1
        self.prefix = f"run-{self.run}-"
        self.model: dict[int, list[object]] = {}
        self.numbers: dict[str, int] = {}
        self.written: list[str] = []

    @rule(course=_COURSES, who=_WHO, content=st.sampled_from("xyz"), stale=_STALE)
    def upload(self, course: str, who: int, content: str, stale: bool) -> None:
        slug, cause = self.prefix + course, self.people[who]
        open_ = next((i for i, row in self.model.items() if row[0] == slug and row[1] in _OPEN), None)
        before = self.model[open_][1] if open_ else None
        etag = self.model[open_][3] if open_ else None
        line = _STEPS.get((Action.UPLOAD, before))
        may = allowed(cause.actor, Action.UPLOAD, Resource("tsinghua"))
        expected = line is not None and may and not stale
        seen = 99 if stale else etag
        try:
            with self.database.write() as session:
                done = versions.upload(session, cause, upload(slug, content), if_match=seen)
        except DomainError:
            assert not expected
            return
        assert expected
        assert line is not None
        self.model[done.id] = [slug, line.after, None, done.row_version]
        self.written.append(line.event.value)

    @rule(action=st.sampled_from(_ACTIONS), who=_WHO, pick=st.integers(0, 20), stale=_STALE)
    def try_anything(self, action: Action, who: int, pick: int, stale: bool) -> None:
        if self.model:
            self._act(action, who, sorted(self.model)[pick % len(self.model)], stale)

    @rule(pick=st.integers(0, 50))
    def do_what_is_allowed(self, pick: int) -> None:
        steps = [
            (action, who, version_id)
            for version_id, row in sorted(self.model.items())
            for action in (Action.SUBMIT, Action.APPROVE, Action.APPROVE, Action.RETURN, Action.RECALL)
            for who in range(5)
            if (action, row[1]) in _STEPS and allowed(self.people[who].actor, action, Resource("tsinghua"))
        ]
        if steps:
            self._act(*steps[pick % len(steps)], stale=False)

    def _act(self, action: Action, who: int, version_id: int, stale: bool) -> None:
        slug, state, number, etag = self.model[version_id]
        cause = self.people[who]
        line = _STEPS.get((action, state))
        may = allowed(cause.actor, action, Resource("tsinghua"))
        expected = line is not None and may and not stale
        try:
            with self.database.write() as session:
                _act(session, action, cause, version_id, etag - 1 if stale else etag)
        except DomainError:
            assert not expected
            return
        assert expected
        self.written.append(line.event.value)
        if action is Action.APPROVE:
            self._supersede(slug)
            number = self.numbers[slug] = self.numbers.get(slug, 0) + 1
        self.model[version_id] = [slug, line.after, number, etag + 1]

    def _supersede(self, slug: str) -> None:
        for row in self.model.values():
            if row[0] == slug and row[1] is State.PUBLISHED:
                row[1] = SUPERSEDING.after
                row[3] += 1
                self.written.append(SUPERSEDING.event.value)

    @invariant()
    def the_database_is_what_the_tables_say(self) -> None:
        ours = select(Course.id).where(Course.slug.startswith(self.prefix))
        with self.database.read() as session:
            rows = session.scalars(select(Version).where(Version.course_id.in_(ours)))
            found = {row.id: [State(row.state), row.number, row.row_version] for row in rows}
            assert found == {version_id: row[1:] for version_id, row in self.model.items()}
            actions = session.scalars(
                select(Event.action).where(Event.course_id.in_(ours)).order_by(Event.id)
            ).all()
            assert sorted(actions) == sorted(self.written)
            findable = session.scalar(select(func.count()).where(SearchRow.course_id.in_(ours)))
            assert findable == sum(row[1] is State.PUBLISHED for row in self.model.values())


def test_the_catalogue_does_what_its_tables_say(database: Database) -> None:
    _Machine.database = database
    _Machine.people = populate(database)
    checks = settings(
        max_examples=20,
        stateful_step_count=45,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(_Machine, settings=checks)
    with database.read() as session:
        happened = set(session.scalars(select(Event.action).where(Event.version_id.is_not(None))))
    assert happened == {event.value for event in VersionEvent}  # the walk was long enough
