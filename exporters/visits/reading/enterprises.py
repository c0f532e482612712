"""Enterprises from their files and spreadsheets."""

from collections.abc import Iterator, Sequence

import msgspec

from courses.manuscript import Written
from courses.naming import identifier_from, nearest
from courses.wording import did_you_mean
from exporters.visits.reading import keys, rules
from exporters.visits.reading.folder import Entry, Folder
from exporters.visits.reading.sheets.columns import ENTERPRISES
from schemas.visits import Closure, Contact, Enterprise, Half


def enterprises(folder: Folder) -> Iterator[Enterprise]:
    """Those of `enterprises/`, then those of a spreadsheet."""
    for entry in folder.entries("enterprises", keys.ENTERPRISE, ENTERPRISES):
        yield _enterprise(folder, entry)


def _enterprise(folder: Folder, entry: Entry[keys.EnterpriseKeys]) -> Enterprise:
    got, written, stem = entry
    name = keys.text_of(got.name)
    for number, theme in enumerate(got.themes):
        folder.theme(theme, written.at("themes", number))
    return Enterprise(
        id=folder.identified("enterprise", got.id, stem or identifier_from(name.say("zh")), written.at("id")),
        name=name,
        spot=folder.spot(got, written),
        industry=folder.industry(got.industry, written.at("industry")),
        themes=tuple(got.themes),
        open=_opening(folder, got.open, written),
        smallest=got.smallest,
        largest=got.largest,
        groups=got.groups,
        each_week=got.each_week,
        each_year=got.each_year,
        notice=got.notice,
        closures=tuple(Closure(one.starts, one.ends, one.reason) for one in got.closures),
        languages=tuple(got.languages),
        learns=keys.text_of(got.learns),
        address=keys.text_of(got.address),
        safety=tuple(got.safety),
        confidentiality=tuple(got.confidentiality),
        contact=Contact(**msgspec.structs.asdict(got.contact)),
        sample=got.sample,
    )


def _opening(folder: Folder, times: Sequence[str], written: Written) -> tuple[tuple[int, Half], ...]:
    """Weekdays and half-days."""
    found: set[tuple[int, Half]] = set()
    for number, one in enumerate(times):
        slots = keys.opening(one)
        if not slots:
            hint = did_you_mean(nearest(one, keys.OPENINGS))
            folder.found.append(rules.OPENING.at(written.at("open", number), written=one, hint=hint))
        found |= set(slots)
    return tuple(sorted(found))
