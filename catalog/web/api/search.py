"""Finding courses: words, facets, suggestions."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, Parameter, QueryParameter
from sqlalchemy import select

from catalog.database.models import SearchRow, Version
from catalog.services import search
from catalog.services.facts import CourseFacts, read_facts
from catalog.services.highlight import Segment, excerpt, highlight
from catalog.services.search import Chosen
from catalog.services.tokens import MAX_QUERY
from catalog.web.language import AnyRequest
from catalog.web.paging import Cursor, Limit, Listed, listed
from catalog.web.parts import Parts

_EXCERPT = 140  # characters
_MOST_VALUES = 50  # facet values that may be chosen of a kind

Words = Annotated[
    str, QueryParameter(name="q", max_length=MAX_QUERY, description="What to find, in Chinese or English.")
]
Beginning = Annotated[str, Parameter(max_length=MAX_QUERY, description="What the reader has typed so far.")]
Values = Annotated[list[str], Parameter(max_items=_MOST_VALUES, description="Any of these values.")]


class FoundCourse(msgspec.Struct, frozen=True):
    """A course that was found, in the version that is published. `title_marks` and `excerpt` show the words found."""

    institution: str
    course: str
    number: int
    version_id: int
    published_at: datetime
    title_marks: tuple[Segment, ...]
    excerpt: tuple[Segment, ...]
    facts: CourseFacts


@get("/courses", sync_to_thread=True)
def find_courses(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    words: Words = "",
    theme: FromQuery[Values | None] = None,
    institution: FromQuery[Values | None] = None,
    edition: FromQuery[Values | None] = None,
    tier: FromQuery[Values | None] = None,
    language: FromQuery[Values | None] = None,
    mode: FromQuery[Values | None] = None,
    cursor: FromQuery[Cursor] = "",
    limit: FromQuery[Limit] = 20,
) -> Response[Listed[FoundCourse]]:
    """Published courses with all of the words, those with all of them in the title first, the newest first."""
    chosen = chosen_of(locals())
    with parts.database.read() as session:
        page = parts.facets.rows(session, words, chosen, cursor=cursor, limit=limit)
        rows = session.execute(
            select(SearchRow.id, SearchRow.published_at, Version.id, Version.number, Version.facts)
            .join(Version, Version.id == SearchRow.version_id)
            .where(SearchRow.id.in_(page.rows))
        )
        found = {
            row_id: _found(words, at, version, number or 0, facts)
            for row_id, at, version, number, facts in rows
        }
    return listed(request, [found[row] for row in page.rows if row in found], page.next)


@get("/facets", sync_to_thread=True)
def count_facets(
    parts: NamedDependency[Parts],
    words: Words = "",
    theme: FromQuery[Values | None] = None,
    institution: FromQuery[Values | None] = None,
    edition: FromQuery[Values | None] = None,
    tier: FromQuery[Values | None] = None,
    language: FromQuery[Values | None] = None,
    mode: FromQuery[Values | None] = None,
) -> dict[str, dict[str, int]]:
    """For each kind the values that occur, with how many courses each would leave; the most frequent first."""
    chosen = chosen_of(locals())
    with parts.database.read() as session:
        return parts.facets.count(session, words, chosen)


@get("/suggestions", sync_to_thread=True)
def suggest(parts: NamedDependency[Parts], beginning: FromQuery[Beginning]) -> list[str]:
    """Titles that a reader who typed this may mean."""
    with parts.database.read() as session:
        return search.suggest(session, beginning)


def chosen_of(given: dict[str, Any]) -> Chosen:
    """What a handler was given of each kind of filter."""
    return {kind: tuple(given[kind] or ()) for kind in search.KINDS}


def _found(words: str, published_at: datetime, version_id: int, number: int, encoded: str) -> FoundCourse:
    facts = read_facts(encoded)
    title = facts.title.say("zh")
    return FoundCourse(
        facts.institution,
        facts.id,
        number,
        version_id,
        published_at,
        tuple(highlight(title, words)),
        tuple(excerpt(facts.summary.say("zh"), words, _EXCERPT)),
        facts,
    )


HANDLERS = (find_courses, count_facets, suggest)
