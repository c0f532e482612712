"""Printed agendas as another program reads them."""

import io
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from exporters.visits.output.pdf.agenda import class_agenda, host_agenda
from exporters.visits.output.pdf.press import FONTS, chinese_font
from exporters.visits.output.schedule import Schedule
from schemas.errors import MachineError
from schemas.text import Text
from tests.support import visits_by_hand as hand


def text_of(agenda: bytes) -> str:
    """All text without blanks, which a reader has to guess."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(agenda)).pages)
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return hand.schedule()


def test_a_class_can_read_what_it_needs(schedule: Schedule) -> None:
    text = text_of(class_agenda(schedule, schedule.programme.cohorts[0]))
    for said in (
        "实地教学日程",
        "示例",
        "春季一班（示例）",
        "清华大学",
        "2023-03-14周二14:00–16:30晨光轴承（示例）苏州市",
        "3月14日",
        "江苏省苏州市示例路1号",
        hand.LEARNS,
        "能判断本企业的数字化等级",
        "进入车间须穿防砸鞋，长发须束起",
        "二号车间不得拍照",
        "示例联系人甲0512-5550101host-a@example.org",
        "含个人联系方式，仅供本班使用，请勿转发。",
    ):
        assert re.sub(r"\s", "", said) in text


def test_a_host_reads_who_comes_and_who_comes_no_more(schedule: Schedule) -> None:
    text = text_of(host_agenda(schedule, schedule.programme.enterprises[0]))
    assert "接待日程" in text
    assert "示例教师丙010-55500103teacher-c@example.org" in text
    assert "已取消•2023-03-17" in text.replace("·", "•")


def test_a_class_taught_in_english_has_an_english_agenda(schedule: Schedule) -> None:
    cohort = msgspec.structs.replace(schedule.programme.cohorts[0], language="en")
    agenda = class_agenda(schedule, cohort)
    assert "ChenguangBearings(sample)" in text_of(agenda)
    assert PdfReader(io.BytesIO(agenda)).trailer["/Root"]["/Lang"] == "en-GB"


def test_an_agenda_can_be_read_aloud(schedule: Schedule) -> None:
    reader = PdfReader(io.BytesIO(class_agenda(schedule, schedule.programme.cohorts[0])))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata
    assert reader.metadata.title == "实地教学日程 · 春季一班（示例）"


def test_a_class_without_visits_is_told_so(schedule: Schedule) -> None:
    empty = msgspec.structs.replace(schedule.plan, visits=(), cancelled=())
    text = text_of(
        class_agenda(Schedule(schedule.programme, empty, schedule.title), schedule.programme.cohorts[0])
    )
    assert "目前没有安排实地教学。" in text


@pytest.mark.parametrize(
    "bad", ['#import "x"', "#panic()", "$x$ *y* _z_ `w`", "= 标题", "<a>@b \\n // c /* d"]
)
def test_what_authors_write_is_text(schedule: Schedule, bad: str) -> None:
    host = msgspec.structs.replace(schedule.programme.enterprises[0], name=Text(bad), safety=(bad,))
    made = msgspec.structs.replace(schedule.programme, enterprises=(host, schedule.programme.enterprises[1]))
    text = text_of(class_agenda(Schedule(made, schedule.plan, Text(bad)), made.cohorts[0]))
    assert text.count(re.sub(r"\s", "", bad)) >= 3


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_an_agenda(text: str) -> None:
    made = hand.programme()
    host = msgspec.structs.replace(made.enterprises[0], name=Text(f"甲{text}"), learns=Text(text))
    made = msgspec.structs.replace(made, enterprises=(host, made.enterprises[1]))
    assert class_agenda(Schedule(made, hand.plan(), Text(text)), made.cohorts[0]).startswith(b"%PDF")


def test_the_same_plan_gives_the_same_bytes(schedule: Schedule) -> None:
    once = host_agenda(schedule, schedule.programme.enterprises[1])
    assert host_agenda(hand.schedule(), hand.enterprises()[1]) == once


def test_a_machine_without_a_chinese_font_is_told_what_to_install() -> None:
    assert chinese_font([*FONTS[3:], "DejaVu Sans"]) == FONTS[3]
    with pytest.raises(MachineError) as caught:
        chinese_font(["DejaVu Sans", "Libertinus Serif"])
    assert "fonts-noto-cjk" in caught.value.message.zh
    assert "fonts-noto-cjk" in caught.value.message.en
