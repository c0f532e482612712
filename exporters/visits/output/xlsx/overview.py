"""The first sheet: what was planned, how good it is, when the visits are."""

from collections import Counter

from xlsxwriter.worksheet import Worksheet

from exporters.visits.output import themes, words
from exporters.visits.output.xlsx.book import FONT, HEAD, RULE, Book
from schemas.text import Text

_NAME = Text("概览", "Overview")
_NOTE = Text("{edition} · 计划日期 {day}", "{edition} · planned on {day}")
_FIGURES = Text("主要数字", "Main figures")
_POINTS = Text("计划的扣分", "Points of the plan")
_MONTHS = Text("各月实地教学", "Visits a month")
_MONTH = Text("月份", "Month")
_POINT = Text("分", "Points")


def add(book: Book) -> None:
    """Write the sheet."""
    sheet = book.sheet(_NAME, colour=HEAD, landscape=False)
    plan = book.schedule.plan
    note = _NOTE.format(edition=plan.edition, day=plan.as_of.isoformat())
    book.title(sheet, book.say(words.MASTER_PLAN), book.say(note))
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 9, 15)
    row = _pairs(book, sheet, 3, _FIGURES, figures(book))
    parts = [(words.part(name), value) for name, value in plan.quality.parts.items()]
    row = _pairs(book, sheet, row + 1, _POINTS, [*parts, (words.ALL, plan.quality.points)])
    _months(book, sheet, row + 1)


def figures(book: Book) -> list[tuple[Text, float | str]]:
    """What the plan comes to."""
    schedule, quality = book.schedule, book.schedule.plan.quality
    needed = sum(need.count for one in schedule.programme.cohorts for need in one.needs)
    hosts = {one.enterprise.id for one in schedule.appointments}
    found: list[tuple[Text, float | str]] = [
        (Text("班次", "Classes"), len(schedule.programme.cohorts)),
        (Text("接待企业（全部）", "Hosts (of all)"), f"{len(hosts)} / {len(schedule.programme.enterprises)}"),
        (Text("实地教学（应安排）", "Visits (needed)"), f"{len(schedule.appointments)} / {needed}"),
        (Text("覆盖省份", "Provinces"), len({one.enterprise.spot.province for one in schedule.appointments})),
        (Text("学员人次", "Trainees in all"), sum(one.cohort.size for one in schedule.appointments)),
    ]
    if quality.gap is not None:
        proven = Text("与理论最优的差距不超过", "At most this far from the best plan possible")
        found.append((proven, words.per_cent(quality.gap)))
    return found


def _pairs(book: Book, sheet: Worksheet, row: int, title: Text, pairs: list[tuple[Text, float | str]]) -> int:
    """A titled table of two columns from `row` on; the first row after it."""
    sheet.write_string(row, 0, book.say(title), book.style(bold=True, font_size=12, font_color=HEAD))
    number = book.style(border=1, border_color=RULE, align="right", num_format="#,##0.##")
    for line, (name, value) in enumerate(pairs, start=row + 1):
        sheet.write_string(line, 0, book.say(name), book.cell)
        book.write(sheet, line, 1, value, number)
    return row + len(pairs) + 1


def _months(book: Book, sheet: Worksheet, row: int) -> None:
    """Months by themes, and the same as a chart."""
    schedule = book.schedule
    counts = Counter((one.visit.day.replace(day=1), one.theme) for one in schedule.appointments)
    months = sorted({month for month, _ in counts})
    used = [slug for slug in schedule.themes if any(theme == slug for _, theme in counts)]
    if not used:
        return
    sheet.write_string(row, 0, book.say(_MONTHS), book.style(bold=True, font_size=12, font_color=HEAD))
    head = row + 1
    sheet.set_row(head, 30)
    for column, name in enumerate([_MONTH, *(schedule.themes[slug] for slug in used)]):
        sheet.write_string(head, column, book.say(name), book.head)
    for line, month in enumerate(months, start=head + 1):
        sheet.write_string(line, 0, book.say(words.month_name(month)), book.cell)
        for column, slug in enumerate(used, start=1):
            sheet.write_number(line, column, counts[month, slug], book.cell)
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    last, name, numbers = head + len(months), sheet.get_name(), themes.numbers(schedule)
    for column, slug in enumerate(used, start=1):
        chart.add_series(
            {
                "name": [name, head, column],
                "categories": [name, head + 1, 0, last, 0],
                "values": [name, head + 1, column, last, column],
                "fill": {"color": themes.PALETTE[numbers[slug]][1]},
                "gap": 60,
            }
        )
    font = {"name": FONT, "size": 9}
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": RULE}}})
    chart.set_title({"none": True})
    chart.set_size({"width": 660, "height": 300})
    sheet.insert_chart(last + 2, 0, chart)
