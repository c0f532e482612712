"""Courses and versions by their addresses, and the lists that people work from."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalog.database.models import Course, Institution, Version
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import Actor, Resource, allowed, require
from catalog.domain.states import READING, State
from catalog.services.pages import Page, decode_cursor, encode_cursor
from catalog.services.versions import OPEN
from schemas.text import Text

_COURSE = Text("课程“{name}”", "course “{name}”")
_VERSION = Text("“{name}”的这个版本", "such version of “{name}”")


def course(session: Session, institution: str, slug: str) -> Course:
    """A course by its address. Raises NotFoundError. That a course exists tells nothing of its drafts: show it only
    where `versions_of` has something for the actor."""
    found = session.scalar(
        select(Course)
        .join(Institution, Institution.id == Course.institution_id)
        .where(Institution.slug == institution, Course.slug == slug)
    )
    if found is None:
        raise NotFoundError(_COURSE.format(name=f"{institution}/{slug}"))
    return found


def versions_of(session: Session, actor: Actor, institution: str, slug: str) -> list[Version]:
    """The versions of a course that the actor may see, the newest first. Raises NotFoundError where there is none."""
    found = course(session, institution, slug)
    rows = select(Version).where(Version.course_id == found.id).order_by(Version.id.desc())
    rows = rows.options(joinedload(Version.course, innerjoin=True))
    states = _visible(actor, institution)
    seen = [version for version in session.scalars(rows) if State(version.state) in states]
    if not seen:
        raise NotFoundError(_COURSE.format(name=f"{institution}/{slug}"))
    return seen


def version_by_number(
    session: Session, actor: Actor, institution: str, slug: str, number: int | None
) -> Version:
    """A numbered version, or (None) the one that is published now. Raises NotFoundError."""
    found = course(session, institution, slug)
    rows = select(Version).where(Version.course_id == found.id)
    rows = rows.where(
        Version.state == State.PUBLISHED if number is None else Version.number == number
    ).options(joinedload(Version.course, innerjoin=True))
    version = session.scalar(rows)
    words = _VERSION.format(name=f"{institution}/{slug}")
    if version is None:
        raise NotFoundError(words)
    see = READING[State(version.state)]
    require(actor, see, Resource(institution), see=see, what=words)
    return version


def open_version(session: Session, actor: Actor, institution: str, slug: str) -> Version | None:
    """The version of a course that is being worked on, where there is one and the actor may see it."""
    version = session.scalar(
        select(Version)
        .join(Course, Course.id == Version.course_id)
        .join(Institution, Institution.id == Course.institution_id)
        .where(Institution.slug == institution, Course.slug == slug, Version.state.in_(OPEN))
    )
    if version is None or State(version.state) not in _visible(actor, institution):
        return None
    return version


def in_state(
    session: Session, actor: Actor, state: State, *, cursor: str = "", limit: int = 20
) -> Page[Version]:
    """One page of all versions in a state that the actor may see, the one that waits longest first: what reviewers
    have before them, what an institution's people are working on."""
    rows = (
        select(Version)
        .where(Version.state == state)
        .order_by(Version.id)
        .limit(limit + 1)
        .options(joinedload(Version.course, innerjoin=True))
    )
    if not allowed(actor, READING[state], Resource()):
        slugs = {grant.institution_slug for grant in actor.roles if grant.institution_slug is not None}
        mine = [slug for slug in slugs if allowed(actor, READING[state], Resource(slug))]
        courses = select(Course.id).join(Institution, Institution.id == Course.institution_id)
        rows = rows.where(Version.course_id.in_(courses.where(Institution.slug.in_(mine))))
    if cursor:
        rows = rows.where(Version.id > decode_cursor(cursor, state.value, 1)[0])
    found = list(session.scalars(rows))
    more = encode_cursor(state.value, found[limit - 1].id) if len(found) > limit else ""
    return Page(found[:limit], more)


def institutions(session: Session) -> list[Institution]:
    """Every institution, by slug."""
    return list(session.scalars(select(Institution).order_by(Institution.slug)))


def _visible(actor: Actor, institution: str) -> frozenset[State]:
    return frozenset(state for state in State if allowed(actor, READING[state], Resource(institution)))
