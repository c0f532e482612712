"""From a programme to a plan: columns, the choice among them, days, better places, identifiers, reasons for what is missing."""

import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import NamedTuple

from msgspec.structs import replace

from exporters.visits.plan_file import fingerprint, in_order
from exporters.visits.price import price
from exporters.visits.solve.choice import Chosen, Column, choose
from exporters.visits.solve.layout import Layout, Placed
from exporters.visits.solve.slots import Calendar, far, fits, week_of
from schemas.text import Text
from schemas.visits import Cohort, Need, Plan, Programme, Unserved, Visit

_MOST = 120_000  # columns: more are no use in a minute
_FEWEST = 12  # hosts of a need, the nearest, when there are too many columns
_SHARE = 0.7  # of the time is for the choice

_NO_HOST = Text(
    "没有企业同时符合主题、行业、人数与语言",
    "no host fits the theme, the industry, the size and the language",
)
_CLOSED = Text(
    "符合的 {n} 家企业在上课时段都不接待，或来不及提前通知",
    "the {n} hosts that fit receive nobody while the class is together, or would hear of it too late",
)
_FULL = Text(
    "符合的 {n} 家企业在上课时段已排满，或路程来不及",
    "the {n} hosts that fit are full while the class is together, or too far for the time left",
)


class Progress(NamedTuple):
    """How far the work is: seconds, the points of the best plan so far, and what no plan can be below, where known."""

    seconds: float
    points: float | None
    bound: float | None


class Solved(NamedTuple):
    """A plan, and whether Ctrl-C cut the work short."""

    plan: Plan
    interrupted: bool


def solve(
    programme: Programme,
    previous: Plan | None = None,
    *,
    seconds: float,
    gap: float,
    seed: int,
    progress: Callable[[Progress], object],
) -> Solved:
    """The best plan within so many seconds, or within `gap` (0 to 1) of the best there is. The same programme and seed give the
    same plan where time isn't what stops the work."""
    began = time.monotonic()
    old = previous.visits if previous else ()
    layout = Layout(programme, Calendar(programme), old)
    fixed = _fix(programme, layout, old)
    columns, complete = _columns(programme, layout, fixed)
    with _interruptible() as stopped:

        def watch(spent: float, points: float | None, bound: float | None) -> bool:
            progress(Progress(spent, points, bound if complete else None))
            return bool(stopped)

        chosen = choose(
            programme, columns, old, seconds=seconds * _SHARE, gap=gap / 4, seed=seed, watch=watch
        )
        _place(layout, chosen)
        _fill(programme, layout)
        bound = chosen.bound if complete else None
        while not stopped and time.monotonic() - began < seconds:
            now = price(programme, _visits(layout, old), previous).points
            progress(Progress(time.monotonic() - began, now, bound))
            enough = bound is not None and now - bound <= gap * now
            if enough or not _improve(programme, layout, stopped, began + seconds):
                break
    return Solved(_plan(programme, layout, previous, bound, seed, time.monotonic() - began), bool(stopped))


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """Ctrl-C only leaves word in the list that is given; the work then ends with what it has."""
    stopped: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)

    if current_thread() is not main_thread():
        yield stopped
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _fix(programme: Programme, layout: Layout, old: Sequence[Visit]) -> list[Placed]:
    """What may not be moved: locked visits, and those that have taken place."""
    cohorts = {one.id: one for one in programme.cohorts}
    hosts = {one.id: one for one in programme.enterprises}
    fixed = []
    for visit in old:
        cohort, host = cohorts.get(visit.cohort), hosts.get(visit.enterprise)
        need = next((need for need in cohort.needs if need.id == visit.need), None) if cohort else None
        if cohort and host and need and (visit.locked or visit.day < programme.as_of):
            one = Placed(cohort, need, host, (visit.day, visit.half), fixed=True)
            layout.put(one)
            fixed.append(one)
    return fixed


