"""What differs between two plans."""

from datetime import date

import msgspec

from exporters.visits.changes import Kind, changes
from schemas.visits import Half
from tests.support import visits_by_hand as hand


def test_nothing_differs_from_itself() -> None:
    assert changes(hand.plan(), hand.plan()) == ()


def test_each_kind_of_change_is_told_once() -> None:
    first, second, third = hand.visits()
    added = msgspec.structs.replace(first, id="spring-1/digital/3", day=date(2023, 3, 13))
    other_host = msgspec.structs.replace(first, enterprise="qiantang-cloud", day=date(2023, 3, 16))
    moved = msgspec.structs.replace(second, half=Half.AFTERNOON, locked=False)
    new = msgspec.structs.replace(hand.plan(), visits=(added, other_host, moved))
    found = changes(hand.plan(), new)
    assert {one.kind: one.visit.id for one in found} == {
        Kind.ADDED: added.id,
        Kind.HOST: first.id,
        Kind.MOVED: second.id,
        Kind.CANCELLED: third.id,
    }
    unlocked = msgspec.structs.replace(second, locked=False)
    [lock] = changes(hand.plan(), msgspec.structs.replace(hand.plan(), visits=(first, unlocked, third)))
    assert (lock.kind, lock.before, lock.after) == (Kind.LOCK, second, unlocked)
