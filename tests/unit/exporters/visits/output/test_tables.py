"""The plan as CSV and JSON."""

import csv
import io
import json

import msgspec
import pytest

from exporters.visits.output.schedule import Schedule
from exporters.visits.output.tables import PublishedPlan, defused, to_csv, to_json
from schemas.text import Text
from tests.support import visits_by_hand as hand


def test_excel_knows_the_encoding_and_every_visit_has_a_row() -> None:
    written = to_csv(hand.schedule(), "zh")
    assert written.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert head[:5] == ["日期", "星期", "时段", "时间", "班次"]
    assert [row[0] for row in rows] == ["2023-03-14", "2023-03-15", "2023-03-16", "2023-03-17"]
    assert rows[0][8] == "晨光轴承（示例）"


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "　＝1", "＋1"])
def test_what_could_be_a_formula_is_defused(bad: str) -> None:
    made = hand.programme()
    host = msgspec.structs.replace(made.enterprises[0], name=Text(bad))
    made = msgspec.structs.replace(made, enterprises=(host, made.enterprises[1]))
    written = to_csv(Schedule(made, hand.plan()), "zh").decode("utf-8-sig")
    first = next(
        row for row in csv.DictReader(io.StringIO(written, newline="")) if row["企业标识"] == host.id
    )
    assert first["接待企业"] == f"'{bad}"


@pytest.mark.parametrize("good", ["晨光-轴承", "A=1", "3M", ""])
def test_other_text_stays_as_it_is(good: str) -> None:
    assert defused(good) == good


def test_programs_read_the_plan_back() -> None:
    written = to_json(hand.schedule())
    made = msgspec.json.decode(written, type=PublishedPlan)
    assert [one.status for one in made.visits] == ["planned", "planned", "planned", "cancelled"]
    assert made.visits[0].starts.isoformat() == "2023-03-14T14:00:00+08:00"
    assert json.loads(written)["visits"][0]["institution_name"] == {
        "zh": "清华大学",
        "en": "Tsinghua University",
    }
    assert to_json(hand.schedule()) == written
