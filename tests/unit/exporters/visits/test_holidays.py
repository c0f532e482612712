"""The working calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exporters.visits.holidays import working_calendar, works
from schemas.visits import Closure, Half
from tests.support import visits_by_hand as hand

SPRING_FESTIVAL = date(2023, 1, 23)  # a Monday
MADE_UP = date(2023, 1, 28)  # a Saturday


def test_public_holidays_and_the_saturdays_worked_instead() -> None:
    calendar = working_calendar(date(2023, 1, 16), date(2023, 1, 31))
    assert {date(2023, 1, day) for day in range(21, 28)} <= calendar.off
    assert date(2023, 1, 30) not in calendar.off
    assert {MADE_UP, date(2023, 1, 29)} == calendar.working
    assert calendar.unknown == ()


def test_the_edition_knows_better() -> None:
    calendar = working_calendar(
        date(2023, 1, 16),
        date(2023, 1, 31),
        off=[MADE_UP, date(2023, 1, 17)],
        working=[SPRING_FESTIVAL, MADE_UP, date(2023, 1, 21)],
    )
    assert {MADE_UP, date(2023, 1, 17)} <= calendar.off
    assert SPRING_FESTIVAL not in calendar.off
    assert calendar.working == {date(2023, 1, 21), date(2023, 1, 29)}


def test_an_unknown_year_has_plain_weeks_and_is_told() -> None:
    calendar = working_calendar(date(2003, 12, 29), date(2004, 1, 4))
    assert calendar.unknown == (2003,)
    assert calendar.off == {date(2004, 1, 1), date(2004, 1, 3), date(2004, 1, 4)}


@given(
    st.dates(date(2019, 1, 1), date(2030, 1, 1)),
    st.integers(0, 60),
    st.sets(st.integers(0, 60)),
    st.sets(st.integers(0, 60)),
)
def test_each_day_is_one_or_the_other(first: date, length: int, off: set[int], working: set[int]) -> None:
    last = first + timedelta(days=length)
    shut, worked = ({first + timedelta(days=n) for n in days} for days in (off, working))
    calendar = working_calendar(first, last, off=shut, working=worked)
    every = {first + timedelta(days=n) for n in range(length + 1)}
    assert not calendar.off & calendar.working
    assert (calendar.off | calendar.working) <= every
    assert all(day.weekday() >= 5 for day in calendar.working)
    assert shut & every <= calendar.off
    assert not (worked - shut) & calendar.off


def test_a_made_up_working_day_is_like_a_friday() -> None:
    import msgspec

    saturday, friday = date(2023, 3, 18), date(2023, 3, 17)
    host = msgspec.structs.replace(hand.enterprises()[0], open=((4, Half.MORNING),))
    programme = msgspec.structs.replace(hand.programme(), off=frozenset(), working=frozenset({saturday}))
    assert works(programme, host, saturday, Half.MORNING)
    assert not works(programme, host, saturday, Half.AFTERNOON)
    assert works(programme, host, friday, Half.MORNING)
    assert not works(programme, host, date(2023, 3, 16), Half.MORNING)
    shut = msgspec.structs.replace(host, closures=(Closure(friday, friday),))
    assert not works(programme, shut, friday, Half.MORNING)
    assert works(programme, shut, saturday, Half.MORNING)
