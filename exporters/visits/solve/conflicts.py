"""Why a visit can't be planned: the smallest set of needs and rules that can't all hold, found by planning without some of them."""

import time
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from exporters.visits.solve.loosen import RULES, loosened
from exporters.visits.solve.smallest import Remembered, Undecided, irreducible, smallest
from exporters.visits.solve.telling import Conflict, Strength, Wanted, fitting, tell
from schemas.visits import Plan, Programme, Weights

Unmet = Callable[[Programme, bool, float], frozenset[Wanted] | None]
Element = Wanted | str  # a need, or one of RULES

MOST = 6  # needs of a plan that are explained this way; the others have a shorter reason
CLASSES = 30  # that compete for the same hosts
MEMBERS = 12  # of a conflict that may still be too large
PATIENCE = 4  # questions that the time left should do for
NOTHING_ELSE = Weights(travel=0.0, regions=0.0, industries=0.0, load=0.0, wishes=0.0, changes=0.0)


def explained(programme: Programme, plan: Plan, unmet: Unmet, seconds: float) -> Plan:
    """The plan with the smallest conflict as the reason of its first unserved needs, as far as so many seconds go. `unmet` says
    which needs of a programme can't all be met (none: all can), with the locked visits of the last plan (True) or without; None where
    it doesn't know after so many seconds."""
    until = time.monotonic() + seconds
    told = []
    some = plan.unserved[:MOST]
    for place, gap in enumerate(some):
        now = time.monotonic()
        over = now + (until - now) / (len(some) - place)
        conflict = conflict_of(programme, plan, (gap.cohort, gap.need), unmet, over)
        told.append(replace(gap, reason=tell(programme, plan, conflict)) if conflict else gap)
    return replace(plan, unserved=(*told, *plan.unserved[MOST:]))


def conflict_of(programme: Programme, plan: Plan, gap: Wanted, unmet: Unmet, over: float) -> Conflict | None:
    """The conflict of a need that isn't met with others that are; None where none of a size that helps is known when the monotonic
    clock says `over`."""
    planned = as_planned(programme, plan, gap)
    oracle = Remembered(_against(planned, unmet, over))
    things = [_in_order(wanted, gap) for wanted in levels(planned, plan, gap)]
    try:
        if all(oracle.possible(frozenset(some)) for some in things):
            return None
        core = oracle.bad[-1]
        conflict = irreducible(oracle.possible, [one for one in things[-1] if one in core])
        if oracle.possible(conflict):  # locked visits that break rules can make answers contradict each other
            return None
        return _told(smallest(oracle.possible, things[-1], conflict), Strength.SMALLEST, gap)
    except Undecided:
        fewest = min(oracle.bad, key=len, default=None)
        if fewest is None:
            return None
        if oracle.tight(fewest):
            return _told(fewest, Strength.IRREDUCIBLE, gap)
        return _told(fewest, Strength.PROVEN, gap) if len(fewest) <= MEMBERS else None


def _in_order(wanted: set[Wanted], gap: Wanted) -> list[Element]:
    """What is rather part of a conflict comes first: the need in question, those of its class, others, rules."""
    return [*sorted(wanted, key=lambda one: (one != gap, one[0] != gap[0], one)), *RULES]


def _told(some: frozenset[Element], strength: Strength, gap: Wanted) -> Conflict:
    needs = sorted((one for one in some if isinstance(one, tuple)), key=lambda one: (one != gap, one))
    return Conflict(tuple(needs), tuple(rule for rule in RULES if rule in some), strength)


def _against(
    planned: Programme, unmet: Unmet, over: float
) -> Callable[[frozenset[Element]], frozenset[Element]]:
    """Which needs can't all be met under rules, and these rules; raises Undecided."""

    def conflict(kept: frozenset[Element]) -> frozenset[Element]:
        rules = frozenset(one for one in kept if isinstance(one, str))
        some = restricted(planned, {one for one in kept if isinstance(one, tuple)})
        if not some.cohorts:
            return frozenset()
        seconds = (over - time.monotonic()) / PATIENCE
        loose = loosened(some, set(RULES) - rules)
        needs = unmet(loose, "locked" in rules, seconds) if seconds > 0 else None
        if needs and "locked" not in rules:  # a locked visit may be where another couldn't be
            locked = unmet(loose, True, seconds)  # noqa: FBT003
            needs = locked and needs | locked
        if needs is None:
            raise Undecided
        return needs | rules if needs else frozenset()

    return conflict


def as_planned(programme: Programme, plan: Plan, gap: Wanted) -> Programme:
    """The programme with as much of each need as is planned, and all of one that isn't."""
    missing = {(one.cohort, one.need): one.missing for one in plan.unserved}
    del missing[gap]
    cohorts = []
    for one in programme.cohorts:
        needs = [replace(need, count=need.count - missing.get((one.id, need.id), 0)) for need in one.needs]
        cohorts.append(replace(one, needs=tuple(need for need in needs if need.count > 0)))
    return replace(programme, cohorts=tuple(cohorts))


def restricted(programme: Programme, kept: set[Wanted]) -> Programme:
    """The programme with some needs only, in which nothing counts but to meet them."""
    cohorts = []
    for one in programme.cohorts:
        needs = tuple(need for need in one.needs if (one.id, need.id) in kept)
        if needs:
            cohorts.append(replace(one, needs=needs))
    weights = replace(NOTHING_ELSE, unserved=1.0)
    return replace(programme, cohorts=tuple(cohorts), weights=weights)


def levels(programme: Programme, plan: Plan, gap: Wanted) -> Iterator[set[Wanted]]:
    """Ever more needs that may stand in the way of one: itself, its class's, those that no other hosts could meet, those that visit
    the hosts that fit, all others of their classes, and so on."""
    fits = {
        (one.id, need.id): fitting(programme, one, need) for one in programme.cohorts for need in one.needs
    }
    yield {gap}
    wanted = {one for one in fits if one[0] == gap[0]}
    yield wanted
    wanted |= {one for one, hosts in fits.items() if hosts <= fits[gap]}
    yield wanted
    while True:
        hosts = set().union(*(fits[one] for one in wanted))
        rivals = {
            (visit.cohort, visit.need) for visit in plan.visits if visit.enterprise in hosts
        } & fits.keys()
        classes = {cohort for cohort, _ in wanted | rivals}
        larger = {one for one in fits if one[0] in classes}
        if len(classes) > CLASSES or larger == wanted:
            return
        yield wanted | rivals
        yield larger
        wanted = larger
