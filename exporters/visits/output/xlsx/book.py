"""The master plan: overview, calendar, list, load on hosts, travel of classes, what isn't planned.

Text is always written as text, so that nothing that an author wrote can become a formula or a link; dates are real dates.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from exporters.visits.output import themes, words
from exporters.visits.output.schedule import Schedule
from schemas.text import Language, Text

FONT = "微软雅黑"
INK, FAINT, RULE, HEAD = "#1F2933", "#5F6B7A", "#C8CFD8", "#1F3A5F"
_MOST = 32_767  # characters of a cell, by Excel


class Book:
    """A workbook in the making, with its formats; `say` gives words in its language."""

    def __init__(self, schedule: Schedule, language: Language) -> None:
        self.schedule = schedule
        self.language = language
        self._file = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        stamp = datetime.combine(schedule.stamp.date(), time())
        title = self.say(words.MASTER_PLAN)
        self.workbook.set_properties({"title": title, "author": "Lingjun 领军", "created": stamp})
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def say(self, text: Text) -> str:
        """The words in the book's language."""
        return text.say(self.language)

    def style(self, **properties: object) -> Format:
        """A cell format; the same properties are one format."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base: dict[str, object] = {
                "font_name": FONT,
                "font_size": 10,
                "font_color": INK,
                "valign": "vcenter",
            }
            self._formats[key] = self.workbook.add_format({**base, **properties})
        return self._formats[key]

    @cached_property
    def head(self) -> Format:
        """Heads of columns."""
        return self.style(
            bold=True, font_color="#FFFFFF", bg_color=HEAD, text_wrap=True, align="center", border=1,
            border_color=RULE,
        )  # fmt: skip

    @cached_property
    def cell(self) -> Format:
        """An ordinary cell."""
        return self.style(border=1, border_color=RULE, text_wrap=True, indent=1)

    def sheet(self, name: Text, *, colour: str, landscape: bool = True) -> Worksheet:
        """A sheet with its print set-up: A4, fit to one page's width, page numbers."""
        sheet = self.workbook.add_worksheet(self.say(name))
        sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        footer = Text("第 &P 页，共 &N 页", "Page &P of &N")
        sheet.set_footer(f"&L&8{self.footer}&R&8{self.say(footer)}")
        return sheet

    @cached_property
    def footer(self) -> str:
        """What stands below each printed page."""
        title = self.say(words.MASTER_PLAN)
        shown = words.marked(title, self.language, sample=self.schedule.plan.sample)
        return f"{shown} · {self.schedule.stamp:%Y-%m-%d}"

    def title(self, sheet: Worksheet, text: str, note: str = "") -> None:
        """The first two lines of a sheet."""
        shown = words.marked(text, self.language, sample=self.schedule.plan.sample)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, shown, self.style(bold=True, font_size=16, font_color=HEAD))
        sheet.write_string(1, 0, note, self.style(font_color=FAINT))

    def write(self, sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
        """A value as what it is; text never as anything else."""
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, str(value)[:_MOST], style)

    def heads(self, sheet: Worksheet, row: int, names: Sequence[Text], widths: Sequence[int]) -> None:
        """A row of heads, and how wide their columns are."""
        sheet.set_row(row, 30)
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, self.say(name), self.head)

    def theme(self, slug: str, **properties: object) -> Format:
        """A cell in the colour of a theme."""
        number = themes.numbers(self.schedule).get(slug)
        if number is None:
            return self.style(border=1, border_color=RULE, text_wrap=True, **properties)
        fill, ink = themes.PALETTE[number]
        return self.style(
            bg_color=fill, font_color=ink, border=1, border_color=RULE, text_wrap=True, **properties
        )

    def close(self) -> bytes:
        """The workbook's bytes."""
        self.workbook.close()
        return self._file.getvalue()


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so many characters wide; a Chinese character takes two."""
    cells = [sum(2 if ord(c) >= 0x1100 else 1 for c in line) for line in text.split("\n")]
    return sum(max(1, -(-n // max(1, width - 2))) for n in cells)


def master_plan(schedule: Schedule, language: Language) -> bytes:
    """The whole workbook in one language."""
    from exporters.visits.output.xlsx import calendar, lists, overview  # noqa: PLC0415 (they build on this module)

    book = Book(schedule, language)
    overview.add(book)
    calendar.add(book)
    lists.add_visits(book)
    lists.add_hosts(book)
    lists.add_classes(book)
    lists.add_unserved(book)
    return book.close()
