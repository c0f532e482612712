"""Front matter of a programme's files: its keys, their types, and what each takes in the author's words."""

import re
from datetime import date, time
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from courses.front_matter.keys import BothLanguages, Name, Said, Slug, Words
from schemas.text import Text
from schemas.visits import Half, Timetable, Weights

Count = Annotated[int, Meta(ge=1, le=100_000)]
Points = Annotated[float, Meta(ge=0, le=1_000_000)]
Hours = Annotated[float, Meta(ge=0, le=24)]
Days = Annotated[int, Meta(ge=0, le=366)]
Industry = Annotated[str, Meta(pattern=r"^([A-T]\d{0,4})?$")]
Line = Annotated[str, Meta(max_length=500)]


class ContactKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`contact` and `instructor`."""

    name: Line = ""
    phone: Line = ""
    email: Line = ""


class ClosureKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `closures`."""

    starts: date
    ends: date
    reason: Line = ""


class WindowKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from"}):
    """One of `days`: from one day to another, both included."""

    first: date
    to: date | None = None
    halves: tuple[Literal["am", "pm"], ...] = ("am", "pm")
    taught: bool = True


class NeedKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `visits`."""

    id: Name = ""
    theme: Slug = ""
    industry: Industry = ""
    count: Annotated[int, Meta(ge=1, le=100)] = 1
    duration: Literal["half-day", "day"] = "half-day"
    earliest: date | None = None
    latest: date | None = None
    objectives: list[Said] = []
    source: Line = ""


class WherePart(msgspec.Struct, frozen=True, kw_only=True):
    """Where a class or an enterprise is."""

    province: Words
    city: Words
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None


class WeightsKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`weights`."""

    unserved: Points = Weights().unserved
    travel: Points = Weights().travel
    regions: Points = Weights().regions
    industries: Points = Weights().industries
    load: Points = Weights().load
    wishes: Points = Weights().wishes
    changes: Points = Weights().changes


class TimetableKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`timetable`."""

    noon: Hours = Timetable().noon
    night: Hours = Timetable().night
    half: Hours = Timetable().half
    morning: tuple[time, time] = Timetable().morning
    afternoon: tuple[time, time] = Timetable().afternoon


class ProgrammeKeys(msgspec.Struct, frozen=True, kw_only=True):
    """`programme.md`."""

    title: Said
    edition: str
    as_of: date | None = None
    weights: WeightsKeys = WeightsKeys()
    timetable: TimetableKeys = TimetableKeys()
    off: list[date] = []
    working: list[date] = []
    sample: bool = False


class EnterpriseKeys(WherePart, frozen=True, kw_only=True):
    """A file of `enterprises/`."""

    id: Name = ""
    name: Said
    industry: Industry
    themes: list[Slug]
    open: list[str]
    smallest: Count = 1
    largest: Count = 60
    groups: Count = 1
    each_week: Count = 5
    each_year: Count = 40
    notice: Days = 7
    closures: list[ClosureKeys] = []
    languages: tuple[str, ...] = ("zh",)
    learns: Said = ""
    address: Said = ""
    safety: list[Line] = []
    confidentiality: list[Line] = []
    contact: ContactKeys = ContactKeys()
    sample: bool = False


class CohortKeys(WherePart, frozen=True, kw_only=True):
    """A file of `cohorts/`."""

    id: Name = ""
    name: Said
    institution: Slug
    size: Count
    days: list[WindowKeys]
    language: str = "zh"
    curriculum: str = ""
    visits: list[NeedKeys] = []
    instructor: ContactKeys = ContactKeys()
    wishes: list[Name] = []
    sample: bool = False


# What stands in for a key that is missing or wrong, so that the rest can be read and told.
PROGRAMME = ProgrammeKeys(title="", edition="")
ENTERPRISE = EnterpriseKeys(province="", city="", name="", industry="", themes=[], open=[])
COHORT = CohortKeys(province="", city="", name="", institution="", size=1, days=[])

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OPENING = re.compile(
    rf"(?P<day>{'|'.join(_DAYS)})(?:-(?P<half>am|pm))?|周(?P<weekday>[一二三四五六日])(?P<part>[上下]午)?"
)

# Every opening time as it may be written.
OPENINGS = (
    *(f"周{day}{part}" for day in "一二三四五六日" for part in ("", "上午", "下午")),
    *(f"{day}{half}" for day in _DAYS for half in ("", "-am", "-pm")),
)


def opening(written: str) -> tuple[tuple[int, Half], ...]:
    """“周二”, “周四上午”, “tue” or “thu-am” as weekdays and half-days; empty where it is nothing of the kind."""
    match = _OPENING.fullmatch(written.strip().lower())
    if match is None:
        return ()
    day = _DAYS.index(match["day"]) if match["day"] else "一二三四五六日".index(match["weekday"])
    half = match["half"] or {"上午": "am", "下午": "pm"}.get(match["part"] or "", "")
    return tuple((day, one) for one in Half if half in ("", one))


def text_of(words: Said) -> Text:
    """Words in both languages; a plain string is Chinese."""
    if isinstance(words, BothLanguages):
        return Text(" ".join(words.zh.split()), " ".join(words.en.split()))
    return Text(" ".join(words.split()))
