"""What would have to give way so that a visit that isn't planned could be: single rules at single hosts, the cheapest first."""

from collections.abc import Iterator

import msgspec

from exporters.visits.holidays import works
from exporters.visits.solve.slots import Slot, halves
from exporters.visits.solve.whatif import Layout, Placed
from schemas.text import Text
from schemas.visits import Cohort, Duration, Enterprise, Need, Plan, Programme

_MOST = 3  # ways for a need

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
    """One rule that gives way at one host, and the points that the visit then costs."""

    cohort: str
    need: str
    rule: str
    enterprise: str
    words: Text
    points: float


def ways(programme: Programme, plan: Plan) -> tuple[Way, ...]:
    """The cheapest ways out for each need that isn't served, at most three each; each gives way in one rule only."""
    layout = _laid_out(programme, plan)
    cohorts = {one.id: one for one in programme.cohorts}
    found: list[Way] = []
    for gap in plan.unserved:
        cohort = cohorts.get(gap.cohort)
        need = next((one for one in cohort.needs if one.id == gap.need), None) if cohort else None
        if cohort and need:
            cheapest: dict[str, Way] = {}
            for host in programme.enterprises:
                for way in _at(programme, layout, cohort, need, host):
                    if way.rule not in cheapest or way.points < cheapest[way.rule].points:
                        cheapest[way.rule] = way
            found += sorted(cheapest.values(), key=lambda way: (way.points, way.rule))[:_MOST]
    return tuple(found)


def _laid_out(programme: Programme, plan: Plan) -> Layout:
    layout = Layout(programme)
    cohorts = {one.id: one for one in programme.cohorts}
    hosts = {one.id: one for one in programme.enterprises}
    for visit in plan.visits:
        cohort, host = cohorts[visit.cohort], hosts[visit.enterprise]
        [need] = [one for one in cohort.needs if one.id == visit.need]
        layout.put(Placed(cohort, need, host, (visit.day, visit.half)))
    return layout


def _at(programme: Programme, layout: Layout, cohort: Cohort, need: Need, host: Enterprise) -> Iterator[Way]:
    """The ways at one host: the first time at which only one rule stands against the visit."""
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
    told: set[str] = set()
    for slot in _times(cohort, need) if len(unfit) <= 1 else ():
        against = unfit + _against(programme, layout, cohort, need, host, slot)
        if len(against) == 1 and against[0] not in told:
            told.add(against[0])
            words = RULES[against[0]].format(
                host=host.name,
                day=slot[0],
                size=cohort.size,
                smallest=host.smallest,
                largest=host.largest,
                industry=host.industry,
                notice=host.notice,
            )
            points = round(layout.cost(cohort, host), 6)
            yield Way(cohort.id, need.id, against[0], host.id, words, points)


def _times(cohort: Cohort, need: Need) -> Iterator[Slot]:
    for day in cohort.days:
        if need.duration is Duration.HALF_DAY:
            yield from ((day.day, half) for half in day.halves)
        elif len(day.halves) == 2:
            yield day.day, None


def _against(
    programme: Programme, layout: Layout, cohort: Cohort, need: Need, host: Enterprise, slot: Slot
) -> list[str]:
    """The rules that stand against a visit at this time. A class that is elsewhere then can't be helped."""
    day = slot[0]
    late = (need.earliest and day < need.earliest) or (need.latest and day > need.latest)
    against = ["period"] if late else []
    if (day - programme.as_of).days < host.notice:
        against.append("notice")
    if not all(works(programme, host, day, half) for half in halves(slot)):
        against += ["opening"] if day not in programme.off else ["opening", "off"]
    return against + layout.full(host, slot) + layout.hurried(cohort, host, slot)
