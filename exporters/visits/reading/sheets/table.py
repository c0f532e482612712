"""The cells of a spreadsheet, XLSX or CSV, as their owner sees them."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from courses.tree import Report
from schemas.diagnostics import Place, Rule, Severity
from schemas.text import Text

_MOST = 20_000  # rows
_BYTES = 32 << 20

UNREADABLE = Rule(
    code="visit-sheet-unreadable",
    severity=Severity.ERROR,
    message=Text("读不了这张表：{why}", "The sheet can't be read: {why}"),
    cure=Text("另存为 .xlsx，或 UTF-8 或 GBK 编码的 .csv", "save it as .xlsx, or as .csv in UTF-8 or GBK"),
)


def rows(file: Path, name: str, report: Report) -> Sequence[Sequence[str]]:
    """The first sheet, row by row; none after a diagnostic where it can't be read."""
    try:
        return [[text_of(cell) for cell in row] for row in _cells(file)]
    except (OSError, CalamineError, csv.Error, ValueError) as error:
        report(UNREADABLE.at(Place(name), why=error))
        return ()


def _cells(file: Path) -> Sequence[Sequence[object]]:
    if file.stat().st_size > _BYTES:
        raise ValueError(f"> {_BYTES >> 20} MB")
    if file.suffix == ".xlsx":
        return (
            CalamineWorkbook.from_path(file)
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False, nrows=_MOST)
        )
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gbk")
    return list(csv.reader(io.StringIO(text, newline="")))[:_MOST]


def text_of(value: object) -> str:
    """A cell as its owner sees it: whole numbers without a point, days as days."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
