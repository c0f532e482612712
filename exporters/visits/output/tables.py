"""The plan as CSV, for spreadsheets, and as JSON, for programs. Neither holds anybody's contact data."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec

from exporters.visits.output.columns import COLUMNS, rows
from exporters.visits.output.schedule import Appointment, Schedule
from schemas.text import Language, Text
from schemas.visits import Duration, Spot

# How spreadsheets see a formula begin, in Chinese full-width characters too, blanks before it or not.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


class PublishedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """One visit. `id` never changes; `sequence` grows with each change; `starts` and `ends` are times in Asia/Shanghai."""

    id: str
    sequence: int
    status: Literal["planned", "cancelled"]
    starts: datetime
    ends: datetime
    duration: Duration
    cohort: str
    cohort_name: Text
    institution: str
    institution_name: Text
    trainees: int
    theme: str
    theme_name: Text
    source: str  # the course or curriculum that asks for it
    source_title: Text
    objectives: tuple[Text, ...]
    enterprise: str
    enterprise_name: Text
    industry: str
    spot: Spot
    address: Text


class PublishedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What `lingjun visits publish` writes for programs: every visit, those that were cancelled last."""

    edition: str
    title: Text
    published: date | None
    sample: bool
    visits: tuple[PublishedVisit, ...]


def published(schedule: Schedule, visits: Iterable[Appointment]) -> PublishedPlan:
    """Some of the plan's visits, for programs."""
    return PublishedPlan(
        edition=schedule.plan.edition,
        title=schedule.title,
        published=schedule.plan.published,
        sample=schedule.plan.sample,
        visits=tuple(_visit(schedule, one) for one in visits),
    )


def to_json(schedule: Schedule) -> bytes:
    """A `PublishedPlan` of all visits, indented."""
    made = published(schedule, (*schedule.appointments, *schedule.cancelled))
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def to_csv(schedule: Schedule, language: Language) -> bytes:
    """The list in UTF-8 with a byte-order mark, by which Excel knows it; text that could be a formula is defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name.say(language) for column in COLUMNS)
    for row in rows(schedule, language):
        writer.writerow(defused(cell) if isinstance(cell, str) else cell for cell in row)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def defused(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet would work out as a formula (CWE-1236)."""
    return f"'{text}" if _FORMULA.match(text) else text


def _visit(schedule: Schedule, one: Appointment) -> PublishedVisit:
    return PublishedVisit(
        id=one.visit.id,
        sequence=one.visit.sequence,
        status="cancelled" if one.cancelled else "planned",
        starts=one.starts,
        ends=one.ends,
        duration=Duration.HALF_DAY if one.visit.half else Duration.DAY,
        cohort=one.cohort.id,
        cohort_name=one.cohort.name,
        institution=one.cohort.institution,
        institution_name=schedule.institution(one.cohort.institution),
        trainees=one.cohort.size,
        theme=one.theme,
        theme_name=schedule.themes[one.theme] if one.theme else Text(),
        source=one.need.source if one.need else "",
        source_title=one.need.source_title if one.need else Text(),
        objectives=one.need.objectives if one.need else (),
        enterprise=one.enterprise.id,
        enterprise_name=one.enterprise.name,
        industry=one.enterprise.industry,
        spot=one.enterprise.spot,
        address=one.enterprise.address,
    )
