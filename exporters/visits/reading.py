"""A programme's folder -> Programme and everything that is wrong with it: front matter of Markdown files, read as strictly and as
safely as a course's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from courses.front_matter.decode import decode
from courses.front_matter.fence import split
from courses.sources import read_source
from exporters.visits import keys
from exporters.visits.holidays import working_calendar
from exporters.visits.places import coordinates
from exporters.visits.sheets import read_enterprises
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.errors import InputError
from schemas.text import Text
from schemas.visits import (
    ClassDay,
    Closure,
    Cohort,
    Contact,
    Duration,
    Enterprise,
    Half,
    Need,
    Programme,
    Spot,
)

K = TypeVar("K", bound=msgspec.Struct)

PLACE = Rule(
    code="visit-place-unknown",
    severity=Severity.ERROR,
    message=Text("不知道“{city}”在哪里", "It isn't known where “{city}” is"),
    cure=Text("写上 latitude 与 longitude（度，WGS 84）", "write latitude and longitude (degrees, WGS 84)"),
)
OPENING = Rule(
    code="visit-opening",
    severity=Severity.ERROR,
    message=Text("“{written}”不是开放时间", "“{written}” is no opening time"),
    cure=Text("写“周一”“周一上午”，或 mon、mon-am", "write mon or mon-am"),
)
TWICE = Rule(
    code="visit-id-twice",
    severity=Severity.ERROR,
    message=Text("标识“{id}”在 {other} 里已经用了", "The id “{id}” is used in {other} already"),
    cure=Text("改用另一个标识", "use another id"),
)
YEAR = Rule(
    code="visit-holidays-unknown",
    severity=Severity.WARNING,
    message=Text(
        "{year} 年的节假日安排还不知道，只按周末计算",
        "The public holidays of {year} aren't known yet; only week-ends count",
    ),
    cure=Text(
        "公布后写进 programme.md 的 off 与 working",
        "once they are announced, write them into off and working of programme.md",
    ),
)
WINDOW = Rule(
    code="visit-window",
    severity=Severity.ERROR,
    message=Text(
        "上课时段 {first} 至 {last} 是倒的或超过一年",
        "The days {first} to {last} are the wrong way round, or more than a year",
    ),
    cure=Text("改正 from 与 to", "correct from and to"),
)


@dataclass(frozen=True)
class Reading:
    """The programme as far as it is sound; None where it has errors."""

    programme: Programme | None
    title: Text
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops a plan."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.found: list[Diagnostic] = []
        self.texts: dict[str, str] = {}
        self.owners: dict[str, str] = {}

    def matter(self, file: Path, fallback: K) -> K:
        """The front matter of one file as far as it is sound."""
        name = file.relative_to(self.root).as_posix()
        source = read_source(self.root, name, self.found.append)
        if source is None:
            return fallback
        self.texts[name] = source.text
        parts = split(source, self.found.append, required=True)
        if parts.yaml is None:
            return fallback
        return decode(parts.yaml, fallback, keys.TAKES, file=name, report=self.found.append).keys

    def files(self, folder: str) -> Iterator[tuple[Path, str]]:
        """The Markdown files of a folder with their names, in order."""
        for file in sorted((self.root / folder).glob("*.md")):
            yield file, file.relative_to(self.root).as_posix()

    def identified(self, kind: str, written: str, otherwise: str, name: str) -> str:
        """The identifier: as written, else the file's name; told where it is another's."""
        identifier = written or otherwise
        other = self.owners.setdefault(f"{kind} {identifier}", name)
        if other != name:
            self.found.append(TWICE.at(Place(name), id=identifier, other=other))
        return identifier

    def spot(self, name: str, written: keys.WherePart) -> Spot:
        """Where it is: as written, else where the city is."""
        there = (written.latitude, written.longitude)
        found = there if None not in there else coordinates(written.city, written.province)
        if found is None:
            self.found.append(PLACE.at(Place(name), city=written.city))
            found = (0.0, 0.0)
        return Spot(written.province, written.city, float(found[0] or 0.0), float(found[1] or 0.0))

    def enterprises(self) -> Iterator[Enterprise]:
        """Those of `enterprises/`, then those of a spreadsheet."""
        for file, name in self.files("enterprises"):
            got = self.matter(file, keys.ENTERPRISE)
            yield self.enterprise(got, self.identified("enterprise", got.id, file.stem, name), name)
        for name in ("enterprises.csv", "enterprises.xlsx"):
            if (self.root / name).is_file():
                for row, got in read_enterprises(self.root / name, name, self.found.append):
                    place = f"{name}:{row}"
                    yield self.enterprise(
                        got, self.identified("enterprise", got.id, f"row-{row}", place), name
                    )

    def enterprise(self, got: keys.EnterpriseKeys, identifier: str, name: str) -> Enterprise:
        return Enterprise(
            id=identifier,
            name=keys.text_of(got.name),
            spot=self.spot(name, got),
            industry=got.industry,
            themes=tuple(got.themes),
            open=self.opening(name, got.open),
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

    def opening(self, name: str, written: Sequence[str]) -> tuple[tuple[int, Half], ...]:
        """Weekdays and half-days."""
        found: set[tuple[int, Half]] = set()
        for one in written:
            slots = keys.opening(one)
            if not slots:
                self.found.append(OPENING.at(Place(name), written=one))
            found |= set(slots)
        return tuple(sorted(found))

    def cohort(self, file: Path, name: str) -> Cohort:
        got = self.matter(file, keys.COHORT)
        return Cohort(
            id=self.identified("cohort", got.id, file.stem, name),
            name=keys.text_of(got.name),
            institution=got.institution,
            size=got.size,
            home=self.spot(name, got),
            days=self.days(name, got.days),
            needs=tuple(_need(number, one) for number, one in enumerate(got.visits, start=1)),
            curriculum=got.curriculum,
            language=got.language,
            instructor=Contact(**msgspec.structs.asdict(got.instructor)),
            wishes=tuple(got.wishes),
            sample=got.sample,
        )

    def days(self, name: str, windows: Sequence[keys.WindowKeys]) -> tuple[ClassDay, ...]:
        """Each day of each window, in order."""
        found: dict[date, ClassDay] = {}
        for window in windows:
            last = window.to or window.first
            if not 0 <= (last - window.first).days < 366:
                self.found.append(WINDOW.at(Place(name), first=window.first, last=last))
                continue
            halves = tuple(Half(half) for half in window.halves)
            for number in range((last - window.first).days + 1):
                day = window.first + timedelta(days=number)
                found[day] = ClassDay(day, halves, window.taught)
        return tuple(found[day] for day in sorted(found))


def _need(number: int, one: keys.NeedKeys) -> Need:
    return Need(
        id=one.id or f"n{number}",
        theme=one.theme,
        industry=one.industry,
        count=one.count,
        duration=Duration(one.duration),
        earliest=one.earliest,
        latest=one.latest,
        objectives=tuple(keys.text_of(text) for text in one.objectives),
        source=one.source,
    )


def read_programme(root: Path) -> Reading:
    """Read `programme.md`, `enterprises/*.md`, `enterprises.csv` or `.xlsx`, and `cohorts/*.md` of a folder. Nothing is raised for what
    they say; InputError where
    there is no `programme.md`."""
    if not (root / "programme.md").is_file():
        raise InputError(Text(f"{root} 里没有 programme.md。", f"There is no programme.md in {root}."))
    reader = _Reader(root)
    got = reader.matter(root / "programme.md", keys.PROGRAMME)
    enterprises = tuple(reader.enterprises())
    cohorts = tuple(reader.cohort(file, name) for file, name in reader.files("cohorts"))
    days = [day.day for cohort in cohorts for day in cohort.days]
    off, working = frozenset(got.off), frozenset(got.working)
    if days:
        calendar = working_calendar(min(days), max(days), off=got.off, working=got.working)
        off, working = calendar.off, calendar.working
        reader.found += [YEAR.at(Place("programme.md"), year=year) for year in calendar.unknown]
    programme = Programme(
        edition=got.edition,
        as_of=got.as_of or datetime.now(ZoneInfo("Asia/Shanghai")).date(),
        enterprises=enterprises,
        cohorts=cohorts,
        off=off,
        working=working,
        weights=got.weights,
        timetable=got.timetable,
        sample=got.sample,
    )
    found = tuple(sorted(reader.found, key=lambda one: (one.place, one.code)))
    reading = Reading(programme, keys.text_of(got.title), found, reader.texts)
    return Reading(None, reading.title, found, reader.texts) if reading.errors else reading
