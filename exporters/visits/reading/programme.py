"""A programme's folder -> Programme and everything that is wrong with it: front matter of Markdown files, read as strictly and as
safely as a course's, and spreadsheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from courses.checks import rule
from courses.naming import nearest
from courses.wording import did_you_mean
from exporters.visits.holidays import working_calendar
from exporters.visits.reading import keys, rules
from exporters.visits.reading.cohorts import cohorts
from exporters.visits.reading.enterprises import enterprises
from exporters.visits.reading.folder import Folder
from schemas.diagnostics import Diagnostic, Place, Severity
from schemas.edition import editions
from schemas.errors import InputError
from schemas.text import Text
from schemas.visits import Programme, Timetable, Weights

_FILE = "programme.md"


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


def read_programme(root: Path) -> Reading:
    """Read `programme.md`, the enterprises and the cohorts of a folder (Markdown, CSV, XLSX), and its curricula and courses. Nothing is
    raised for what they say; InputError where there is no `programme.md`."""
    if not (root / _FILE).is_file():
        raise InputError(Text(f"{root} 里没有 programme.md。", f"There is no programme.md in {root}."))
    folder = Folder(root)
    got = _front(folder)
    hosts = tuple(enterprises(folder))
    classes = tuple(cohorts(folder, [host.id for host in hosts]))
    days = [day.day for cohort in classes for day in cohort.days]
    off, working = frozenset(got.off), frozenset(got.working)
    if days:
        calendar = working_calendar(min(days), max(days), off=got.off, working=got.working)
        off, working = calendar.off, calendar.working
        folder.found += [rules.YEAR.at(Place(_FILE), year=year) for year in calendar.unknown]
    programme = Programme(
        edition=got.edition,
        as_of=got.as_of or datetime.now(ZoneInfo("Asia/Shanghai")).date(),
        enterprises=hosts,
        cohorts=classes,
        off=off,
        working=working,
        weights=Weights(**msgspec.structs.asdict(got.weights)),
        timetable=Timetable(**msgspec.structs.asdict(got.timetable)),
        sample=got.sample,
    )
    found = tuple(sorted(folder.found, key=lambda one: (one.place, one.code)))
    reading = Reading(programme, keys.text_of(got.title), found, folder.texts)
    return Reading(None, reading.title, found, folder.texts) if reading.errors else reading


def _front(folder: Folder) -> keys.ProgrammeKeys:
    """`programme.md`, with its edition told to the folder."""
    matter = folder.matter(_FILE, keys.PROGRAMME)
    folder.edition = edition = matter.keys.edition
    known = editions()
    if edition and edition not in known:
        hint = did_you_mean(nearest(edition, known))
        values = {"edition": edition, "known": ", ".join(known), "hint": hint}
        folder.found.append(rule("edition-unknown").at(matter.written.at("edition"), **values))
    return matter.keys
