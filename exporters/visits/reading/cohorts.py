"""Classes from their files and spreadsheets, with their teaching days and what they have to visit."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from courses.manuscript import Written
from courses.naming import identifier_from, nearest
from courses.wording import did_you_mean
from exporters.visits.reading import keys, rules
from exporters.visits.reading.curricula import Curricula
from exporters.visits.reading.folder import Entry, Folder
from exporters.visits.reading.needs import needs_of_curriculum, numbered
from exporters.visits.reading.sheets.columns import COHORTS
from schemas.visits import ClassDay, Cohort, Contact, Duration, Half, Need


def cohorts(folder: Folder, hosts: Collection[str]) -> Iterator[Cohort]:
    """Those of `cohorts/`, then those of a spreadsheet. `hosts` are the enterprises' identifiers."""
    curricula = Curricula(folder)
    for entry in folder.entries("cohorts", keys.COHORT, COHORTS):
        for number, wish in enumerate(entry.keys.wishes):
            if wish not in hosts:
                hint = did_you_mean(nearest(wish, hosts))
                folder.found.append(rules.WISH.at(entry.written.at("wishes", number), id=wish, hint=hint))
        yield _cohort(folder, entry, curricula)


def _cohort(folder: Folder, entry: Entry[keys.CohortKeys], curricula: Curricula) -> Cohort:
    got, written, stem = entry
    name = keys.text_of(got.name)
    days = _days(folder, got.days, written)
    syllabus = curricula.named(got.curriculum, got.institution, written.at("curriculum"))
    own = [_need(folder, one, number, written) for number, one in enumerate(got.visits)]
    taught = needs_of_curriculum(syllabus, days) if syllabus else ()
    unnamed = numbered((*taught, *(need for need in own if not need.id)))
    return Cohort(
        id=folder.identified("cohort", got.id, stem or identifier_from(name.say("zh")), written.at("id")),
        name=name,
        institution=got.institution,
        size=got.size,
        home=folder.spot(got, written),
        days=days,
        needs=_told_apart(folder, (*unnamed, *(need for need in own if need.id)), written),
        curriculum=got.curriculum,
        language=got.language,
        instructor=Contact(**msgspec.structs.asdict(got.instructor)),
        wishes=tuple(got.wishes),
        sample=got.sample,
    )


def _days(folder: Folder, windows: Sequence[keys.WindowKeys], written: Written) -> tuple[ClassDay, ...]:
    """Each day of each window, in order."""
    found: dict[date, ClassDay] = {}
    for place, window in enumerate(windows):
        last = window.to or window.first
        if not 0 <= (last - window.first).days < 366:
            folder.found.append(rules.WINDOW.at(written.at("days", place), first=window.first, last=last))
            continue
        halves = tuple(Half(half) for half in window.halves)
        for number in range((last - window.first).days + 1):
            day = window.first + timedelta(days=number)
            found[day] = ClassDay(day, halves, window.taught)
    return tuple(found[day] for day in sorted(found))


def _need(folder: Folder, one: keys.NeedKeys, number: int, written: Written) -> Need:
    if one.earliest and one.latest and one.earliest > one.latest:
        place = written.at("visits", number)
        folder.found.append(rules.NEED_BACKWARDS.at(place, earliest=one.earliest, latest=one.latest))
    return Need(
        id=one.id,
        theme=folder.theme(one.theme, written.at("visits", number, "theme")),
        industry=folder.industry(one.industry, written.at("visits", number, "industry")),
        count=one.count,
        duration=Duration(one.duration),
        earliest=one.earliest,
        latest=one.latest,
        objectives=tuple(keys.text_of(text) for text in one.objectives),
        source=one.source,
    )


def _told_apart(folder: Folder, needs: Sequence[Need], written: Written) -> tuple[Need, ...]:
    """The needs; told where two have one identifier."""
    seen: set[str] = set()
    for need in needs:
        if need.id in seen:
            folder.found.append(rules.NEED_TWICE.at(written.at("visits"), id=need.id))
        seen.add(need.id)
    return tuple(needs)
