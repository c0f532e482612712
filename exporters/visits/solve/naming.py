"""Identifiers of visits: they stay while the plan lives, so that calendars follow."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from exporters.visits.plan_file import in_order
from exporters.visits.solve.board import HALVES, Board
from exporters.visits.solve.layout import Placed
from schemas.visits import Half, Plan, Visit


def visits_of(board: Board, placed: Sequence[Sequence[Placed]], previous: Plan | None) -> tuple[Visit, ...]:
    """The visits, fixed ones included. One at its old host keeps its identifier; another takes over that of a visit of the same
    need that is gone, so that the class hears of a change and not of a cancellation."""
    before: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in previous.visits if previous else ():
        before[visit.cohort, visit.need].append(visit)
    spent = {visit.id for visit in (*previous.visits, *previous.cancelled)} if previous else set()
    made: list[Visit] = []
    for desk, theirs in zip(board.desks, placed, strict=True):
        made += [visit for _, _, visit in desk.fixed]
        for place, need in enumerate(desk.needs):
            some = [one for one in theirs if one.item.need == place]
            made += _named(
                board,
                desk.cohort.id,
                need.id,
                some,
                before[desk.cohort.id, need.id],
                spent,
                {v.id for _, _, v in desk.fixed},
            )
    return in_order(made)


def _named(
    board: Board,
    cohort: str,
    need: str,
    theirs: Sequence[Placed],
    before: Sequence[Visit],
    spent: set[str],
    fixed: set[str],
) -> Iterator[Visit]:
    open_ = [visit for visit in before if visit.id not in fixed]
    at = {visit.enterprise: visit for visit in open_}
    hosts = {board.programme.enterprises[one.item.host].id for one in theirs}
    spare = [visit for visit in open_ if visit.enterprise not in hosts]
    numbers = (f"{cohort}/{need}/{n}" for n in range(1, len(spent) + len(theirs) + len(before) + 2))
    fresh = (name for name in numbers if name not in spent)
    for one in sorted(theirs, key=lambda placed: (placed.slot.day, placed.slot.half, placed.item.host)):
        host = board.programme.enterprises[one.item.host].id
        day, half = when(board, one)
        last = at.get(host) or (spare.pop(0) if spare else None)
        if last is None:
            yield Visit(id=next(fresh), cohort=cohort, need=need, enterprise=host, day=day, half=half)
        elif (last.enterprise, last.day, last.half) == (host, day, half):
            yield last
        else:
            sequence = last.sequence + (last.agreed is not None)
            yield replace(last, enterprise=host, day=day, half=half, sequence=sequence, agreed=None)


def when(board: Board, one: Placed) -> tuple[date, Half | None]:
    """Day and half of a visit."""
    half = None if one.slot.half == 2 else HALVES[one.slot.half]
    return date.fromordinal(board.first + one.slot.day), half


def cancelled(previous: Plan | None, visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Visits that calendars still have and that take place no more: those of before, and published ones that are gone or went to
    another host, whose old host has to be told."""
    if previous is None:
        return ()
    now = {visit.id: visit for visit in visits}
    gone = [
        replace(old, sequence=old.sequence + 1)
        for old in previous.visits
        if old.agreed is not None and (old.id not in now or now[old.id].enterprise != old.enterprise)
    ]
    return in_order((*previous.cancelled, *gone))
