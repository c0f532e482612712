"""Enterprises from a spreadsheet, XLSX or CSV: a row each, columns by their Chinese or English names."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from courses.tree import Report
from exporters.visits.keys import EnterpriseKeys
from schemas.diagnostics import Place, Rule, Severity
from schemas.text import Text

_MOST = 20_000  # rows
_BYTES = 32 << 20
_LISTS = ("themes", "open", "languages", "safety", "confidentiality")
_SEPARATOR = re.compile(r"\s*[;；、]\s*")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:[~～至到–—-]+|to|/)\s*(\d{4}-\d\d-\d\d))?")
_BETWEEN = re.compile(r"\s*[;；、,，\n]\s*")
_HOW_CLOSED = Text(
    "写成 2023-05-01 至 2023-05-07，几段之间用分号",
    "write 2023-05-01 to 2023-05-07, semicolons between several",
)
_WHERE = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<key>\w*)[^`]*`)?$", re.DOTALL)

COLUMNS = {
    "标识": "id", "名称": "name", "英文名称": "name_en", "省份": "province", "城市": "city", "纬度": "latitude", "经度": "longitude",
    "行业": "industry", "主题": "themes", "开放时间": "open", "最少人数": "smallest", "最多人数": "largest", "同时接待": "groups",
    "每周次数": "each_week", "全年次数": "each_year", "提前天数": "notice", "停止接待": "closures", "语言": "languages",
    "可看可学": "learns", "地址": "address", "安全要求": "safety", "保密要求": "confidentiality", "联系人": "contact_name",
    "电话": "contact_phone", "邮箱": "contact_email", "示例": "sample",
}  # fmt: skip

UNREADABLE = Rule(
    code="visit-sheet-unreadable",
    severity=Severity.ERROR,
    message=Text("读不了这张表：{why}", "The sheet can't be read: {why}"),
    cure=Text("另存为 .xlsx，或 UTF-8 或 GBK 编码的 .csv", "save it as .xlsx, or as .csv in UTF-8 or GBK"),
)
COLUMN = Rule(
    code="visit-sheet-column",
    severity=Severity.ERROR,
    message=Text("不认识的列“{name}”", "unknown column “{name}”"),
    cure=Text("可用的列：{known}", "columns that are known: {known}"),
)
CELL = Rule(
    code="visit-sheet-cell",
    severity=Severity.ERROR,
    message=Text(
        "第 {row} 行“{column}”列的“{value}”不能用：{why}",
        "row {row}, column “{column}”: “{value}” won't do: {why}",
    ),
    cure=Text("照 docs/visits.md 的说明改正这一格", "correct the cell as docs/visits.en.md says"),
)


def read_enterprises(file: Path, name: str, report: Report) -> Iterator[tuple[int, EnterpriseKeys]]:
    """Each sound row with its number (from 1, as spreadsheets count); what is wrong goes to `report`."""
    try:
        table = _rows(file)
    except (OSError, CalamineError, csv.Error, ValueError) as error:
        report(UNREADABLE.at(Place(name), why=error))
        return
    if not table:
        return
    heads = [str(head).strip() for head in table[0]]
    keys = [COLUMNS.get(head, head if head in COLUMNS.values() else "") for head in heads]
    for column, (head, key) in enumerate(zip(heads, keys, strict=True), start=1):
        if head and not key:
            report(COLUMN.at(Place(name, 1, column), name=head[:40], known="、".join(COLUMNS)))
    for number, row in enumerate(table[1:], start=2):
        cells = {key: value for key, value in zip(keys, row, strict=False) if key and value not in ("", None)}
        if cells:
            found = _convert(cells, name, number, heads, keys, report)
            if found is not None:
                yield number, found


def _rows(file: Path) -> Sequence[Sequence[object]]:
    if file.stat().st_size > _BYTES:
        raise ValueError(f"> {_BYTES >> 20} MB")
    if file.suffix == ".xlsx":
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0)
        return sheet.to_python(nrows=_MOST)
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gbk")
    return list(csv.reader(io.StringIO(text, newline="")))[:_MOST]


def _convert(
    cells: dict[str, object], name: str, row: int, heads: Sequence[str], keys: Sequence[str], report: Report
) -> EnterpriseKeys | None:
    """A row as front matter would have it; None after a diagnostic."""
    data: dict[str, object] = {"themes": [], "open": []}
    contact = {
        key.removeprefix("contact_"): _text(value)
        for key, value in cells.items()
        if key.startswith("contact_")
    }
    for key, value in cells.items():
        if key in _LISTS:
            data[key] = [part for part in _SEPARATOR.split(_text(value)) if part]
        elif key == "closures":
            data[key] = closures = _closures(_text(value))
            if closures is None:  # never left out in silence: a class would stand before a closed gate
                column = keys.index(key)
                place = Place(name, row, column + 1)
                shown, why = heads[column], _HOW_CLOSED
                report(CELL.at(place, row=row, column=shown, value=_text(value)[:40], why=why))
                return None
        elif not key.startswith("contact_") and key != "name_en":
            data[key] = _text(value)
    if "name_en" in cells:
        data["name"] = {"zh": data.get("name", ""), "en": _text(cells["name_en"])}
    data["contact"] = contact
    data["sample"] = _text(cells.get("sample", "")) in ("是", "yes", "true", "True", "1")
    try:
        return msgspec.convert(data, EnterpriseKeys, strict=False)
    except msgspec.ValidationError as error:
        match = _WHERE.fullmatch(str(error))
        key = (match["key"] if match else "") or ""
        missing = re.search(r"field `(\w+)`", str(error))
        key = key or (missing[1] if missing else "")
        column = keys.index(key) + 1 if key in keys else 1
        shown = (
            heads[column - 1] if key in keys else next((zh for zh, en in COLUMNS.items() if en == key), key)
        )
        report(
            CELL.at(
                Place(name, row, column),
                row=row,
                column=shown,
                value=_text(cells.get(key, ""))[:40],
                why=match["what"] if match else error,
            )
        )
        return None


def _closures(written: str) -> list[dict[str, str]] | None:
    """Single days and periods; None where a part of the text is neither."""
    plain = _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", written)
    found = [_PERIOD.fullmatch(part) for part in _BETWEEN.split(plain.strip()) if part]
    sound = [one for one in found if one]
    if len(sound) < len(found):
        return None
    return [{"starts": one[1], "ends": one[2] or one[1]} for one in sound]


def _text(value: object) -> str:
    """A cell as its owner sees it: whole numbers without a point, days as days."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
