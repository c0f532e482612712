"""Site visits 实地教学: what is known (enterprises, cohorts, needs), what is decided (a plan), and how good it is.

Dates are days in Asia/Shanghai. Kilometres are along the great circle; hours are door to door. Prices are in points: a
programme's weights say how many points each thing costs, and a plan is better the fewer points it has.
"""

from datetime import date, time
from enum import StrEnum

import msgspec

from schemas.text import Text


class Half(StrEnum):
    """Half of a day."""

    MORNING = "am"
    AFTERNOON = "pm"


class Duration(StrEnum):
    """How long a visit takes, as front matter writes it."""

    HALF_DAY = "half-day"
    DAY = "day"


class Spot(msgspec.Struct, frozen=True):
    """Where something is. Degrees, WGS 84."""

    province: str
    city: str
    latitude: float
    longitude: float


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom to call. Personal data: only in outputs for those who need it."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Closure(msgspec.Struct, frozen=True, omit_defaults=True):
    """From one day to another, both included, when an enterprise receives nobody."""

    starts: date
    ends: date
    reason: str = ""


class Enterprise(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A benchmark enterprise 标杆企业. `open` are weekdays (0 Monday to 6 Sunday) with the half-days on which it receives
    visitors; `groups` is how many classes it receives at once; `notice` in days."""

    id: str
    name: Text
    spot: Spot
    industry: str  # GB/T 4754: a letter and two to four digits, e.g. C34 or C3425
    themes: tuple[str, ...]
    open: tuple[tuple[int, Half], ...]
    smallest: int = 1  # trainees of a group
    largest: int = 60
    groups: int = 1
    each_week: int = 5  # visits at most
    each_year: int = 40
    notice: int = 7
    closures: tuple[Closure, ...] = ()
    languages: tuple[str, ...] = ("zh",)
    learns: Text = Text()  # what can be seen and learnt
    address: Text = Text()
    safety: tuple[str, ...] = ()
    confidentiality: tuple[str, ...] = ()
    contact: Contact = Contact()
    sample: bool = False


class ClassDay(msgspec.Struct, frozen=True):
    """A day on which a cohort is together, in these half-days. `taught`: half-days without a visit are spent in the
    classroom at home, so that nobody can travel during them."""

    day: date
    halves: tuple[Half, ...] = (Half.MORNING, Half.AFTERNOON)
    taught: bool = True


class Need(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a cohort has to visit: `count` enterprises of a theme and an industry (empty: any; `C` fits C34, `C34` fits
    C3425), not before `earliest` nor after `latest`. `source` is the course or curriculum that asks for it, `source_title`
    its title, where it is known."""

    id: str
    theme: str = ""
    industry: str = ""
    count: int = 1
    duration: Duration = Duration.HALF_DAY
    earliest: date | None = None
    latest: date | None = None
    objectives: tuple[Text, ...] = ()
    source: str = ""
    source_title: Text = Text()

    @property
    def asked_by(self) -> Text:
        """What asks for it, for people."""
        return self.source_title if self.source_title.say("zh") else Text(self.source)


class Cohort(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A class 班次 with its teaching calendar and what it has to visit. `wishes` are enterprises that it would like."""

    id: str
    name: Text
    institution: str
    size: int
    home: Spot
    days: tuple[ClassDay, ...]  # in order
    needs: tuple[Need, ...]
    curriculum: str = ""
    language: str = "zh"
    instructor: Contact = Contact()
    wishes: tuple[str, ...] = ()
    sample: bool = False


class Weights(msgspec.Struct, frozen=True):
    """What each thing costs, in points."""

    unserved: float = 1000.0  # a visit that is needed and not planned
    travel: float = 1.0  # 100 km from home to a host
    regions: float = 4.0  # a visit to a province that the class visits already
    industries: float = 2.0  # a visit to an industry (a letter and two digits) that the class visits already
    load: float = 3.0  # a host's k-th visit: (k - 1) / its visits a year
    wishes: float = 5.0  # a wish that isn't met
    changes: float = 8.0  # a visit of the last plan at another host; half of it for another day or half-day


class Timetable(msgspec.Struct, frozen=True):
    """Hours that a class has for travelling: at noon, from one evening to the next morning, and in a free half-day; and
    from when to when a visit in the morning or in the afternoon lasts, by the clock of Asia/Shanghai."""

    noon: float = 1.5
    night: float = 6.0
    half: float = 3.5
    morning: tuple[time, time] = (time(9), time(11, 30))
    afternoon: tuple[time, time] = (time(14), time(16, 30))


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """All that a plan is made of. `as_of` is the day of planning, from which notice counts. `off` are days, between the
    first and the last of any class, on which no enterprise works: public holidays and week-ends that aren't made-up working days."""

    edition: str
    as_of: date
    enterprises: tuple[Enterprise, ...]
    cohorts: tuple[Cohort, ...]
    off: frozenset[date] = frozenset()
    working: frozenset[date] = (
        frozenset()
    )  # Saturdays and Sundays worked instead of holidays, open as on a weekday
    weights: Weights = Weights()
    timetable: Timetable = Timetable()
    sample: bool = False


class Visit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One visit. `id` never changes while the plan lives: cohort, need and number. `half` None takes the whole day.
    `sequence` is iCalendar's: it grows with every change that people must hear of. `agreed` is the day since which those
    concerned know its host and time (from a plan published then), so that its notice counts from there; None: the plan's day."""

    id: str
    cohort: str
    need: str
    enterprise: str
    day: date
    half: Half | None = None
    locked: bool = False
    sequence: int = 0
    agreed: date | None = None


class Unserved(msgspec.Struct, frozen=True, omit_defaults=True):
    """A need of a cohort for which `missing` visits aren't planned, and why."""

    cohort: str
    need: str
    missing: int
    reason: Text = Text()


class Quality(msgspec.Struct, frozen=True, omit_defaults=True):
    """How good a plan is: its points, in parts; `bound`: no plan whatever can have fewer points; `seconds` of work."""

    points: float
    parts: dict[str, float]
    bound: float | None = None
    seconds: float = 0.0

    @property
    def gap(self) -> float | None:
        """How far the plan may be from the best one: (points - bound) / points; None where no bound is known."""
        if self.bound is None:
            return None
        return max(0.0, self.points - self.bound) / self.points if self.points > 0 else 0.0


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plan, kept as a file under version control. `visits` are in order of day, cohort and identifier; `cancelled`
    are visits that were published once and no longer take place, so that calendars can be told. `programme` is the
    SHA-256 of what it was made of."""

    edition: str
    programme: str
    as_of: date
    visits: tuple[Visit, ...]
    unserved: tuple[Unserved, ...] = ()
    cancelled: tuple[Visit, ...] = ()
    quality: Quality
    seed: int = 0
    published: date | None = None
    sample: bool = False
