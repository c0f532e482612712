"""A plan made anew with one visit more that some rules stand against: what it then costs."""

from collections import Counter
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from exporters.visits.plan_file import in_order
from exporters.visits.price import price
from exporters.visits.solve.loosen import MANY
from exporters.visits.solve.planner import planned
from exporters.visits.solve.slots import Slot
from exporters.visits.solve.telling import fitting
from schemas.visits import Cohort, Enterprise, Need, Plan, Programme, Visit

FREE = 12  # classes whose visits may move
CAPACITY = {"groups", "each-week", "each-year", "once"}
EXTRA = "+"  # marks what is only there for the question


class Anew:
    """The plan, from which others are made."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme, self.plan = programme, plan
        self.now = price(programme, plan.visits)
        self.hosts = {one.id: one for one in programme.enterprises}

    def points(
        self,
        cohort: Cohort,
        need: Need,
        host: Enterprise,
        slot: Slot,
        rules: AbstractSet[str],
        seconds: float,
    ) -> float | None:
        """The points that the best plan with this visit has more than the plan as it is, but for unserved visits; changes count. None
        where it doesn't have more visits. At most `FREE` classes change, those that share most hosts with the class."""
        there = host
        if rules & CAPACITY:  # the visit takes nothing of what the host can bear
            there = replace(host, id=host.id + EXTRA, open=(), themes=(), each_year=MANY)
        visit = Visit(
            id=f"{cohort.id}/{need.id}/{EXTRA}",
            cohort=cohort.id,
            need=need.id,
            enterprise=there.id,
            day=slot[0],
            half=slot[1],
            locked=True,
        )
        some, before = self._near(cohort, host, there, visit)
        visits = planned(some, before, seconds)
        inside = {one.id for one in before.visits}
        every = [one for one in self.plan.visits if one.id not in inside]
        every += [replace(one, enterprise=host.id) if one.id == visit.id else one for one in visits]
        after = price(self.programme, every, self.plan)
        if after.parts["unserved"] >= self.now.parts["unserved"]:
            return None
        return (after.points - after.parts["unserved"]) - (self.now.points - self.now.parts["unserved"])

    def _near(
        self, cohort: Cohort, host: Enterprise, there: Enterprise, visit: Visit
    ) -> tuple[Programme, Plan]:
        """The classes that may change, with the others' visits at the hosts that concern them, locked; and what is planned of it."""
        free = self._free(cohort, host)
        fit = set().union(
            *(
                fitting(self.programme, one, need)
                for one in self.programme.cohorts
                if one.id in free
                for need in one.needs
            )
        )
        kept = [
            one if one.cohort in free else replace(one, locked=True)
            for one in self.plan.visits
            if one.cohort in free or one.enterprise in fit
        ]
        fit |= {one.enterprise for one in kept} | {host.id}
        hosts = [one for one in self.programme.enterprises if one.id in fit]
        if there is not host:
            hosts.append(there)
        count = Counter((one.cohort, one.need) for one in kept)
        cohorts = [
            one
            if one.id in free
            else replace(
                one,
                needs=tuple(
                    replace(need, count=count[one.id, need.id])
                    for need in one.needs
                    if count[one.id, need.id]
                ),
            )
            for one in self.programme.cohorts
        ]
        some = replace(
            self.programme,
            enterprises=tuple(hosts),
            cohorts=tuple(one for one in cohorts if one.needs),
        )
        return some, replace(self.plan, visits=in_order([*kept, visit]))

    def _free(self, cohort: Cohort, host: Enterprise) -> set[str]:
        """The class, and those with most visits at the host or at the hosts that the class visits or could visit."""
        fit = set().union(*(fitting(self.programme, cohort, need) for need in cohort.needs))
        fit |= {visit.enterprise for visit in self.plan.visits if visit.cohort == cohort.id}
        shared: dict[str, int] = {one.id: 0 for one in self.programme.cohorts}
        for visit in self.plan.visits:
            shared[visit.cohort] += (visit.enterprise in fit) + FREE * (visit.enterprise == host.id)
        shared[cohort.id] = MANY
        order = sorted(shared, key=lambda one: (-shared[one], one))
        return set(order[:FREE])
