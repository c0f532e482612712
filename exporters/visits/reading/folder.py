"""The files of a programme's folder, and what is common to all that they describe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from courses.checks import rule, visit_industry_unknown
from courses.front_matter.decode import Matter, decode
from courses.front_matter.fence import split
from courses.manuscript import Written
from courses.naming import nearest_term
from courses.sources import read_source
from courses.wording import did_you_mean
from exporters.visits.places import coordinates
from exporters.visits.reading import keys, rules
from exporters.visits.reading.sheets.sheet import Sheet
from exporters.visits.reading.takes import TAKES
from schemas.diagnostics import Diagnostic, Place
from schemas.edition import Term, editions
from schemas.text import Text
from schemas.visits import Spot

K = TypeVar("K", bound=msgspec.Struct)


class Entry(NamedTuple, Generic[K]):
    """What one file or one row says, where it says what, and the file's name; rows have none."""

    keys: K
    written: Written
    stem: str


class Folder:
    """A programme's folder while it is read: what was found wrong, and the texts to show it in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.found: list[Diagnostic] = []
        self.texts: dict[str, str] = {}
        self.edition = ""
        self._owners: dict[str, str] = {}

    def matter(self, name: str, fallback: K) -> Matter[K]:
        """The front matter of one file as far as it is sound."""
        nothing = Matter(fallback, Written(name, {}, {}))
        source = read_source(self.root, name, self.found.append)
        if source is None:
            return nothing
        self.texts[name] = source.text
        parts = split(source, self.found.append, required=True)
        if parts.yaml is None:
            return nothing
        return decode(parts.yaml, fallback, TAKES[type(fallback)], file=name, report=self.found.append)

    def entries(self, kind: str, fallback: K, sheet: Sheet[K]) -> Iterator[Entry[K]]:
        """Those of the Markdown files of a folder in order, then those of the spreadsheets of its name."""
        for file in sorted((self.root / kind).glob("*.md")):
            matter = self.matter(f"{kind}/{file.name}", fallback)
            yield Entry(matter.keys, matter.written, file.stem)
        for name in (f"{kind}.csv", f"{kind}.xlsx"):
            if (self.root / name).is_file():
                for found, written in sheet.read(self.root / name, name, self.terms, self.found.append):
                    yield Entry(found, written, "")

    @property
    def terms(self) -> tuple[Term, ...]:
        """The themes of the edition; none where they aren't known."""
        edition = editions().get(self.edition)
        return edition.themes if edition else ()

    def identified(self, kind: str, written: str, otherwise: str, place: Place) -> str:
        """The identifier: as written, else the file's name or, in a spreadsheet, what is made of the name (a row's number would
        change with the rows above it); told where it is another's."""
        identifier = written or otherwise
        here = place.file if place.file.endswith(".md") else f"{place.file}:{place.line}"
        other = self._owners.setdefault(f"{kind} {identifier}", here)
        if other != here:
            self.found.append(rules.TWICE.at(place, id=identifier, other=other))
        return identifier

    def spot(self, got: keys.WherePart, written: Written) -> Spot:
        """Where it is: as written, else where the city is."""
        there = (got.latitude, got.longitude)
        found = there if None not in there else coordinates(got.city, got.province)
        if found is None:
            self.found.append(rules.PLACE.at(written.at("city"), city=got.city))
            found = (0.0, 0.0)
        return Spot(got.province, got.city, float(found[0] or 0.0), float(found[1] or 0.0))

    def industry(self, code: str, place: Place) -> str:
        """An industry; told where GB/T 4754 has no such section or division."""
        self.found.extend(visit_industry_unknown.judged(code, place))
        return code

    def theme(self, theme: str, place: Place) -> str:
        """A theme; told where the edition doesn't have it."""
        if theme and self.terms and theme not in {term.slug for term in self.terms}:
            listed = Text(
                "；".join(f"{term.slug}（{term.name.say('zh')}）" for term in self.terms),
                "; ".join(f"{term.slug} ({term.name.say('en')})" for term in self.terms),
            )
            hint = did_you_mean(nearest_term(theme, self.terms))
            told = rule("theme-unknown")
            name = editions()[self.edition].name
            self.found.append(told.at(place, theme=theme, edition=name, known=listed, hint=hint))
        return theme
