"""Why a visit can't be planned: the smallest set of needs that can't all be met, found by leaving out one after the other."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from exporters.visits.solve.board import Board
from schemas.text import Text
from schemas.visits import Cohort, Need, Plan, Programme, Unserved, Weights

Wanted = tuple[str, str]  # class and need
Met = Callable[[Programme], bool | None]

MOST = 3  # needs of a plan that are explained this way; the others have a shorter reason
CLASSES = 12  # that compete for the same hosts: more are no smallest set
NOTHING_ELSE = Weights(travel=0.0, regions=0.0, industries=0.0, load=0.0, wishes=0.0, changes=0.0)

_ALONE = Text(
    "即使不安排其他任何实地教学，{needs} 也做不到：符合的企业有 {n} 家（{hosts}），与班次共有的时间不够",
    "{needs} can't be met even with no other visit: the hosts that fit ({n}: {hosts}) and the class have too little time in common",
)
_TOGETHER = Text(
    "这些需求不能同时满足，去掉任何一项就可以：{needs}。符合的企业有 {n} 家（{hosts}），它们的容量不够",
    "these needs can't all be met, yet without any one of them the others can: {needs}. The hosts that fit ({n}: {hosts}) are full",
)
_NEED = Text("{cohort}的 {need}（{count} 次{period}）", "{need} of {cohort} (visits: {count}{period})")
_PERIOD = Text("，{first} 至 {last}", ", {first} to {last}")
_MORE = Text("等", " and others")


def explained(programme: Programme, plan: Plan, met: Met) -> Plan:
    """The plan with the smallest conflict as the reason of its first unserved needs. `met` says whether a programme's needs can all
    be met; None where it doesn't know."""
    told = [_told(programme, plan, gap, met) for gap in plan.unserved[:MOST]]
    return replace(plan, unserved=(*told, *plan.unserved[MOST:]))


def _told(programme: Programme, plan: Plan, gap: Unserved, met: Met) -> Unserved:
    fit = _hosts(programme, [(gap.cohort, gap.need)])
    rivals = sorted({visit.cohort for visit in plan.visits if visit.enterprise in fit} | {gap.cohort})
    if not fit or len(rivals) > CLASSES:
        return gap
    wanted = [(one.id, need.id) for one in programme.cohorts if one.id in rivals for need in one.needs]
    wanted.sort(key=lambda one: one == (gap.cohort, gap.need))  # left out last
    if met(restricted(programme, wanted)) is not False:
        return gap
    for one in list(wanted):
        fewer = [other for other in wanted if other != one]
        answer = met(restricted(programme, fewer))
        if answer is None:
            return gap
        if answer is False:
            wanted = fewer
    return replace(gap, reason=_words(programme, wanted))


def restricted(programme: Programme, wanted: Iterable[Wanted]) -> Programme:
    """The programme with some needs only, in which nothing counts but to meet them."""
    kept = set(wanted)
    cohorts = []
    for one in programme.cohorts:
        needs = tuple(need for need in one.needs if (one.id, need.id) in kept)
        if needs:
            cohorts.append(replace(one, needs=needs))
    weights = replace(NOTHING_ELSE, unserved=1.0)
    return replace(programme, cohorts=tuple(cohorts), weights=weights)


def _hosts(programme: Programme, wanted: Sequence[Wanted]) -> dict[str, Text]:
    """Hosts that fit one of the needs."""
    some = restricted(programme, wanted)
    board = Board(some)
    rows = sorted({int(host) for desk in board.desks for host in desk.hosts})
    return {some.enterprises[row].id: some.enterprises[row].name for row in rows}


def _words(programme: Programme, wanted: Sequence[Wanted]) -> Text:
    hosts = list(_hosts(programme, wanted).values())
    named = _joined(hosts[:3])
    if len(hosts) > 3:
        named = Text(named.zh + _MORE.zh, named.en + _MORE.en)
    chosen = set(wanted)
    needs = [
        _need(one, need) for one in programme.cohorts for need in one.needs if (one.id, need.id) in chosen
    ]
    words = _ALONE if len(needs) == 1 else _TOGETHER
    return words.format(needs=_joined(needs), n=len(hosts), hosts=named)


def _need(cohort: Cohort, need: Need) -> Text:
    period = Text()
    if cohort.days and (need.earliest or need.latest):
        first, last = need.earliest or cohort.days[0].day, need.latest or cohort.days[-1].day
        period = _PERIOD.format(first=first, last=last)
    return _NEED.format(cohort=cohort.name, need=need.id, count=need.count, period=period)


def _joined(parts: Sequence[Text]) -> Text:
    return Text("、".join(part.say("zh") for part in parts), "; ".join(part.say("en") for part in parts))
