"""The list of courses: what was asked for, what was found, and where each facet leads."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import SearchRow, Version
from catalog.services.facets import FacetIndex
from catalog.services.facts import CourseFacts, read_facts
from catalog.services.highlight import Segment, excerpt, highlight
from catalog.services.search import KINDS
from catalog.web.api.bulk import MOST
from catalog.web.site.names import institution_names, name_of
from catalog.web.site.page import Page
from catalog.web.site.words import FOUND, FOUND_ONE, KIND_NAMES, MATCHING
from schemas.text import Text

_ROWS = 20
_MOST_VALUES = 12  # of a facet
_EXCERPT = 140  # characters


class Value(msgspec.Struct, frozen=True):
    """A facet value: its name, how many courses, whether it is chosen, and where a click leads."""

    name: str
    count: int
    chosen: bool
    address: str


class Facet(msgspec.Struct, frozen=True):
    """One kind of property. `all_address` leads to the list without it."""

    kind: str
    name: str
    values: tuple[Value, ...]
    all_address: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A course in the list."""

    address: str
    title: Sequence[Segment]
    title_language: str
    summary: Sequence[Segment]
    institution: str
    themes: tuple[str, ...]
    hours: str
    mode: str
    published: str
    sample: bool


class _Line(NamedTuple):
    published_at: datetime
    facts: CourseFacts


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list."""

    query: str
    found: str
    themes: Facet
    facets: tuple[Facet, ...]
    chosen: tuple[Value, ...]
    items: tuple[Item, ...]
    next: str
    first: str
    clear: str
    bulk: str  # address of what matches as one archive; empty where that takes fewer or more conditions
    hidden: tuple[tuple[str, str], ...]  # what the search form keeps


def listing(session: Session, index: FacetIndex, page: Page) -> Listing:
    """What the page shows. Raises UsageError for a foreign cursor."""
    query, cursor = page.one("q"), page.one("cursor")
    chosen = {kind: [value for name, value in page.query if name == kind] for kind in KINDS}
    names = institution_names(session)
    counts = index.count(session, query, chosen)
    edition = next(iter(chosen["edition"] or counts["edition"]), "")
    facets = {kind: _facet(page, kind, counts[kind], chosen[kind], names, edition) for kind in KINDS}
    rows = index.rows(session, query, chosen, cursor=cursor, limit=_ROWS)
    total = _total(counts["institution"], chosen["institution"])
    return Listing(
        query=query,
        found=_found(page, query, total),
        themes=facets["theme"],
        facets=tuple(facet for kind, facet in facets.items() if kind != "theme" and facet.values),
        chosen=tuple(value for facet in facets.values() for value in facet.values if value.chosen),
        items=tuple(_item(page, line, query, names) for line in _lines(session, rows.rows)),
        next=page.address("/", [*page.without("cursor"), ("cursor", rows.next)]) if rows.next else "",
        first=page.address("/", page.without("cursor")) if cursor else "",
        clear=page.address("/", []),
        bulk=_bulk(page) if 0 < total <= MOST else "",
        hidden=tuple(pair for pair in page.query if pair[0] in KINDS or pair[0] == "lang"),
    )


def _lines(session: Session, rows: Sequence[int]) -> list[_Line]:
    """What a card needs, and no whole objects: twenty of those cost more than all else on the page."""
    found = session.execute(
        select(SearchRow.id, SearchRow.published_at, Version.facts)
        .join(Version, Version.id == SearchRow.version_id)
        .where(SearchRow.id.in_(rows))
    )
    lines = {row: _Line(published, read_facts(facts)) for row, published, facts in found}
    return [lines[row] for row in rows if row in lines]


def _total(counts: dict[str, int], chosen: Sequence[str]) -> int:
    """A course has exactly one institution, so that these add up."""
    return sum(count for value, count in counts.items() if not chosen or value in chosen)


def _found(page: Page, query: str, total: int) -> str:
    if query:
        return page.say(MATCHING.format(query=query, n=f"{total:,}"))
    return page.say(FOUND_ONE if total == 1 else FOUND.format(n=f"{total:,}"))


def _bulk(page: Page) -> str:
    chosen = [pair for pair in page.query if pair[0] == "q" or pair[0] in KINDS]
    return f"/api/v1/packages?{urlencode([('format', 'scorm12'), ('lms', 'generic'), *chosen])}"


def _facet(
    page: Page, kind: str, counts: dict[str, int], chosen: Sequence[str], names: dict[str, Text], edition: str
) -> Facet:
    shown = list(dict.fromkeys([*chosen, *list(counts)[:_MOST_VALUES]]))

    def values() -> Iterator[Value]:
        rest = page.without("cursor")
        for value in shown:
            pair = (kind, value)
            query = [one for one in rest if one != pair] if value in chosen else [*rest, pair]
            name = page.say(name_of(kind, value, names, edition))
            yield Value(name, counts.get(value, 0), value in chosen, page.address("/", query))

    everything = page.address("/", page.without("cursor", kind))
    return Facet(kind, page.say(KIND_NAMES[kind]), tuple(values()), everything)


def _item(page: Page, line: _Line, query: str, names: dict[str, Text]) -> Item:
    facts = line.facts
    summary = page.say(facts.summary)
    return Item(
        address=page.address(f"/courses/{facts.institution}/{facts.id}", []),
        title=highlight(page.say(facts.title), query),
        title_language=page.tag_of(facts.title),
        summary=excerpt(summary, query, _EXCERPT) if summary else (),
        institution=page.say(name_of("institution", facts.institution, names)),
        themes=tuple(page.say(name_of("theme", t, names, facts.edition)) for t in facts.themes),
        hours=f"{facts.hours:g}",
        mode=page.say(name_of("mode", facts.mode.value, names)),
        published=line.published_at.date().isoformat(),
        sample=facts.sample,
    )
