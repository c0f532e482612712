"""The list sheets: visits, hosts and how busy they are, classes and how far they travel, what isn't planned."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from exporters.visits.output import words
from exporters.visits.output.columns import COLUMNS, rows
from exporters.visits.output.schedule import Appointment
from exporters.visits.output.xlsx.book import RULE, Book, lines
from exporters.visits.travel import kilometres
from schemas.industries import industry_name
from schemas.text import Text
from schemas.visits import Enterprise

_VISITS = Text("清单", "Visits")
_HOSTS = Text("企业负荷", "Hosts")
_CLASSES = Text("班次行程", "Classes")
_UNSERVED = Text("未安排", "Not planned")
_VISITS_NOTE = Text("可按任一列筛选、排序。", "Filter and sort by any column.")
_HOSTS_NOTE = Text(
    "接待次数与年度上限。", "How many visits each host receives, and how many it can take a year."
)
_CLASSES_NOTE = Text(
    "公里为从班次所在城市到企业的直线距离之和。",
    "Kilometres: the sum of great-circle distances from the class's home.",
)
_UNSERVED_NOTE = Text("未能安排的需求与原因。", "What could not be planned, and why.")
_FULL = Text("全部需求均已安排。", "Every visit that is needed is planned.")

_HOST_HEADS = (
    words.HOST, Text("省份", "Province"), Text("城市", "City"), Text("行业", "Industry"), Text("接待次数", "Visits"),
    Text("年度上限", "Limit a year"), Text("使用率", "Used"), Text("接待人数", "Trainees"), Text("首次", "First"),
    Text("末次", "Last"),
)  # fmt: skip
_CLASS_HEADS = (
    words.COHORT, words.INSTITUTION, Text("所在城市", "Home"), words.NEEDED, words.PLANNED, Text("省份数", "Provinces"),
    Text("行业数", "Industries"), Text("公里", "Kilometres"), Text("最远公里", "Farthest"),
)  # fmt: skip
_UNSERVED_HEADS = (
    words.COHORT, words.INSTITUTION, words.THEME, Text("行业", "Industry"), Text("缺少", "Missing"), words.REASON,
)  # fmt: skip
_HEAD = 3  # the row of the heads
_LINE = 13  # points


def add_visits(book: Book) -> None:
    """Every visit with filters and frozen heads."""
    table = list(rows(book.schedule, book.language))
    themes = [one.theme for one in (*book.schedule.appointments, *book.schedule.cancelled)]
    _table(
        book,
        _VISITS,
        _VISITS_NOTE,
        [one.name for one in COLUMNS],
        [one.width for one in COLUMNS],
        table,
        themes=themes,
    )


def add_hosts(book: Book) -> None:
    """Each enterprise, the busiest first."""
    table: list[list[object]] = []
    hosts = [(one, _received(book, one)) for one in book.schedule.programme.enterprises]
    for one, theirs in sorted(hosts, key=lambda pair: (-len(pair[1]), pair[0].id)):
        days = [visit.visit.day for visit in theirs]
        years = Counter(day.year for day in days)
        used = max(years.values(), default=0) / one.each_year if one.each_year else 0.0
        trainees = sum(visit.cohort.size for visit in theirs)
        table.append(
            [book.say(one.name), one.spot.province, one.spot.city, book.say(industry_name(one.industry)), len(theirs), one.each_year, used,
             trainees, min(days, default=""), max(days, default="")]
        )  # fmt: skip
    _table(book, _HOSTS, _HOSTS_NOTE, _HOST_HEADS, (30, 14, 12, 24, 9, 9, 14, 10, 12, 12), table, share=6)


def _received(book: Book, enterprise: Enterprise) -> list[Appointment]:
    return [one for one in book.schedule.of_enterprise(enterprise.id) if not one.cancelled]


def add_classes(book: Book) -> None:
    """Each class: what it needs and has, how varied, and how far."""
    table: list[list[object]] = []
    for one in book.schedule.programme.cohorts:
        hosts = [visit.enterprise for visit in book.schedule.of_cohort(one.id) if not visit.cancelled]
        far = [round(kilometres(one.home, host.spot)) for host in hosts]
        table.append(
            [book.say(one.name), book.say(book.schedule.institution(one.institution)), one.home.city,
             sum(need.count for need in one.needs), len(hosts), len({host.spot.province for host in hosts}),
             len({host.industry[:3] for host in hosts}), sum(far), max(far, default=0)]
        )  # fmt: skip
    _table(book, _CLASSES, _CLASSES_NOTE, _CLASS_HEADS, (30, 20, 12, 9, 9, 9, 9, 10, 10), table)


def add_unserved(book: Book) -> None:
    """What is missing, with reasons."""
    table: list[list[object]] = []
    for gap in book.schedule.plan.unserved:
        cohort = book.schedule.cohorts.get(gap.cohort)
        need = next((need for need in cohort.needs if need.id == gap.need), None) if cohort else None
        theme = book.schedule.themes.get(need.theme, Text()) if need else Text()
        table.append(
            [book.say(cohort.name) if cohort else gap.cohort,
             book.say(book.schedule.institution(cohort.institution)) if cohort else "", book.say(theme),
             book.say(industry_name(need.industry)) if need else "", gap.missing, book.say(gap.reason)]
        )  # fmt: skip
    note = _UNSERVED_NOTE if table else _FULL
    _table(book, _UNSERVED, note, _UNSERVED_HEADS, (28, 20, 22, 24, 8, 80), table)


def _table(
    book: Book,
    name: Text,
    note: Text,
    heads: Sequence[Text],
    widths: Sequence[int],
    table: Sequence[Sequence[object]],
    share: int | None = None,
    themes: Sequence[str] = (),
) -> None:
    """A sheet with a filtered table; the column `share` holds a share, shown as a bar; `themes` colours each row's theme."""
    sheet = book.sheet(name, colour="#5F6B7A")
    book.title(sheet, book.say(name), book.say(note))
    book.heads(sheet, _HEAD, heads, widths)
    dated = book.style(border=1, border_color=RULE, num_format="yyyy-mm-dd", align="center")
    percent = book.style(border=1, border_color=RULE, num_format="0%")
    for row, line in enumerate(table, start=_HEAD + 1):
        tallest = max(lines(str(value), width) for value, width in zip(line, widths, strict=True))
        sheet.set_row(row, 4 + _LINE * tallest)
        for column, value in enumerate(line):
            style = dated if isinstance(value, date) else percent if column == share else book.cell
            if themes and heads[column] is words.THEME:
                style = book.theme(themes[row - _HEAD - 1], indent=1)
            book.write(sheet, row, column, value, style)
    last = max(_HEAD + 1, _HEAD + len(table))
    sheet.autofilter(_HEAD, 0, last, len(heads) - 1)
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.repeat_rows(_HEAD)
    if share is not None:
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": "#9DBCE6", "min_type": "num", "min_value": 0,
               "max_type": "num", "max_value": 1}  # fmt: skip
        sheet.conditional_format(_HEAD + 1, share, last, share, bar)
