"""What would have to give way so that a visit that isn't planned could be, the cheapest first: each way is planned anew, so that its
price is what it would cost."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from exporters.visits.holidays import works
from exporters.visits.solve.anew import Anew
from exporters.visits.solve.slots import Slot, halves
from exporters.visits.solve.whatif import Layout, Placed
from schemas.text import Text
from schemas.visits import Cohort, Duration, Enterprise, Need, Plan, Programme

SECONDS = 20.0
_MOST = 3  # ways for a need
_TRIED = 5  # of which so many are planned anew

RULES = {
    "size": Text(
        "{host}接受 {size} 人的班次（现为 {smallest}–{largest} 人）",
        "{host} takes a class of {size} (now {smallest} to {largest})",
    ),
    "theme": Text("{host}的主题不合也可以", "{host}, although its theme is another one"),
    "industry": Text("{host}的行业（{industry}）不合也可以", "{host}, although its industry is {industry}"),
    "language": Text("{host}为该班次配翻译", "{host} gets an interpreter for the class"),
    "once": Text("班次再去一次{host}", "the class visits {host} once more"),
    "period": Text("需求的起止日期放宽到 {day}", "the need may be met on {day}"),
    "notice": Text(
        "{host}不必提前 {notice} 天知道（{day}）", "{host} does without its {notice} days of notice ({day})"
    ),
    "opening": Text("{host}在 {day} 也接待", "{host} is open on {day}, too"),
    "groups": Text("{host}在 {day} 多接待一批", "{host} takes one class more on {day}"),
    "each-week": Text("{host}那一周多接待一次（{day}）", "{host} takes one visit more that week ({day})"),
    "each-year": Text("{host}全年多接待一次（{day}）", "{host} takes one visit more that year ({day})"),
    "travel": Text("{day} 给班次留出去{host}的路程时间", "the class has time to get to {host} on {day}"),
}


class Way(msgspec.Struct, frozen=True):
    """Rules that give way for one visit at one host: one, or two where no single one would do. `points` is what the plan then costs
    more, made anew with that visit, but for what unserved visits cost; changes to the visits of the plan as it is count."""

    cohort: str
    need: str
    rules: tuple[str, ...]
    enterprise: str
    words: Text
    points: float


@dataclass(frozen=True)
class _Try:
    """A visit that some rules stand against, and what it would add to the points if nothing else changed. `moves`: the class is
    elsewhere then and would have to move."""

    host: Enterprise
    slot: Slot
    rules: tuple[str, ...]
    moves: bool
    points: float

    @property
    def order(self) -> tuple[bool, float, tuple[str, ...]]:
        return self.moves, self.points, self.rules


def ways(programme: Programme, plan: Plan, *, seconds: float = SECONDS) -> tuple[Way, ...]:
    """The cheapest ways out for each need that isn't served, at most three each, as far as so many seconds go."""
    layout = _laid_out(programme, plan)
    anew = Anew(programme, plan)
    cohorts = {one.id: one for one in programme.cohorts}
    until = time.monotonic() + seconds
    found: list[Way] = []
    for place, gap in enumerate(plan.unserved):
        cohort = cohorts.get(gap.cohort)
        need = next((one for one in cohort.needs if one.id == gap.need), None) if cohort else None
        if cohort and need:
            now = time.monotonic()
            over = now + (until - now) / (len(plan.unserved) - place)
            found += _of_need(anew, layout, cohort, need, over)
    return tuple(found)


def _of_need(anew: Anew, layout: Layout, cohort: Cohort, need: Need, over: float) -> list[Way]:
    """The cheapest ways out for a need; with two rules only where one rule is never enough."""
    tries: dict[tuple[str, ...], _Try] = {}
    for host in layout.programme.enterprises:
        for one in _at(layout, cohort, need, host):
            if one.rules not in tries or one.order < tries[one.rules].order:
                tries[one.rules] = one
    for count in (1, 2):
        some = sorted((one for one in tries.values() if len(one.rules) == count), key=lambda one: one.order)
        found: list[Way] = []
        for one in some[:_TRIED]:
            seconds = (over - time.monotonic()) / 2
            if seconds <= 0:
                break
            points = anew.points(cohort, need, one.host, one.slot, set(one.rules), seconds)
            if points is not None:
                words = _words(cohort, one)
                found.append(Way(cohort.id, need.id, one.rules, one.host.id, words, round(points, 6)))
        if found:
            return sorted(found, key=lambda way: (way.points, way.rules))[:_MOST]
    return []


def _laid_out(programme: Programme, plan: Plan) -> Layout:
    layout = Layout(programme)
    cohorts = {one.id: one for one in programme.cohorts}
    hosts = {one.id: one for one in programme.enterprises}
    for visit in plan.visits:
        cohort, host = cohorts[visit.cohort], hosts[visit.enterprise]
        [need] = [one for one in cohort.needs if one.id == visit.need]
        layout.put(Placed(cohort, need, host, (visit.day, visit.half)))
    return layout


def _at(layout: Layout, cohort: Cohort, need: Need, host: Enterprise) -> Iterator[_Try]:
    """Visits at one host that one or two rules stand against: for each set of rules the first."""
    unfit = [
        name
        for name, good in (
            ("size", host.smallest <= cohort.size <= host.largest),
            ("theme", not need.theme or need.theme in host.themes),
            ("industry", host.industry.startswith(need.industry)),
            ("language", cohort.language in host.languages),
            ("once", all(one.host.id != host.id for one in layout.placed[cohort.id])),
        )
        if not good
    ]
    points = layout.cost(cohort, host)
    told: set[tuple[tuple[str, ...], bool]] = set()
    for slot in _times(cohort, need) if len(unfit) <= 2 else ():
        if slot[0] in layout.programme.off or slot[0] < layout.programme.as_of:
            continue
        against = unfit + _against(layout, need, host, slot)
        moves = not layout.is_free(cohort, slot)
        if not moves and not layout.could(cohort, host, slot):
            against.append("travel")
        rules = tuple(against)
        if len(rules) in (1, 2) and (rules, moves) not in told:
            told.add((rules, moves))
            yield _Try(host, slot, rules, moves, points)


def _words(cohort: Cohort, one: _Try) -> Text:
    host = one.host
    parts = [
        RULES[rule].format(
            host=host.name,
            day=one.slot[0],
            size=cohort.size,
            smallest=host.smallest,
            largest=host.largest,
            industry=host.industry,
            notice=host.notice,
        )
        for rule in one.rules
    ]
    return Text("，并且".join(part.zh for part in parts), ", and ".join(part.en for part in parts))


def _times(cohort: Cohort, need: Need) -> Iterator[Slot]:
    for day in cohort.days:
        if need.duration is Duration.HALF_DAY:
            yield from ((day.day, half) for half in day.halves)
        elif len(day.halves) == 2:
            yield day.day, None


def _against(layout: Layout, need: Need, host: Enterprise, slot: Slot) -> list[str]:
    """The rules of the host and the need that stand against a visit at this time."""
    programme, day = layout.programme, slot[0]
    late = (need.earliest and day < need.earliest) or (need.latest and day > need.latest)
    against = ["period"] if late else []
    if (day - programme.as_of).days < host.notice:
        against.append("notice")
    if not all(works(programme, host, day, half) for half in halves(slot)):
        against.append("opening")
    return against + layout.full(host, slot)
