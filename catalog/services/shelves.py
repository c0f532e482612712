"""Where versions are found: courses and curricula have addresses and lists of the same kind."""

from typing import Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from catalog.database.models import Course, Curriculum, CurriculumVersion, Institution, Version
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import Actor, Resource, allowed, require
from catalog.domain.states import OPEN, READING, State
from catalog.services.pages import Page, decode_cursor, encode_cursor
from schemas.text import Text

V = TypeVar("V", Version, CurriculumVersion)
_VERSION = Text("“{name}”的这个版本", "such version of “{name}”")


class Shelf(Generic[V]):
    """All versions of one kind of thing."""

    def __init__(
        self,
        version: type[V],
        owner: type[Course] | type[Curriculum],
        owner_id: InstrumentedAttribute[int],
        relation: InstrumentedAttribute[Course] | InstrumentedAttribute[Curriculum],
        words: Text,
        kind: str,
    ) -> None:
        """`owner_id` and `relation`: what leads from a version to its course or curriculum; `words` name it; `kind`
        keeps cursors of one shelf from another's."""
        self._version: type[V] = version
        self._owner = owner
        self._owner_id = owner_id
        self._relation = relation
        self._words = words
        self._kind = kind

    def rows(self) -> Select[V]:
        """Versions with what they are of."""
        return select(self._version).options(joinedload(self._relation, innerjoin=True))

    def versions_of(self, session: Session, actor: Actor, institution: str, slug: str) -> list[V]:
        """The versions of one thing that the actor may see, the newest first. Raises NotFoundError where there is none."""
        rows = self.rows().where(self._owner_id == self._owner_of(session, institution, slug))
        states = _visible(actor, institution)
        found = session.scalars(rows.order_by(self._version.id.desc()))
        seen = [version for version in found if State(version.state) in states]
        if not seen:
            raise NotFoundError(self._words.format(name=f"{institution}/{slug}"))
        return seen

    def version_by_number(
        self, session: Session, actor: Actor, institution: str, slug: str, number: int | None
    ) -> V:
        """A numbered version, or (None) the one that is published now. Raises NotFoundError."""
        rows = self.rows().where(self._owner_id == self._owner_of(session, institution, slug))
        wanted = self._version.state == State.PUBLISHED if number is None else self._version.number == number
        version = session.scalar(rows.where(wanted))
        words = _VERSION.format(name=f"{institution}/{slug}")
        if version is None:
            raise NotFoundError(words)
        see = READING[State(version.state)]
        require(actor, see, Resource(institution), see=see, what=words)
        return version

    def open_version(self, session: Session, actor: Actor, institution: str, slug: str) -> V | None:
        """The version that is being worked on, where there is one and the actor may see it."""
        rows = self.rows().where(
            self._owner_id.in_(self._owner_ids([institution]).where(self._owner.slug == slug)),
            self._version.state.in_(OPEN),
        )
        version = session.scalar(rows)
        if version is None or State(version.state) not in _visible(actor, institution):
            return None
        return version

    def in_state(
        self, session: Session, actor: Actor, state: State, *, cursor: str = "", limit: int = 20
    ) -> Page[V]:
        """One page of all versions in a state that the actor may see, the one that waits longest first: what reviewers
        have before them, what an institution's people are working on."""
        rows = self.rows().where(self._version.state == state).order_by(self._version.id).limit(limit + 1)
        if not allowed(actor, READING[state], Resource()):
            slugs = {grant.institution_slug for grant in actor.roles if grant.institution_slug is not None}
            mine = [slug for slug in slugs if allowed(actor, READING[state], Resource(slug))]
            rows = rows.where(self._owner_id.in_(self._owner_ids(mine)))
        kind = f"{self._kind}{state.value}"
        if cursor:
            rows = rows.where(self._version.id > decode_cursor(cursor, kind, 1)[0])
        found = list(session.scalars(rows))
        more = encode_cursor(kind, found[limit - 1].id) if len(found) > limit else ""
        return Page(found[:limit], more)

    def _owner_ids(self, institutions: list[str]) -> Select[int]:
        owners = select(self._owner.id).join(Institution, Institution.id == self._owner.institution_id)
        return owners.where(Institution.slug.in_(institutions))

    def _owner_of(self, session: Session, institution: str, slug: str) -> int:
        found = session.scalar(self._owner_ids([institution]).where(self._owner.slug == slug))
        if found is None:
            raise NotFoundError(self._words.format(name=f"{institution}/{slug}"))
        return found


def _visible(actor: Actor, institution: str) -> frozenset[State]:
    return frozenset(state for state in State if allowed(actor, READING[state], Resource(institution)))


COURSES = Shelf(
    Version, Course, Version.course_id, Version.course, Text("课程“{name}”", "course “{name}”"), ""
)
CURRICULA = Shelf(
    CurriculumVersion,
    Curriculum,
    CurriculumVersion.curriculum_id,
    CurriculumVersion.curriculum,
    Text("培训方案“{name}”", "curriculum “{name}”"),
    "curriculum-",
)
