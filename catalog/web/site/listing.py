"""The list of courses: what was asked for, what was found, and where each facet leads."""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy.orm import Session

from catalog.services import lists, search
from catalog.services.facets import FacetIndex
from catalog.services.facts import read_facts
from catalog.services.highlight import Segment, excerpt, highlight
from catalog.services.search import Hit
from catalog.web.site.names import name_of
from catalog.web.site.page import Page
from catalog.web.site.words import FOUND, FOUND_ONE, KINDS, MATCHING
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
    hidden: tuple[tuple[str, str], ...]  # what the search form keeps


def listing(session: Session, index: FacetIndex, page: Page) -> Listing:
    """What the page shows. Raises UsageError for a foreign cursor."""
    query, cursor = page.one("q"), page.one("cursor")
    chosen = {kind: [value for name, value in page.query if name == kind] for kind in KINDS}
    names = {row.slug: Text(row.name_zh, row.name_en) for row in lists.institutions(session)}
    counts = index.count(session, query, chosen)
    edition = next(iter(chosen["edition"] or counts["edition"]), "")
    facets = {kind: _facet(page, kind, counts[kind], chosen[kind], names, edition) for kind in KINDS}
    hits = search.find(session, query, chosen, cursor=cursor, limit=_ROWS)
    return Listing(
        query=query,
        found=_found(page, query, _total(counts["institution"], chosen["institution"])),
        themes=facets["theme"],
        facets=tuple(facet for kind, facet in facets.items() if kind != "theme" and facet.values),
        chosen=tuple(value for facet in facets.values() for value in facet.values if value.chosen),
        items=tuple(_item(page, hit, query, names) for hit in hits.rows),
        next=page.address("/", [*page.without("cursor"), ("cursor", hits.next)]) if hits.next else "",
        first=page.address("/", page.without("cursor")) if cursor else "",
        clear=page.address("/", []),
        hidden=tuple(pair for pair in page.query if pair[0] in KINDS or pair[0] == "lang"),
    )


def _total(counts: dict[str, int], chosen: Sequence[str]) -> int:
    """A course has exactly one institution, so that these add up."""
    return sum(count for value, count in counts.items() if not chosen or value in chosen)


def _found(page: Page, query: str, total: int) -> str:
    if query:
        return page.say(MATCHING.format(query=query, n=f"{total:,}"))
    return page.say(FOUND_ONE if total == 1 else FOUND.format(n=f"{total:,}"))


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
    return Facet(kind, page.say(KINDS[kind]), tuple(values()), everything)


def _item(page: Page, hit: Hit, query: str, names: dict[str, Text]) -> Item:
    facts = read_facts(hit.version.facts)
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
        published=hit.row.published_at.date().isoformat(),
        sample=facts.sample,
    )
