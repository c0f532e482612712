"""The cells of a spreadsheet, XLSX or CSV, as their owner sees them."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from courses.tree import Report
from courses.wording import likely_encoding
from exporters.visits.reading.sheets import rules
from schemas.diagnostics import Place
from schemas.system import system_reason
from schemas.text import Text

MOST = 20_000  # rows
_BYTES = 32 << 20
_TOO_LARGE = Text("超过 {size} MB", "it has more than {size} MB")
_PASSWORD = Text("有密码保护", "it is protected by a password")
_NO_WORKBOOK = Text("不是完好的 Excel 工作簿", "it is no sound Excel workbook")
_ENCODING = Text("编码是 {encoding}", "its encoding is {encoding}")
_QUOTES = Text("引号没有配对，或有一格太长", "quotes don't match, or a cell is too long")


def rows(file: Path, name: str, report: Report) -> Sequence[Sequence[str]]:
    """The first sheet, row by row; none after a diagnostic where it can't be read."""
    try:
        if file.stat().st_size > _BYTES:
            why = _TOO_LARGE.format(size=_BYTES >> 20)
        else:
            found = _workbook(file) if file.suffix == ".xlsx" else _csv(file.read_bytes())
            if isinstance(found, Text):
                why = found
            elif len(found) > MOST:
                report(rules.TOO_LONG.at(Place(name, MOST + 1), most=MOST))
                return ()
            else:
                return found
    except OSError as error:
        why = system_reason(error)
    report(rules.UNREADABLE.at(Place(name), why=why))
    return ()


def _workbook(file: Path) -> Sequence[Sequence[str]] | Text:
    """The cells of the first sheet, or why there are none."""
    try:
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False, nrows=MOST + 1)
    except PasswordError:
        return _PASSWORD
    except (CalamineError, ValueError):
        return _NO_WORKBOOK
    return [[text_of(cell) for cell in row] for row in cells]


def _csv(raw: bytes) -> Sequence[Sequence[str]] | Text:
    """The cells, or why there are none."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            return _ENCODING.format(encoding=likely_encoding(raw))
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        return _QUOTES


def text_of(value: object) -> str:
    """A cell as its owner sees it: whole numbers without a point, days as days."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
