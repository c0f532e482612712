"""What slugs are called: themes and tiers by their editions, institutions by the catalogue."""

from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import Institution
from catalog.web.site.words import LANGUAGES, MODES
from schemas.edition import editions
from schemas.text import Text


@cache
def terms(code: str = "") -> dict[str, Text]:
    """Themes and tiers as that edition names them; those that it doesn't have, as the latest one that does."""
    known = editions()
    ordered = [*known.values(), *filter(None, [known.get(code)])]
    return {term.slug: term.name for edition in ordered for term in (*edition.themes, *edition.tiers)}


def name_of(kind: str, value: str, institutions: dict[str, Text], edition: str = "") -> Text:
    """A facet value in words, those of `edition` where it has some; itself where it has none."""
    plain = Text(value, value)
    if kind == "institution":
        return institutions.get(value, plain)
    if kind == "edition":
        known = editions().get(value)
        return known.name if known else plain
    if kind == "language":
        return LANGUAGES.get(value.partition("-")[0], plain)
    return (MODES if kind == "mode" else terms(edition)).get(value, plain)


def institution_names(session: Session) -> dict[str, Text]:
    """What institutions are called, by slug."""
    rows = session.execute(select(Institution.slug, Institution.name_zh, Institution.name_en))
    return {slug: Text(zh, en) for slug, zh, en in rows}
