"""From a programme to a plan: bound, choice, layout, better places; with whatever is best when time is up."""

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from exporters.visits.plan_file import fingerprint
from exporters.visits.price import price
from exporters.visits.solve.board import Board
from exporters.visits.solve.conflicts import explained
from exporters.visits.solve.costs import Costs
from exporters.visits.solve.first import FirstStage, is_small
from exporters.visits.solve.joint import conflict, coupled, lay_out
from exporters.visits.solve.layout import Exhausted, Item, Layout, Placed
from exporters.visits.solve.mend import strain
from exporters.visits.solve.naming import cancelled, visits_of
from exporters.visits.solve.prices import Prices
from exporters.visits.solve.reasons import unserved
from exporters.visits.solve.search import Search
from exporters.visits.solve.telling import Wanted
from exporters.visits.solve.together import together
from exporters.visits.solve.whole import Choice, Whole
from schemas.visits import Plan, Programme, Visit

CUTS = 400  # rounds of the two stages
CHOICES = 40_000  # of all classes, from which the best together are found
OF_CLASS = 60  # of these
NODES = 5_000  # of the search for them
TOLERANCE = 1e-6  # points
EXPLAINING = 10  # the part of the time that may go into finding conflicts
EXPLAINED = 5.0  # seconds that may go into it in any case
PROVEN = 1e-4  # of a visit: a bound above says that some visit can't be planned


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
    seed: int = 0,
    progress: Callable[[Progress], object] = lambda _: None,
) -> Solved:
    """The best plan within so many seconds, or within `gap` (0 to 1) of the best there is. Ctrl-C stops the work and keeps the
    best plan so far. The same programme and seed give the same plan where the clock isn't what stops the work."""
    with _interruptible() as stopped:
        work = _Work(programme, previous, seconds, gap, seed, progress, stopped)
        work.run()
        plan = work.plan()
        if plan.unserved and not stopped:
            free = _unlocked(previous)
            plan = explained(
                programme,
                plan,
                lambda some, locks, most: unmet(some, previous if locks else free, most, stopped),
                max(EXPLAINED, seconds / EXPLAINING),
            )
        return Solved(plan, bool(stopped))


def planned(programme: Programme, previous: Plan | None, seconds: float) -> tuple[Visit, ...]:
    """The visits of the best plan within so many seconds."""
    work = _Work(programme, previous, seconds, 0.0, 0, lambda _: None, ())
    work.run()
    return work.visits


def unmet(
    programme: Programme, previous: Plan | None, seconds: float, stopped: Sequence[int] = ()
) -> frozenset[Wanted] | None:
    """Needs that can't all be met, of a programme where nothing else counts: none where all can. None where neither is proven in
    time."""
    work = _Question(programme, previous, seconds, 0.0, 0, lambda _: None, stopped)
    work.bound = 0.0
    work.run()
    if work.quality.points < PROVEN:
        return frozenset()
    if work.bound <= PROVEN:
        return None
    if work.stage is not None and work.stage.linear > PROVEN:
        some = work.stage.at_work()
    elif work.prices is not None and work.prices.bound > PROVEN:
        some = work.prices.at_work()
    else:
        return frozenset((one.id, need.id) for one in programme.cohorts for need in one.needs)
    desks = work.board.desks
    return frozenset((desks[c].cohort.id, desks[c].needs[n].id) for c, n in some)


def _unlocked(previous: Plan | None) -> Plan | None:
    if previous is None:
        return None
    return replace(previous, visits=tuple(replace(visit, locked=False) for visit in previous.visits))


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


def stays(programme: Programme, previous: Plan | None) -> list[Visit]:
    """Visits of the last plan that are in every plan: locked ones, and those that have taken place."""
    needs = {(cohort.id, need.id) for cohort in programme.cohorts for need in cohort.needs}
    hosts = {host.id for host in programme.enterprises}
    return [
        visit
        for visit in (previous.visits if previous else ())
        if (visit.locked or visit.day < programme.as_of)
        and (visit.cohort, visit.need) in needs
        and visit.enterprise in hosts
    ]


