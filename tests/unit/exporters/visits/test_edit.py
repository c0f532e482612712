"""A plan changed by hand."""

from datetime import date

import msgspec
import pytest

from exporters.visits.changes import Kind, changes
from exporters.visits.edit import cancel, lock, move
from exporters.visits.price import price
from schemas.visits import Half, Plan
from tests.support import visits_by_hand as hand

FIRST = "spring-1/digital/1"


@pytest.fixture
def draft() -> Plan:
    return msgspec.structs.replace(hand.plan(), cancelled=(), published=None)


@pytest.fixture
def published(draft: Plan) -> Plan:
    agreed = tuple(msgspec.structs.replace(one, agreed=date(2023, 2, 3)) for one in draft.visits)
    return msgspec.structs.replace(draft, visits=agreed, published=date(2023, 2, 3))


def moved(plan: Plan, **change: object) -> Plan:
    asked: dict[str, object] = {
        "day": date(2023, 3, 14),
        "half": Half.AFTERNOON,
        "enterprise": "chenguang-bearing",
    }
    return move(hand.programme(), plan, FIRST, **{**asked, **change})  # type: ignore[arg-type]


def test_a_lock_can_be_undone(draft: Plan) -> None:
    locked = lock(draft, [FIRST])
    assert [one.kind for one in changes(draft, locked)] == [Kind.LOCK]
    assert lock(locked, [FIRST], locked=False) == draft


def test_moving_nowhere_changes_nothing(published: Plan) -> None:
    assert moved(published) is published


def test_a_draft_is_moved_without_telling_anybody(draft: Plan) -> None:
    new = moved(draft, day=date(2023, 3, 17))
    assert [one.id for one in new.visits][-1] == FIRST  # in order of days
    assert new.visits[-1].sequence == 0
    assert new.cancelled == ()


def test_what_was_published_is_told_to_both_hosts(published: Plan) -> None:
    new = moved(published, enterprise="qiantang-cloud")
    [visit] = [one for one in new.visits if one.id == FIRST]
    assert (visit.sequence, visit.agreed) == (1, None)
    [gone] = new.cancelled
    assert (gone.id, gone.enterprise, gone.sequence) == (FIRST, "chenguang-bearing", 1)


def test_a_cancelled_visit_leaves_its_need_unserved(published: Plan) -> None:
    new = cancel(hand.programme(), published, [FIRST])
    assert FIRST not in {one.id for one in new.visits}
    assert [(one.id, one.sequence) for one in new.cancelled] == [(FIRST, 1)]
    [missing] = [one for one in new.unserved if one.cohort == "spring-1"]
    assert (missing.need, missing.missing) == ("digital", 1)
    again = cancel(hand.programme(), new, ["spring-1/digital/2"])
    [missing] = [one for one in again.unserved if one.cohort == "spring-1"]
    assert missing.missing == 2


def test_the_points_are_those_of_the_new_visits(published: Plan) -> None:
    new = cancel(hand.programme(), published, [FIRST])
    assert new.quality.points == price(hand.programme(), new.visits).points
    assert new.quality.bound is None
