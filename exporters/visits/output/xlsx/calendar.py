"""The calendar sheet: a row a class, a column a week (or a day where there are few), a cell a visit in its theme's colour."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from exporters.visits.output import themes, words
from exporters.visits.output.schedule import Appointment
from exporters.visits.output.xlsx.book import FAINT, HEAD, RULE, Book, lines
from schemas.text import Text
from schemas.visits import Cohort

_NAME = Text("日历", "Calendar")
_NOTE = Text(
    "每格为该班次当{unit}的实地教学，颜色为主题；灰格是上课而没有实地教学的{unit}。",
    "A cell shows what a class visits in a {unit}, in its theme's colour; grey: teaching without a visit.",
)
_WEEK, _DAY = Text("周", "week"), Text("日", "day")
_FEW = 31  # days that still can be read as columns
_FIRST = 5  # row of the first class
_NAMES, _INSTITUTIONS = 26, 18  # widths
_LEFT = 3  # columns before the calendar
_ON_A_PAGE = 14  # columns that are still readable on a sheet of A3


def add(book: Book) -> None:
    """Write the sheet."""
    columns, single = _columns(book)
    sheet = book.sheet(_NAME, colour="#1B4F9C")
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(max(1, -(-len(columns) // _ON_A_PAGE)), 0)
    book.title(sheet, book.say(words.MASTER_PLAN), book.say(_NOTE.format(unit=_DAY if single else _WEEK)))
    _legend(book, sheet)
    _heads(book, sheet, columns, single=single)
    for number, cohort in enumerate(sorted(book.schedule.programme.cohorts, key=_begins)):
        _row(book, sheet, _FIRST + number, cohort, columns, single=single)
    sheet.freeze_panes(_FIRST, _LEFT)
    sheet.repeat_rows(3, _FIRST - 1)
    sheet.repeat_columns(0, 0)


def _columns(book: Book) -> tuple[list[date], bool]:
    """The days, or the Mondays of the weeks, in which any class is together."""
    days = {day.day for cohort in book.schedule.programme.cohorts for day in cohort.days}
    days |= {one.visit.day for one in book.schedule.appointments}
    if len(days) <= _FEW:
        return sorted(days), True
    return sorted({_monday(day) for day in days}), False


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _begins(cohort: Cohort) -> tuple[date, str]:
    return (cohort.days[0].day if cohort.days else date.max), cohort.id


def _legend(book: Book, sheet: Worksheet) -> None:
    """A line with the themes in their colours."""
    sheet.set_row(2, 20)
    used = {one.theme for one in book.schedule.appointments}
    shown = [slug for slug in book.schedule.themes if slug in used]
    for column, slug in enumerate(shown, start=_LEFT):
        sheet.write_string(
            2, column, book.say(book.schedule.themes[slug]), book.theme(slug, align="center", font_size=9)
        )


def _heads(book: Book, sheet: Worksheet, columns: Sequence[date], *, single: bool) -> None:
    for column, (name, width) in enumerate(
        ((words.COHORT, _NAMES), (words.INSTITUTION, _INSTITUTIONS), (Text("人数", "Trainees"), 7))
    ):
        sheet.set_column(column, column, width)
        sheet.merge_range(3, column, 4, column, book.say(name), book.head)
    sheet.set_column(_LEFT, _LEFT + len(columns) - 1, _width(columns))
    place = _LEFT
    for _, group in groupby(columns, key=lambda day: (day.year, day.month)):
        days = list(group)
        month = book.say(words.month_name(days[0]))
        if len(days) > 1:
            sheet.merge_range(3, place, 3, place + len(days) - 1, month, book.head)
        else:
            sheet.write_string(3, place, month, book.head)
        place += len(days)
    style = book.style(
        bold=True, font_color=HEAD, bg_color="#E8EDF4", align="center", border=1, border_color=RULE
    )
    for column, day in enumerate(columns, start=_LEFT):
        sheet.write_string(4, column, _head(book, day, single=single), style)


def _head(book: Book, day: date, *, single: bool) -> str:
    if single:
        return book.say(words.day_name(day))
    ends = day + timedelta(days=6)
    number = day.isocalendar().week
    return book.say(
        Text(
            f"第{number}周 {day.month}/{day.day}–{ends.month}/{ends.day}",
            f"Week {number}, {day.day}/{day.month}–{ends.day}/{ends.month}",
        )
    )


def _row(
    book: Book, sheet: Worksheet, row: int, cohort: Cohort, columns: Sequence[date], *, single: bool
) -> None:
    cells: Mapping[date, list[Appointment]] = defaultdict(list)
    for one in book.schedule.of_cohort(cohort.id):
        if not one.cancelled:
            cells[one.visit.day if single else _monday(one.visit.day)].append(one)
    taught = {day.day if single else _monday(day.day) for day in cohort.days}
    institution = book.schedule.institution(cohort.institution)
    bold = book.style(bold=True, border=1, border_color=RULE, text_wrap=True)
    book.write(sheet, row, 0, book.say(cohort.name), bold)
    book.write(sheet, row, 1, book.say(institution), book.cell)
    book.write(sheet, row, 2, cohort.size, book.cell)
    texts = ["\n".join(_text(book, one, single=single) for one in cell) for cell in cells.values()]
    names = [lines(book.say(cohort.name), _NAMES), lines(book.say(institution), _INSTITUTIONS)]
    sheet.set_row(row, 10 + 12.5 * max([*names, *(lines(text, _width(columns) + 3) for text in texts)]))
    idle = book.style(bg_color="#F1F3F5", border=1, border_color=RULE)
    free = book.style(border=1, border_color="#EDF0F3")
    for column, day in enumerate(columns, start=_LEFT):
        if cells.get(day):
            _cell(book, sheet, row, column, cells[day], single=single)
        else:
            sheet.write_blank(row, column, None, idle if day in taught else free)


def _cell(
    book: Book, sheet: Worksheet, row: int, column: int, visits: Sequence[Appointment], *, single: bool
) -> None:
    """The visits of one cell, each marked with its own theme's colour."""
    several = len({one.theme for one in visits}) > 1
    style = book.theme("" if several else visits[0].theme, font_size=9)
    texts = [_text(book, one, single=single) for one in visits]
    if len(visits) == 1:
        sheet.write_string(row, column, texts[0], style)
        return
    numbers = themes.numbers(book.schedule)
    pieces: list[object] = []
    for number, (one, text) in enumerate(zip(visits, texts, strict=True)):
        ink = themes.PALETTE[numbers[one.theme]][1] if one.theme else FAINT
        pieces += [
            book.style(font_size=9, font_color=ink),
            f"■ {text}" + ("\n" if number < len(texts) - 1 else ""),
        ]
    sheet.write_rich_string(row, column, *pieces, style)


def _text(book: Book, one: Appointment, *, single: bool) -> str:
    return f"{_when(book, one, single=single)} {book.say(one.enterprise.name)}"


def _width(columns: Sequence[date]) -> int:
    """Of a column of the calendar: wider where there are few."""
    return 21 if len(columns) > 5 else 30


def _when(book: Book, one: Appointment, *, single: bool) -> str:
    half = book.say(words.half(one.visit))
    if single:
        return half
    day = one.visit.day
    return Text(f"{day.month}/{day.day}{half}", f"{day.day}/{day.month} {half}").say(book.language)
