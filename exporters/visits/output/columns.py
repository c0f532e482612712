"""The list of visits, a column a fact: the same in the spreadsheet and in CSV. It holds nobody's contact data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from exporters.visits.output import words
from exporters.visits.output.schedule import Appointment, Schedule
from schemas.industries import industry_name
from schemas.text import Language, Text

Cell = str | int | date
_YES, _NO = Text("是", "yes"), Text("否", "no")
_PLANNED = Text("已安排", "planned")


@dataclass(frozen=True)
class Column:
    """A fact of each visit. `width` in characters of a spreadsheet."""

    name: Text
    width: int
    of: Callable[[Schedule, Appointment, Language], Cell]


COLUMNS = (
    Column(words.DAY, 12, lambda _, one, __: one.visit.day),
    Column(Text("星期", "Weekday"), 7, lambda _, one, say: words.WEEKDAYS[one.visit.day.weekday()].say(say)),
    Column(Text("时段", "Part of the day"), 8, lambda _, one, say: words.half(one.visit).say(say)),
    Column(words.HOURS, 13, lambda _, one, __: words.hours(one)),
    Column(words.COHORT, 26, lambda _, one, say: one.cohort.name.say(say)),
    Column(words.INSTITUTION, 20, lambda all_, one, say: all_.institution(one.cohort.institution).say(say)),
    Column(Text("人数", "Trainees"), 7, lambda _, one, __: one.cohort.size),
    Column(
        words.THEME,
        20,
        lambda all_, one, say: all_.themes[one.theme].say(say) if one.theme else "",
    ),
    Column(words.HOST, 28, lambda _, one, say: one.enterprise.name.say(say)),
    Column(Text("省份", "Province"), 14, lambda _, one, __: one.enterprise.spot.province),
    Column(Text("城市", "City"), 12, lambda _, one, __: one.enterprise.spot.city),
    Column(Text("行业", "Industry"), 24, lambda _, one, say: industry_name(one.enterprise.industry).say(say)),
    Column(Text("地址", "Address"), 24, lambda _, one, say: one.enterprise.address.say(say)),
    Column(words.ASKED_BY, 28, lambda _, one, say: one.asked_by.say(say)),
    Column(
        Text("状态", "Status"),
        9,
        lambda _, one, say: (words.CANCELLED if one.cancelled else _PLANNED).say(say),
    ),
    Column(Text("锁定", "Locked"), 7, lambda _, one, say: (_YES if one.visit.locked else _NO).say(say)),
    Column(Text("变更次数", "Changes"), 9, lambda _, one, __: one.visit.sequence),
    Column(Text("班次标识", "Class id"), 18, lambda _, one, __: one.cohort.id),
    Column(Text("企业标识", "Host id"), 18, lambda _, one, __: one.enterprise.id),
    Column(Text("实地教学标识", "Visit id"), 26, lambda _, one, __: one.visit.id),
)


def rows(schedule: Schedule, language: Language) -> Iterator[list[Cell]]:
    """A row for each visit that takes place, then one for each that was cancelled."""
    for one in (*schedule.appointments, *schedule.cancelled):
        yield [column.of(schedule, one, language) for column in COLUMNS]
