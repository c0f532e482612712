"""A plan changed by hand: visits locked, moved, cancelled. What was handed out already gets a higher SEQUENCE, and what a host
no longer receives is kept among the cancelled, so that calendars can be told."""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec.structs import replace

from exporters.visits.plan_file import in_order
from exporters.visits.price import price
from schemas.text import Text
from schemas.visits import Half, Plan, Programme, Unserved, Visit

_BY_HAND = Text("已手动取消", "cancelled by hand")


def lock(plan: Plan, identifiers: Collection[str], *, locked: bool = True) -> Plan:
    """The plan with these visits locked, or unlocked."""
    visits = (replace(one, locked=locked) if one.id in identifiers else one for one in plan.visits)
    return replace(plan, visits=tuple(visits))


def move(
    programme: Programme, plan: Plan, identifier: str, *, day: date, half: Half | None, enterprise: str
) -> Plan:
    """The plan with one visit at another time or host. Whether that keeps the rules is the checker's to say."""
    [old] = (one for one in plan.visits if one.id == identifier)
    if (old.day, old.half, old.enterprise) == (day, half, enterprise):
        return plan
    sequence = old.sequence + (old.agreed is not None)
    new = replace(old, day=day, half=half, enterprise=enterprise, sequence=sequence, agreed=None)
    visits = [new if one is old else one for one in plan.visits]
    gone = [old] if enterprise != old.enterprise else []
    return _edited(programme, plan, visits, gone)


def cancel(programme: Programme, plan: Plan, identifiers: Collection[str]) -> Plan:
    """The plan without these visits; their needs are then not served."""
    gone = [one for one in plan.visits if one.id in identifiers]
    visits = [one for one in plan.visits if one.id not in identifiers]
    missing = {(one.cohort, one.need): one for one in plan.unserved}
    for visit in gone:
        before = missing.get((visit.cohort, visit.need))
        missing[visit.cohort, visit.need] = (
            replace(before, missing=before.missing + 1)
            if before
            else Unserved(visit.cohort, visit.need, 1, _BY_HAND)
        )
    return replace(_edited(programme, plan, visits, gone), unserved=tuple(missing.values()))


def _edited(programme: Programme, plan: Plan, visits: Iterable[Visit], gone: Iterable[Visit]) -> Plan:
    """Priced anew, without the bound that the solver had proven for other conditions."""
    kept = in_order(visits)
    told = [replace(one, sequence=one.sequence + 1) for one in gone if one.agreed is not None]
    return replace(
        plan,
        visits=kept,
        cancelled=in_order((*plan.cancelled, *told)),
        as_of=programme.as_of,
        quality=price(programme, kept),
    )