def _columns(programme: Programme, layout: Layout, fixed: Sequence[Placed]) -> tuple[list[Column], bool]:
    """Every visit that a plan may hold, by week; and whether it is really every one, so that the bound is sound."""
    there = [Column(one.cohort, one.need, one.host, week_of(one.slot[0]), fixed=True) for one in fixed]
    known = {(one.cohort.id, one.need.id, one.host.id) for one in fixed}
    needs = [(cohort, need) for cohort in programme.cohorts for need in cohort.needs]
    most = max(_FEWEST, _MOST // (4 * max(1, len(needs))))
    complete = True
    for cohort, need in needs:
        hosts = [host for host in programme.enterprises if fits(cohort, need, host)]
        hosts.sort(key=lambda host: (far(cohort.home, host.spot), host.id))
        complete = complete and len(hosts) <= most
        wanted = [
            host
            for host in hosts[most:]
            if host.id in cohort.wishes or (cohort.id, need.id, host.id) in layout.old
        ]
        for host in [*hosts[:most], *wanted]:
            if (cohort.id, need.id, host.id) not in known:
                weeks = dict.fromkeys(week_of(slot[0]) for slot in layout.slots(cohort, need, host))
                there += [Column(cohort, need, host, week) for week in sorted(weeks)]
    return there, complete


def _place(layout: Layout, chosen: Chosen) -> None:
    """Each chosen visit in its week, what is hardest first: visits of the last plan where they were, whole days, far hosts."""

    def hard(column: Column) -> tuple[object, ...]:
        kept = (column.cohort.id, column.need.id, column.host.id) in layout.old
        away = far(column.cohort.home, column.host.spot)
        return (not kept, column.need.duration, -away, column.cohort.id, column.need.id, column.host.id)

    for column in sorted((one for one in chosen.columns if not one.fixed), key=hard):
        for slot in layout.slots(column.cohort, column.need, column.host):
            if week_of(slot[0]) == column.week and layout.free(column.cohort, column.host, slot):
                layout.put(Placed(column.cohort, column.need, column.host, slot))
                break


def _missing(programme: Programme, layout: Layout) -> Iterator[tuple[Cohort, Need, int]]:
    for cohort in programme.cohorts:
        have = Counter(one.need.id for one in layout.placed[cohort.id])
        for need in cohort.needs:
            if have[need.id] < need.count:
                yield cohort, need, need.count - have[need.id]


def _fill(programme: Programme, layout: Layout) -> None:
    """Whatever still has a place anywhere gets it."""
    for cohort, need, missing in list(_missing(programme, layout)):
        for _ in range(missing):
            found = layout.best(cohort, need)
            if found is None or found[0] >= programme.weights.unserved:
                break
            layout.put(Placed(cohort, need, found[1], found[2]))


def _improve(programme: Programme, layout: Layout, stopped: Sequence[int], until: float) -> bool:
    """One round over all visits; whether anything became better."""
    better = False
    for cohort in programme.cohorts:
        for one in list(layout.placed[cohort.id]):
            if stopped or time.monotonic() > until:
                return False
            if not one.fixed:
                better = layout.improve(one) or better
    return better


def _visits(layout: Layout, old: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits with their identifiers: one at its old host keeps its own, another takes over that of a visit of the same need
    that is gone, so that the class sees a change and no cancellation."""
    before: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in old:
        before[visit.cohort, visit.need].append(visit)
    made: list[Visit] = []
    for cohort, visits in layout.placed.items():
        by_need: dict[str, list[Placed]] = defaultdict(list)
        for one in visits:
            by_need[one.need.id].append(one)
        for need, theirs in by_need.items():
            made += _named(cohort, need, theirs, before[cohort, need])
    return in_order(made)


def _named(cohort: str, need: str, theirs: Sequence[Placed], before: Sequence[Visit]) -> Iterator[Visit]:
    at = {visit.enterprise: visit for visit in before}
    hosts = {one.host.id for one in theirs}
    spare = [visit for visit in before if visit.enterprise not in hosts]
    taken = {visit.id for visit in before}
    numbers = (f"{cohort}/{need}/{n}" for n in range(1, len(before) + len(theirs) + 1))
    fresh = (name for name in numbers if name not in taken)
    for one in sorted(theirs, key=lambda placed: (placed.slot[0], placed.host.id)):
        kept = at.get(one.host.id)
        last = kept or (spare.pop(0) if spare else None)
        day, half = one.slot
        if last is None:
            yield Visit(id=next(fresh), cohort=cohort, need=need, enterprise=one.host.id, day=day, half=half)
        elif kept is not None and (last.day, last.half) == one.slot:
            yield last
        else:
            sequence = last.sequence + (last.agreed is not None)
            yield replace(
                last, enterprise=one.host.id, day=day, half=half, sequence=sequence, agreed=None, locked=False
            )


def _plan(
    programme: Programme,
    layout: Layout,
    previous: Plan | None,
    bound: float | None,
    seed: int,
    seconds: float,
) -> Plan:
    visits = _visits(layout, previous.visits if previous else ())
    quality = price(programme, visits, previous, seconds=seconds)
    if bound is not None:
        quality = replace(quality, bound=min(bound, quality.points))
    unserved = tuple(
        Unserved(cohort.id, need.id, missing, _reason(programme, layout, cohort, need))
        for cohort, need, missing in _missing(programme, layout)
    )
    return Plan(
        edition=programme.edition,
        programme=fingerprint(programme),
        as_of=programme.as_of,
        visits=visits,
        unserved=unserved,
        cancelled=previous.cancelled if previous else (),
        quality=quality,
        seed=seed,
        published=previous.published if previous else None,
        sample=programme.sample,
    )


def _reason(programme: Programme, layout: Layout, cohort: Cohort, need: Need) -> Text:
    """Why a need isn't served, as far as single visits tell."""
    hosts = [host for host in programme.enterprises if fits(cohort, need, host)]
    if not hosts:
        return _NO_HOST
    open_ = [host for host in hosts if any(layout.slots(cohort, need, host))]
    return _FULL.format(n=len(open_)) if open_ else _CLOSED.format(n=len(hosts))
