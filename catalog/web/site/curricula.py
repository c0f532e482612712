"""The list of curricula: what was asked for, and what is published of it."""

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.models import CurriculumVersion
from catalog.domain.states import State
from catalog.services import curricula
from catalog.web.site.names import institution_names, name_of
from catalog.web.site.page import Page
from catalog.web.site.words import CURRICULA_FOUND, CURRICULUM_FOUND, SAMPLE
from courses.curricula import Kind
from exporters.pages.curriculum import KINDS
from exporters.pages.words import quantity
from schemas.text import Text

ADDRESS = "/curricula"
_ROWS = 20


class Chip(msgspec.Struct, frozen=True):
    """Something to choose by: its name, how many curricula, and where a click leads."""

    name: str
    count: int
    chosen: bool
    address: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A curriculum in the list."""

    address: str
    title: str
    title_language: str
    summary: str
    institution: str
    theme: str
    kind: str
    hours: str
    courses: int
    published: str
    sample: bool


class CurriculumList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list."""

    found: str
    themes: tuple[Chip, ...]
    kinds: tuple[Chip, ...]
    all_themes: str
    all_kinds: str
    items: tuple[Item, ...]
    next: str
    first: str


def curriculum_list(session: Session, page: Page) -> CurriculumList:
    """What the page shows. Raises UsageError for a foreign cursor."""
    cursor = page.one("cursor")
    chosen = {name: page.one(name) for name in ("theme", "kind", "edition", "institution")}
    found = curricula.published(session, curricula.Wanted(**chosen), cursor=cursor, limit=_ROWS)
    names = institution_names(session)
    total = curricula.count_published(session, curricula.Wanted(**chosen))
    edition = chosen["edition"] or (found.rows[0].edition if found.rows else "")
    kinds = {kind.value: KINDS[kind] for kind in Kind}
    onward = [*page.without("cursor"), ("cursor", found.next)]
    return CurriculumList(
        found=page.say(CURRICULUM_FOUND if total == 1 else CURRICULA_FOUND.format(n=f"{total:,}")),
        themes=tuple(
            _chip(page, "theme", slug, name_of("theme", slug, {}, edition), count)
            for slug, count in _counts(session, "theme").items()
        ),
        kinds=tuple(
            _chip(page, "kind", slug, kinds.get(slug, Text(slug, slug)), count)
            for slug, count in _counts(session, "kind").items()
        ),
        all_themes=page.address(ADDRESS, page.without("theme", "cursor")),
        all_kinds=page.address(ADDRESS, page.without("kind", "cursor")),
        items=tuple(_item(page, version, names) for version in found.rows),
        next=page.address(ADDRESS, onward) if found.next else "",
        first=page.address(ADDRESS, page.without("cursor")) if cursor else "",
    )


def _counts(session: Session, name: str) -> dict[str, int]:
    column = CurriculumVersion.theme if name == "theme" else CurriculumVersion.kind
    rows = (
        select(column, func.count())
        .where(CurriculumVersion.state == State.PUBLISHED)
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    return {value: count for value, count in session.execute(rows)}  # noqa: C416 - rows are no pairs to mypy


def _chip(page: Page, name: str, value: str, words: Text, count: int) -> Chip:
    chosen = page.one(name) == value
    query = [*page.without(name, "cursor"), *([] if chosen else [(name, value)])]
    return Chip(page.say(words), count, chosen, page.address(ADDRESS, query))


def _item(page: Page, version: CurriculumVersion, names: dict[str, Text]) -> Item:
    said = curricula.document(version)
    institution = version.curriculum.institution.slug
    published = version.published_at.date().isoformat() if version.published_at else ""
    return Item(
        address=page.address(f"{ADDRESS}/{institution}/{version.curriculum.slug}", []),
        title=page.say(said.title),
        title_language=page.tag_of(said.title),
        summary=page.say(said.summary),
        institution=page.say(name_of("institution", institution, names)),
        theme=page.say(name_of("theme", said.theme, names, said.edition)),
        kind=page.say(KINDS[said.kind]),
        hours=quantity(said.hours) if said.hours else "",
        courses=len(said.courses),
        published=published,
        sample=is_sample(said.title),
    )


def is_sample(title: Text) -> bool:
    """Whether a curriculum calls itself a sample."""
    return SAMPLE.zh in title.zh
