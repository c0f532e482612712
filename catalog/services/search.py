"""Finding courses: by words, by facets, the same on both databases.

A course is found when it has every word of the query. Those with all of them in the title come first, the newest
publication first; so a page is a walk down one index, however many there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, delete, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from catalog.database import search_index
from catalog.database.models import Course, SearchFacet, SearchRow, Version
from catalog.database.search_index import Within
from catalog.services import events
from catalog.services.events import NOTHING, Cause
from catalog.services.facts import CourseFacts, read_facts
from catalog.services.pages import Page, decode_cursor, encode_cursor
from catalog.services.tokens import index_tokens, query_terms
from schemas.edition import editions

KINDS = ("theme", "institution", "edition", "tier", "language", "mode")
REBUILT = "search-rebuilt"
_MOST_TEXT = 4_000  # characters beside the title
_MOST_SUGGESTIONS = 10

Chosen = Mapping[str, Sequence[str]]  # facet values by kind: any of a kind's, all of the kinds


class Hit(NamedTuple):
    """A course that was found."""

    row: SearchRow
    version: Version
    course: Course


def find(session: Session, query: str, chosen: Chosen, *, cursor: str = "", limit: int = 20) -> Page[Hit]:
    """One page of what matches. Without words in `query`, everything. Raises UsageError for a foreign `cursor`."""
    terms = query_terms(query)
    tier, before = decode_cursor(cursor, "search", 2) if cursor else (0, 0)
    # First those whose title has it all (tier 0), then the others (tier 1).
    tiers = list(Within) if terms else [None]
    found: list[tuple[int, int]] = []
    for number in range(tier, len(tiers)):
        rows = select(SearchRow.id).order_by(SearchRow.id.desc()).limit(limit + 1 - len(found))
        within = tiers[number]
        if within is not None:
            rows = rows.where(search_index.has(session, SearchRow.id, terms, within))
        if before and number == tier:
            rows = rows.where(SearchRow.id < before)
        found += [(number, row_id) for row_id in session.scalars(_filtered(rows, chosen))]
        if len(found) > limit:
            break
    shown = found[:limit]
    more = encode_cursor("search", *shown[-1]) if len(found) > limit else ""
    return Page(_hits(session, [row_id for _, row_id in shown]), more)


def suggest(session: Session, beginning: str, *, limit: int = 8) -> list[str]:
    """Titles that a reader who typed this may mean, the newest first, each once."""
    terms = query_terms(beginning)
    if not terms:
        return []
    rows = (
        select(SearchRow.title)
        .where(search_index.has(session, SearchRow.id, terms, Within.TITLE))
        .order_by(SearchRow.id.desc())
        .limit(4 * min(limit, _MOST_SUGGESTIONS))
    )
    return list(dict.fromkeys(session.scalars(rows)))[: min(limit, _MOST_SUGGESTIONS)]


def index_version(session: Session, version: Version, course: Course) -> None:
    """Make a published version findable in place of the course's earlier one."""
    events.take_turn(session)  # whoever sees a row sees all with lower identifiers
    earlier = session.scalar(select(SearchRow.id).where(SearchRow.course_id == course.id))
    if earlier is not None:
        _remove(session, earlier)
    facts = read_facts(version.facts)
    title, text = title_of(facts), text_of(facts, course)
    assert version.published_at is not None  # noqa: S101
    row = SearchRow(
        course_id=course.id,
        version_id=version.id,
        title=title,
        text=text,
        published_at=version.published_at,
    )
    session.add(row)
    session.flush()
    session.add_all(
        SearchFacet(kind=kind, value=value, row_id=row.id)
        for kind, value in dict.fromkeys(facets_of(facts, course))
    )
    session.flush()
    indexed = search_index.Indexed(row.id, index_tokens(title), index_tokens(text))
    search_index.put(session.connection(), [indexed])


def remove_version(session: Session, version_id: int) -> None:
    """Make a version unfindable, where it was findable."""
    row_id = session.scalar(select(SearchRow.id).where(SearchRow.version_id == version_id))
    if row_id is not None:
        _remove(session, row_id)


def rebuild(session: Session, cause: Cause) -> int:
    """Index everything that is published anew, in the order of publication; how many courses."""
    events.take_turn(session)
    for row_id in session.scalars(select(SearchRow.id)).all():
        _remove(session, row_id)
    published = (
        select(Version)
        .where(Version.state == "published")
        .order_by(Version.published_at, Version.id)
        .options(joinedload(Version.course, innerjoin=True))
    )
    count = 0
    for version in session.scalars(published):
        index_version(session, version, version.course)
        count += 1
    events.write(session, cause, REBUILT, NOTHING, courses=count)
    return count


def title_of(facts: CourseFacts) -> str:
    """The title in both languages, as far as there are two."""
    return " · ".join(dict.fromkeys(filter(None, (facts.title.zh, facts.title.en))))


def text_of(facts: CourseFacts, course: Course) -> str:
    """What a course can be found by beside its title: summary, objectives, people, institution, themes, the titles of
    modules and lessons, headings. At most 4,000 characters."""
    parts: list[str] = []
    parts += (facts.summary.zh, facts.summary.en, facts.id)
    parts += (course.institution.name_zh, course.institution.name_en)
    edition = editions().get(facts.edition)
    names = {term.slug: term.name for term in (*edition.themes, *edition.tiers)} if edition else {}
    for slug in (*facts.themes, *facts.audience):
        name = names.get(slug)
        parts += (name.zh, name.en) if name else (slug,)
    for objective in facts.objectives:
        parts += (objective.text.zh, objective.text.en)
    for person in facts.instructors:
        parts += (person.name.zh, person.name.en, person.affiliation.zh, person.affiliation.en)
    for module in facts.modules:
        parts.append(module.title)
        for lesson in module.lessons:
            parts += (lesson.title, *lesson.headings)
    return "\n".join(dict.fromkeys(filter(None, parts)))[:_MOST_TEXT]


def facets_of(facts: CourseFacts, course: Course) -> Iterator[tuple[str, str]]:
    """What a course can be chosen by: kind and value."""
    yield from (("theme", theme) for theme in facts.themes)
    yield from (("tier", tier) for tier in facts.audience)
    yield "institution", course.institution.slug
    yield "edition", facts.edition
    yield "language", facts.language
    yield "mode", facts.mode.value


def _remove(session: Session, row_id: int) -> None:
    search_index.remove(session.connection(), row_id)
    session.execute(delete(SearchFacet).where(SearchFacet.row_id == row_id))
    session.execute(delete(SearchRow).where(SearchRow.id == row_id))
    session.flush()


def _filtered(rows: Select[int], chosen: Chosen) -> Select[int]:
    for kind, values in chosen.items():
        if values:
            rows = rows.where(_is_one_of(SearchRow.id, kind, values))
    return rows


def _is_one_of(row_id: InstrumentedAttribute[int], kind: str, values: Sequence[str]) -> ColumnElement[bool]:
    facet = aliased(SearchFacet)  # the query around it may count facets itself
    return exists().where(facet.kind == kind, facet.value.in_(values), facet.row_id == row_id)


def _hits(session: Session, ids: Sequence[int]) -> list[Hit]:
    rows = (
        select(SearchRow, Version, Course)
        .join(Version, Version.id == SearchRow.version_id)
        .join(Course, Course.id == SearchRow.course_id)
        .where(SearchRow.id.in_(ids))
    )
    by_id = {row.id: Hit(row, version, course) for row, version, course in session.execute(rows)}
    return [by_id[row_id] for row_id in ids]
