"""Calendars as another program reads them, and byte for byte."""

from datetime import UTC, date, datetime

import msgspec
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from exporters.visits.output import ics
from exporters.visits.output.schedule import Schedule
from schemas.errors import InputError
from schemas.text import Text
from schemas.visits import Contact
from tests.support import visits_by_hand as hand


def events(calendar: bytes) -> list[vobject.base.Component]:
    return list(vobject.readOne(calendar.decode()).vevent_list)


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return hand.schedule()


def all_calendars(schedule: Schedule) -> list[bytes]:
    return [
        *(ics.class_calendar(schedule, one) for one in schedule.programme.cohorts),
        *(ics.host_calendar(schedule, one) for one in schedule.programme.enterprises),
        *(ics.instructor_calendar(schedule, who) for who in schedule.instructors),
        *(ics.institution_calendar(schedule, slug) for slug in schedule.institutions),
    ]


def test_another_program_reads_what_a_class_does(schedule: Schedule) -> None:
    first, second = events(ics.class_calendar(schedule, schedule.programme.cohorts[0]))
    assert first.dtstart.value == datetime(2023, 3, 14, 6, tzinfo=UTC)  # 14:00 in Shanghai
    assert first.dtend.value == datetime(2023, 3, 14, 8, 30, tzinfo=UTC)
    assert first.summary.value == "实地教学：晨光轴承（示例）"
    assert first.location.value == "晨光轴承（示例），江苏省苏州市示例路 1 号"
    assert first.geo.value == "31.30408;120.59538"
    assert hand.LEARNS in first.description.value
    for said in ("能判断本企业的数字化等级", "进入车间须穿防砸鞋", "二号车间不得拍照", "0512-5550101"):
        assert said in first.description.value
    assert first.contact_list[0].value == "示例联系人甲 0512-5550101 host-a@example.org"
    assert first.organizer.value == "mailto:teacher-c@example.org"
    assert (first.sequence.value, second.sequence.value) == ("0", "2")
    assert first.status.value == "CONFIRMED"


def test_a_class_taught_in_english_has_an_english_calendar() -> None:
    made = hand.programme()
    english = msgspec.structs.replace(made.cohorts[0], language="en")
    made = msgspec.structs.replace(made, cohorts=(english, made.cohorts[1]))
    [first, _] = events(ics.class_calendar(Schedule(made, hand.plan()), english))
    assert first.summary.value == "Site visit: Chenguang Bearings (sample)"
    assert "Learning objectives: Judge the digital level" in first.description.value


def test_a_cancelled_visit_is_told_to_class_and_host(schedule: Schedule) -> None:
    for calendar in (
        ics.class_calendar(schedule, schedule.programme.cohorts[1]),
        ics.host_calendar(schedule, schedule.programme.enterprises[0]),
    ):
        *_, gone = events(calendar)
        assert (gone.status.value, gone.sequence.value) == ("CANCELLED", "1")
        assert gone.dtstart.value == datetime(2023, 3, 17, 1, tzinfo=UTC)


def test_a_visit_moved_to_another_host_is_cancelled_for_the_old_one_alone() -> None:
    plan = hand.plan()
    old = msgspec.structs.replace(plan.visits[0], sequence=1)
    new = msgspec.structs.replace(old, enterprise="qiantang-cloud")
    schedule = Schedule(
        hand.programme(),
        msgspec.structs.replace(plan, visits=(new, *plan.visits[1:]), cancelled=(old,)),
    )
    [for_class, _] = events(ics.class_calendar(schedule, schedule.programme.cohorts[0]))
    [for_old] = events(ics.host_calendar(schedule, schedule.programme.enterprises[0]))
    for_new = events(ics.host_calendar(schedule, schedule.programme.enterprises[1]))[0]
    assert for_class.uid.value == for_old.uid.value == for_new.uid.value
    assert [one.status.value for one in (for_class, for_old, for_new)] == [
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]


def test_an_institution_and_an_instructor_have_their_classes(schedule: Schedule) -> None:
    theirs = events(ics.institution_calendar(schedule, "tsinghua"))
    assert [one.summary.value for one in theirs] == [
        "春季一班（示例）：晨光轴承（示例）",
        "春季一班（示例）：钱塘云联（示例）",
    ]
    assert theirs[0].organizer.params["CN"] == ["清华大学"]
    assert theirs[0].organizer.value.startswith("urn:uuid:")
    led = events(ics.instructor_calendar(schedule, hand.INSTRUCTORS[0]))
    assert [one.uid.value for one in led] == [one.uid.value for one in theirs]


def test_lines_are_folded_at_75_octets_and_never_inside_a_character(schedule: Schedule) -> None:
    for calendar in all_calendars(schedule):
        lines = calendar.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert any(line.startswith(b" ") for line in lines)
        for line in lines:
            line.decode()  # a character cut in two isn't UTF-8
            assert b"\n" not in line


def test_the_same_plan_gives_the_same_bytes(schedule: Schedule) -> None:
    assert all_calendars(schedule) == all_calendars(hand.schedule())


def test_the_stamp_is_the_day_of_publication(schedule: Schedule) -> None:
    [first, *_] = events(ics.class_calendar(schedule, schedule.programme.cohorts[0]))
    assert first.dtstamp.value == datetime(2023, 2, 2, 16, tzinfo=UTC)
    draft = msgspec.structs.replace(schedule.plan, published=None)
    [first, *_] = events(
        ics.class_calendar(Schedule(schedule.programme, draft), schedule.programme.cohorts[0])
    )
    assert first.dtstamp.value == datetime(2023, 1, 31, 16, tzinfo=UTC)


def test_an_identifier_lives_as_long_as_the_visit(schedule: Schedule) -> None:
    moved = msgspec.structs.replace(schedule.plan.visits[0], day=date(2023, 3, 16), sequence=1)
    plan = msgspec.structs.replace(schedule.plan, visits=(moved, *schedule.plan.visits[1:]))
    before = events(ics.class_calendar(schedule, schedule.programme.cohorts[0]))
    after = events(ics.class_calendar(Schedule(schedule.programme, plan), schedule.programme.cohorts[0]))
    assert {one.uid.value for one in before} == {one.uid.value for one in after}


@given(st.text(max_size=60))
def test_no_text_breaks_a_calendar(text: str) -> None:
    made = hand.programme()
    host = msgspec.structs.replace(
        made.enterprises[0], name=Text(f"甲{text}"), safety=(text,), contact=Contact("乙", text, text)
    )
    cohort = msgspec.structs.replace(
        made.cohorts[0], institution=f"x{text}", instructor=Contact("丙", "1", f"a{text}@example.org")
    )
    schedule = Schedule(
        msgspec.structs.replace(
            made, enterprises=(host, made.enterprises[1]), cohorts=(cohort, made.cohorts[1])
        ),
        hand.plan(),
    )
    calendar = ics.class_calendar(schedule, cohort)
    assert len(events(calendar)) == 2
    assert calendar.count(b"BEGIN:") == calendar.count(b"\r\nBEGIN:") + 1 == 5


@pytest.mark.parametrize("change", [{"enterprise": "nobody"}, {"cohort": "nobody"}])
def test_a_plan_of_another_programme_is_refused(change: dict[str, str]) -> None:
    plan = hand.plan()
    strange = msgspec.structs.replace(plan.visits[0], **change)
    schedule = Schedule(hand.programme(), msgspec.structs.replace(plan, visits=(strange,)))
    with pytest.raises(InputError, match="nobody"):
        _ = schedule.appointments
