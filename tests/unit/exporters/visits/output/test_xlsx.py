"""The master plan as another program reads it."""

import io
import re
import zipfile
from datetime import date

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from exporters.visits.output.schedule import Schedule
from exporters.visits.output.xlsx.book import master_plan
from schemas.text import Text
from tests.support import visits_by_hand as hand


@pytest.fixture(scope="module")
def plan() -> bytes:
    return master_plan(hand.schedule(), "zh")


def cells(workbook: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name(sheet).to_python()  # type: ignore[return-value]


def parts(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_the_sheets_are_there_in_each_language(plan: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan))
    assert book.sheet_names == ["概览", "日历", "清单", "企业负荷", "班次行程", "未安排"]
    english = CalamineWorkbook.from_filelike(io.BytesIO(master_plan(hand.schedule(), "en")))
    assert english.sheet_names == ["Overview", "Calendar", "Visits", "Hosts", "Classes", "Not planned"]


def test_the_list_has_real_dates_and_every_visit(plan: bytes) -> None:
    head, *rows = cells(plan, "清单")[3:]
    assert head[:3] == ["日期", "星期", "时段"]
    assert [row[0] for row in rows] == [date(2023, 3, day) for day in (14, 15, 16, 17)]
    states = [row[head.index("状态")] for row in rows]
    assert states == ["已安排", "已安排", "已安排", "已取消"]
    assert rows[0][head.index("提出方")] == "数字化路线图（示例）"
    assert rows[2][2:5] == ["全天", "09:00–16:30", "春季二班（示例）"]


def test_the_calendar_says_what_and_when(plan: bytes) -> None:
    rows = cells(plan, "日历")
    assert rows[4][3:5] == ["3月13日（周一）", "3月14日（周二）"]
    assert len(rows[4]) == 8
    assert rows[5][:5] == ["春季一班（示例）", "清华大学", 38.0, "", "下午 晨光轴承（示例）"]


def test_a_long_programme_has_a_column_a_week() -> None:
    made = hand.programme()
    days = tuple(
        msgspec.structs.replace(made.cohorts[0].days[0], day=date(2023, month, day))
        for month in (3, 4, 5, 6)
        for day in range(1, 29)
    )
    long = msgspec.structs.replace(made.cohorts[0], days=days)
    made = msgspec.structs.replace(made, cohorts=(long, made.cohorts[1]))
    rows = cells(master_plan(Schedule(made, hand.plan()), "zh"), "日历")
    assert rows[4][5] == "第11周 3/13–3/19"
    assert rows[5][5] == "■ 3/14下午 晨光轴承（示例）\n■ 3/15上午 钱塘云联（示例）"


def test_load_travel_and_what_is_missing(plan: bytes) -> None:
    assert cells(plan, "企业负荷")[4][:7] == [
        "钱塘云联（示例）",
        "浙江省",
        "杭州市",
        "I6450 互联网和相关服务",
        2.0,
        40.0,
        0.05,
    ]
    [_, first, second] = cells(plan, "班次行程")[3:]
    assert first[3:7] == [2.0, 2.0, 2.0, 2.0]
    assert first[7] == pytest.approx(1027 + 1120, abs=25)  # Beijing to Suzhou and to Hangzhou
    assert second[3:5] == [2.0, 1.0]
    assert cells(plan, "未安排")[4] == [
        "春季二班（示例）",
        "zhejiang",
        "",
        "C34 通用设备制造业",
        1.0,
        "开放时间内没有空位",
    ]


def test_heads_are_frozen_and_filtered(plan: bytes) -> None:
    sheets = [text for name, text in sorted(parts(plan).items()) if "worksheets/" in name]
    assert sum("<autoFilter" in text for text in sheets) == 4
    assert sum('state="frozen"' in text for text in sheets) == 5
    assert all("fitToPage" in text for text in sheets)


@pytest.mark.parametrize(
    "bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://x")', "https://example.org"]
)
def test_text_is_never_a_formula_or_a_link(bad: str) -> None:
    made = hand.programme()
    host = msgspec.structs.replace(made.enterprises[0], name=Text(bad), address=Text(bad))
    cohort = msgspec.structs.replace(made.cohorts[0], name=Text(bad))
    made = msgspec.structs.replace(
        made, enterprises=(host, made.enterprises[1]), cohorts=(cohort, made.cohorts[1])
    )
    written = master_plan(Schedule(made, hand.plan()), "zh")
    for name, text in parts(written).items():
        if "worksheets/" in name:
            assert not re.search(r"<f[ >]|<hyperlink", text), name
    assert cells(written, "清单")[4][8].strip() == bad.strip()


def test_the_same_plan_gives_the_same_bytes(plan: bytes) -> None:
    assert master_plan(hand.schedule(), "zh") == plan
