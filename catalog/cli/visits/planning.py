"""`lingjun visits plan` and `replan`: the solver at work, and how good its plan is."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn, Self

import msgspec

from catalog.cli.table import table
from catalog.cli.visits.comparing import print_changes
from catalog.cli.visits.folder import Folder, open_folder
from catalog.cli.visits.showing import print_missing
from catalog.report import printable
from exporters.visits.changes import Change, changes
from exporters.visits.output import words
from exporters.visits.output.schedule import Schedule
from exporters.visits.solve import Progress, solve
from exporters.visits.solve.relax import Way, ways
from schemas.errors import UsageError
from schemas.text import Language, Text
from schemas.visits import Plan, Quality, Unserved

if TYPE_CHECKING:
    from types import TracebackType

    from tqdm import tqdm

_THERE = Text(
    "{path} 已有计划。资料变了就重新安排：lingjun visits replan {folder}；要从头再来，先删去它。",
    "{path} is there already. If the data changed, plan anew: lingjun visits replan {folder}. To begin from scratch, delete it first.",
)
_POINTS, _POINT = Text("扣分项", "Points for"), Text("分", "Points")
_PLANNED = Text(
    "已安排 {planned} 次，应安排 {needed} 次；{classes} 个班次，{hosts} 家企业。",
    "Planned {planned} visits of {needed}, for classes: {classes}, at hosts: {hosts}.",
)
_PROVEN = Text(
    "任何计划都不会少于 {bound} 分：离最优至多差 {gap}。用时 {seconds} 秒。",
    "No plan can have fewer than {bound} points: at most {gap} from the best. Time: {seconds} s.",
)
_UNPROVEN = Text(
    "离最优多远还不知道。用时 {seconds} 秒。", "How far it is from the best isn't known. Time: {seconds} s."
)
_STOPPED = Text("已中断：保留到目前为止最好的计划。", "Interrupted: the best plan so far is kept.")
_WROTE = Text("已写入 {path}。", "Written to {path}.")
_WAYS = Text("排不下的，放宽其中一条即可：", "What isn't planned could be, if one of these gave way:")
_WAY = Text("  {cohort}/{need}：{words}（{points} 分）", "  {cohort}/{need}: {words} (points: {points})")
_NOW = Text("{points} 分，下界 {bound}，差距 {gap}", "{points} points, bound {bound}, gap {gap}")
_NEXT = Text(
    "查看：lingjun visits show {folder}；发布：lingjun visits publish {folder}",
    "See it: lingjun visits show {folder}; publish it: lingjun visits publish {folder}",
)


class Planned(msgspec.Struct, frozen=True):
    """What `lingjun visits plan --json` and `replan --json` print. `changes` are those to the plan before; `gap` is between 0
    and 1, None where no bound is known."""

    path: str
    visits: int
    needed: int
    quality: Quality
    gap: float | None
    interrupted: bool
    unserved: tuple[Unserved, ...]
    ways: tuple[Way, ...]
    changes: tuple[Change, ...]


def plan(args: argparse.Namespace) -> int:
    """The first plan of a folder."""
    folder = open_folder(args.folder, args.language)
    if folder.plan is not None:
        raise UsageError(_THERE.format(path=folder.plan_path, folder=folder.path))
    return _solve(args, folder, None)


def replan(args: argparse.Namespace) -> int:
    """A plan that follows the last one."""
    folder = open_folder(args.folder, args.language)
    return _solve(args, folder, folder.need_plan())


def _solve(args: argparse.Namespace, folder: Folder, previous: Plan | None) -> int:
    with _Bar(args.seconds, args.language) as bar:
        solved = solve(
            folder.programme, previous, seconds=args.seconds, gap=args.gap, seed=args.seed, progress=bar.show
        )
    folder.save(solved.plan)
    found = changes(previous, solved.plan) if previous else ()
    if args.json:
        _print_json(folder, solved.plan, found, interrupted=solved.interrupted)
        return 0
    if solved.interrupted:
        print(_STOPPED.say(args.language))
    print_plan(folder, solved.plan, args.language)
    if previous:
        print_changes(found, solved.plan, folder.programme, args.language)
    print(_WROTE.format(path=folder.plan_path).say(args.language))
    print(_NEXT.format(folder=folder.path).say(args.language))
    return 0


def _print_json(
    folder: Folder,
    plan: Plan,
    found: Sequence[Change],
    *,
    interrupted: bool,
) -> None:
    made = Planned(
        path=str(folder.plan_path),
        visits=len(plan.visits),
        needed=_needed(folder),
        quality=plan.quality,
        gap=plan.quality.gap,
        interrupted=interrupted,
        unserved=plan.unserved,
        ways=ways(folder.programme, plan),
        changes=tuple(found),
    )
    print(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())


def print_plan(folder: Folder, plan: Plan, language: Language) -> None:
    """Points by part, how near to the best, and what isn't planned."""
    quality = plan.quality
    rows = [(words.part(name).say(language), f"{points:,.1f}") for name, points in quality.parts.items()]
    rows.append((words.ALL.say(language), f"{quality.points:,.1f}"))
    print(table([_POINTS.say(language), _POINT.say(language)], rows, right=frozenset({1})))
    counted = _PLANNED.format(
        planned=len(plan.visits),
        needed=_needed(folder),
        classes=len({visit.cohort for visit in plan.visits}),
        hosts=len({visit.enterprise for visit in plan.visits}),
    )
    print(counted.say(language))
    seconds = f"{quality.seconds:.1f}"
    if quality.gap is None or quality.bound is None:
        print(_UNPROVEN.format(seconds=seconds).say(language))
    else:
        gap = words.per_cent(quality.gap)
        print(_PROVEN.format(bound=f"{quality.bound:,.1f}", gap=gap, seconds=seconds).say(language))
    print_missing(Schedule(folder.programme, plan, folder.title), language)
    _print_ways(ways(folder.programme, plan), language)


def _print_ways(found: Sequence[Way], language: Language) -> None:
    """What would have to give way, need by need."""
    if found:
        print(_WAYS.say(language))
    for way in found:
        line = _WAY.format(cohort=way.cohort, need=way.need, words=way.words, points=f"{way.points:,.1f}")
        print(printable(line.say(language)))


def _needed(folder: Folder) -> int:
    return sum(need.count for cohort in folder.programme.cohorts for need in cohort.needs)


class _Bar:
    """Time, points, bound and gap on a terminal; nothing in a pipe."""

    def __init__(self, seconds: float, language: Language) -> None:
        self._seconds = seconds
        self._language: Language = language
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=round(self._seconds),
                bar_format="{elapsed} |{bar:20}| {desc}",
                leave=False,
            )
        return self

    def show(self, now: Progress) -> None:
        """What the solver knows now."""
        if self._bar is None:
            return
        bar = self._bar
        bar.n = min(round(now.seconds), round(self._seconds))
        unknown = "—"
        points = unknown if now.points is None else f"{now.points:,.1f}"
        bound = unknown if now.bound is None else f"{now.bound:,.1f}"
        gap = Quality(now.points, {}, now.bound).gap if now.points is not None else None
        shown = _NOW.format(points=points, bound=bound, gap=unknown if gap is None else words.per_cent(gap))
        bar.set_description_str(shown.say(self._language))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        if self._bar is not None:
            self._bar.close()


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"plan": plan, "replan": replan}
