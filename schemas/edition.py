"""A programme edition 年度: what one year's notice says. Data, never constants in code: the notice changes every year.

One JSON file an edition in `editions/`. What isn't known is left out, never guessed; docs/editions.md says who maintains
them and how to add the next one.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from schemas.text import Text

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
# ISO 8601 as precisely as it is known: a year, a month, or a day.
WrittenDate = Annotated[str, Meta(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Share = Annotated[float, Meta(gt=0, le=1)]
Count = Annotated[int, Meta(ge=1)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A document is read strictly: a mistyped field is an error, never silence."""


class Keywords(_Strict, frozen=True):
    """Words that find the term, in each language."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Term(_Strict, frozen=True):
    """A theme 主题 or an audience tier 企业梯度. `description` explains the word; it doesn't quote the notice."""

    slug: Slug
    name: Text
    description: Text = Text()
    keywords: Keywords = Keywords()


class Period(_Strict, frozen=True):
    """From the beginning of `starts` to the end of `ends`, each as precise as it is known."""

    starts: WrittenDate
    ends: WrittenDate

    def covers(self, day: date) -> bool:
        """Whether the day is inside; a date known to the year covers that year."""
        return first_day(self.starts) <= day <= last_day(self.ends)


class MinimumShare(_Strict, frozen=True):
    """At least this share (0 to 1) of the trainees come from a group."""

    slug: Slug
    name: Text
    share: Share


class Training(_Strict, frozen=True):
    """How many are trained, and how. `trainees` is the least number; `months` the length of the training, `classes`
    how many classes 期, `days` the length of each; `free` whether trainees pay no fee."""

    trainees: Count | None = None
    minimum_shares: tuple[MinimumShare, ...] = ()
    months: Count | None = None
    classes: Count | None = None
    days: Count | None = None
    free: bool | None = None


class Deadline(_Strict, frozen=True):
    """What has to be done by the end of a day."""

    slug: Slug
    name: Text
    by: WrittenDate


class Member(_Strict, frozen=True):
    """An institution of an edition. `trainer` 培训承担机构 holds classes; `organiser` (the Centre) organises, reviews and
    assesses, and may hold classes too. `themes` are those that it is charged with, where the notice says so."""

    slug: Slug
    name: Text
    role: Literal["trainer", "organiser"] = "trainer"
    city: Text = Text()
    province: Text = Text()
    themes: tuple[Slug, ...] = ()


class Roster(_Strict, frozen=True):
    """Who takes part. Where it isn't `complete`, others may as well."""

    complete: bool
    members: tuple[Member, ...]


class CoverageTarget(_Strict, frozen=True):
    """How many published courses the Centre wants for a theme, and for one tier of it where `tier` is written."""

    theme: Slug
    courses: Count
    tier: Slug | None = None


class Crossing(_Strict, frozen=True):
    """What became of a term: `same`, `renamed` (another name, same slug or not), or `replaced` by another one."""

    old: Slug
    new: Slug
    kind: Literal["same", "renamed", "replaced"]


class Crosswalk(_Strict, frozen=True):
    """How the terms of the edition `since` became this edition's."""

    since: str
    themes: tuple[Crossing, ...] = ()
    tiers: tuple[Crossing, ...] = ()


class Edition(_Strict, frozen=True, kw_only=True):
    """One edition, as its notice defines it. No `themes` or `tiers` means that they aren't known."""

    code: Annotated[str, Meta(pattern=r"^\d{4}(-\d{4})?$")]
    name: Text
    effective: Period
    notice: str = ""
    themes: tuple[Term, ...] = ()
    tiers: tuple[Term, ...] = ()
    training: Training = Training()
    deadlines: tuple[Deadline, ...] = ()
    roster: Roster | None = None
    coverage: tuple[CoverageTarget, ...] = ()
    crosswalk: Crosswalk | None = None


def first_day(written: WrittenDate) -> date:
    """The first day of a year, a month or a day."""
    year, month, day = _parts(written)
    return date(year, month or 1, day or 1)


def last_day(written: WrittenDate) -> date:
    """The last day of a year, a month or a day."""
    year, month, day = _parts(written)
    if day:
        return date(year, month, day)
    months = 12 * year + (month or 12)  # the month after, counted from year 0
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _parts(written: str) -> tuple[int, int, int]:
    year, month, day, *_ = (*map(int, written.split("-")), 0, 0)
    return year, month, day


@cache
def editions() -> dict[str, Edition]:
    """The editions that are known, by code, oldest first."""
    folder = Path(__file__).parent / "editions"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")), key=lambda e: e.name
    )
    found = [msgspec.json.decode(entry.read_bytes(), type=Edition) for entry in files]
    return {edition.code: edition for edition in found}


def carried(kind: Literal["themes", "tiers"], slug: str, old: str, new: str) -> str | None:
    """What a theme or tier of the edition `old` is in the later edition `new`; None where that isn't known."""
    known = editions()
    later = known.get(new)
    if old == new or later is None:
        return slug if later and slug in {term.slug for term in getattr(later, kind)} else None
    crosswalk = later.crosswalk
    if crosswalk is None:
        return None
    before = carried(kind, slug, old, crosswalk.since)
    crossings: tuple[Crossing, ...] = getattr(crosswalk, kind)
    return next((crossing.new for crossing in crossings if crossing.old == before), None)