class _Work:
    """One run: the best visits so far, the bound, and the clock."""

    def __init__(
        self,
        programme: Programme,
        previous: Plan | None,
        seconds: float,
        gap: float,
        seed: int,
        progress: Callable[[Progress], object],
        stopped: Sequence[int],
    ) -> None:
        self.began = time.monotonic()
        self.programme, self.previous = programme, previous
        self.seconds, self.gap, self.seed = seconds, gap, seed
        self.progress, self.stopped = progress, stopped
        self.board = Board(programme, stays(programme, previous))
        self.costs = Costs(self.board, previous.visits if previous else ())
        strain(self.board)
        self.search = Search(self.board, self.costs, self.over)
        self.visits: tuple[Visit, ...] = visits_of(self.board, self.search.layout.placed, previous)
        self.quality = price(programme, self.visits, previous)
        self.best: list[list[Placed]] = list(self.search.layout.placed)
        self.strained = self._strained()  # classes that can't be left as they are in the best plan
        self.bound: float | None = None
        self.share = 1.0  # of the time
        self.prices: Prices | None = None
        self.stage: FirstStage | None = None

    def over(self) -> bool:
        """Whether it is time to stop, or to go on to what comes next."""
        return bool(self.stopped) or time.monotonic() - self.began > self.seconds * self.share

    def watch(self, bound: float | None) -> bool:
        """A bound of the first stage, if there is a new one; whether to stop."""
        if bound is not None and np.isfinite(bound):
            self.bound = max(bound, 0.0 if self.bound is None else self.bound)
            self._tell()
        return self.over()

    def enough(self) -> bool:
        """Whether the plan is as near to the best as was asked for."""
        return (
            not self.strained
            and self.bound is not None
            and self.quality.points - self.bound <= max(self.gap * self.quality.points, TOLERANCE)
        )

    def run(self) -> None:
        """All steps, as far as time allows."""
        if not any(len(desk.needs) for desk in self.board.desks):
            self.bound = self.quality.points
            return
        self.share = 0.6  # some plan before all else
        self.search.fill()
        self._take()
        self._spend(0.3)
        self.prices = Prices(self.board, self.costs)
        self.prices.climb(lambda: self.quality.points, self.watch)
        self.watch(self.prices.bound)
        whole = Whole(self.board, self.costs, self.prices)
        self._spend(0.4)
        self._improve(whole)
        self.share = 1.0
        if is_small(self.board):
            self._exactly()
            self.share = 1.0
            self._improve(whole)
        better = not is_small(self.board)
        while better and not self.enough() and not self.over():
            better = self._together(whole)

    def _improve(self, whole: Whole) -> None:
        """Choose class by class anew, as long as that helps."""
        better = True
        while better and not self.enough() and not self.over():
            better = self.search.improve(whole)
            self._take()

    def _exactly(self) -> None:
        """The linear program, then both stages, which prove the best plan."""
        if self.enough() or self.over():
            return
        self._spend(0.5)
        stage = FirstStage(self.board, self.costs, self.search.layout.room.load, self.seed, self.watch)
        self.stage = stage
        stage.relax()
        self.watch(stage.bound)
        self._spend(0.6)
        if len(stage.relaxed) and not self.enough():
            self.search.realise(stage.rounded())
            self._take()
        if not self.enough() and not self.over():
            self._stages(stage)

    def _together(self, whole: Whole) -> bool:
        """Choose for all classes at once, from what is best for each; whether the plan is better."""
        before, points = [list(theirs) for theirs in self.best], self.quality.points
        self._restore(dict(enumerate(before)))
        load = self.search.layout.room.load
        self._spend(0.3)
        most = max(2, min(OF_CLASS, CHOICES // len(before)))
        choices: list[list[Choice]] = []
        for cohort, theirs in enumerate(before):
            now = Choice(whole.points(cohort, theirs), tuple(one.item for one in theirs))
            more = [] if self.over() else whole.choices(cohort, most, NODES)
            choices.append([now, *more])
        left = self._spend(0.6)
        chosen = None
        if not self.stopped:
            chosen = together(self.board, self.costs, choices, load, points, self.seed, left, self.over)
        self.share = 1.0
        if chosen is not None:
            self.search.realise(chosen, before)
            self._take()
            self._improve(whole)
        return self.quality.points < points - TOLERANCE

    def _spend(self, part: float) -> float:
        """Stop when this part of the time that is left has gone: how many seconds."""
        gone = time.monotonic() - self.began
        left = max(0.0, self.seconds - gone) * part
        self.share = (gone + left) / self.seconds
        return left

    def _stages(self, stage: FirstStage) -> None:
        """The integer program and the layout of its choice; where a choice can't be laid out, a cut and a new choice."""
        chosen = stage.choose(np.inf if self.strained else self.quality.points)
        for _ in range(CUTS):
            self.watch(stage.bound)
            if not chosen:
                break
            done = self._laid_out(stage, chosen)
            self._take()
            if done or self.enough() or self.over():
                break
            chosen = stage.again(stage.limit)
        self._restore(dict(enumerate(self.best)))

    def _laid_out(self, stage: FirstStage, chosen: Sequence[Sequence[Item]]) -> bool:
        """Lay out what was chosen; False where that can't be done and cuts say so."""
        if not self.search.realise(chosen):
            return True
        self._take()
        found: dict[int, list[Placed]] = {}
        for group in coupled(self.board, chosen):
            try:
                times = lay_out(self.board, group, self.over)
                if times is None:
                    stage.forbid(*conflict(self.board, group, self.over))
                    return False
            except Exhausted:
                return True
            found.update(times)
        self._restore(found)
        return True

    def _restore(self, placed: Mapping[int, Sequence[Placed]]) -> None:
        self.search.layout = Layout(self.board)
        for cohort, theirs in placed.items():
            self.search.layout.restore(cohort, theirs)

    def _take(self) -> None:
        """Keep the plan that the search has now, if it is the best so far."""
        placed = self.search.layout.placed
        visits = visits_of(self.board, placed, self.previous)
        quality = price(self.programme, visits, self.previous)
        strained = self._strained()
        if (strained, quality.points) < (self.strained, self.quality.points - 1e-9):
            self.visits, self.quality, self.strained = visits, quality, strained
            self.best = [list(theirs) for theirs in placed]
        self._tell()

    def _strained(self) -> int:
        layout = self.search.layout
        return sum(layout.strained(desk) for desk in self.board.desks)

    def _tell(self) -> None:
        self.progress(Progress(time.monotonic() - self.began, self.quality.points, self.bound))

    def plan(self) -> Plan:
        """The best plan."""
        previous = self.previous
        bound = None if self.bound is None else min(self.bound, self.quality.points)
        return Plan(
            edition=self.programme.edition,
            programme=fingerprint(self.programme),
            as_of=self.programme.as_of,
            visits=self.visits,
            unserved=unserved(self.board, self.best),
            cancelled=cancelled(previous, self.visits),
            quality=replace(self.quality, bound=bound, seconds=round(time.monotonic() - self.began, 3)),
            seed=self.seed,
            published=previous.published if previous else None,
            sample=self.programme.sample,
        )


class _Question(_Work):
    """Whether all can be planned, where points count nothing but visits that aren't: done as soon as that is known."""

    bound: float

    def over(self) -> bool:
        """Also when the bound says no."""
        return super().over() or (self.bound is not None and self.bound > PROVEN)
