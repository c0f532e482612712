"""`lingjun visits lock`, `move` and `cancel`: single visits, changed by hand."""

import argparse
from collections.abc import Callable, Sequence

import msgspec

from catalog.cli.visits.checking import print_breaches
from catalog.cli.visits.comparing import difference, print_changes
from catalog.cli.visits.folder import Folder, open_folder
from catalog.cli.visits.showing import near
from exporters.visits import edit
from exporters.visits.changes import changes
from exporters.visits.check import Breach, check
from schemas.errors import UsageError
from schemas.text import Text
from schemas.visits import Half, Plan

_UNKNOWN = Text("计划里没有 {id}。相近的有：{near}", "The plan has no visit {id}. Like it: {near}")
_UNKNOWN_HOST = Text("没有企业 {id}。相近的有：{near}", "There is no enterprise {id}. Like it: {near}")
_WHERE_TO = Text("请写明移到哪里：--day、--half 或 --host。", "Say where to: --day, --half or --host.")
_LOCKED = Text(
    "{id} 已锁定，先解锁：lingjun visits lock {folder} {id} --undo",
    "{id} is locked. Unlock it first: lingjun visits lock {folder} {id} --undo",
)
_OVER = Text(
    "{id} 在 {day}，早于今天（计划日期 {as_of}），不能再移。没有进行的，请取消。",
    "{id} was on {day}, before the day of planning, {as_of}: it can't be moved any more. Cancel it if it didn't take place.",
)
_ELSEWHERE = Text(
    "改法：换一天、换半天或换企业；班次的安排见 lingjun visits show {folder} --class {cohort}",
    "Cure: choose another day, half-day or host; for the class's visits see lingjun visits show {folder} --class {cohort}",
)
_ASK = Text(
    "改法：换一天、换半天或换企业；企业若同意放宽，先改它的资料（{folder}/enterprises）",
    "Cure: choose another day, half-day or host; if the host agrees to more, change its data first ({folder}/enterprises)",
)
_SOONER = Text(
    "改法：晚些再去；企业若同意提前天数不足也接待，加 --agreed",
    "Cure: go later; if the host agrees to less notice, add --agreed",
)
_CURES = {
    "notice": _SOONER,
    **dict.fromkeys(
        ("opening", "size", "theme", "industry", "language", "groups", "each-week", "each-year"), _ASK
    ),
}
_AGAIN = Text(
    "重新安排（replan）时可能又排在原处。企业那天接待不了的，先在它的资料（{folder}/enterprises）里写明停止接待：{days}",
    "A replan may choose the same again. Where the host can't receive that day, say so in its data first ({folder}/enterprises): {days}",
)
_REFUSED = Text("这样会违反规则，计划未改动。", "This would break rules; the plan is unchanged.")


def lock(args: argparse.Namespace) -> int:
    """Lock visits, or unlock them."""
    folder = open_folder(args.folder, args.language)
    plan = folder.need_plan()
    _known(plan, args.visits)
    return _save(args, folder, edit.lock(plan, args.visits, locked=not args.undo))


def cancel(args: argparse.Namespace) -> int:
    """Cancel visits; what was needed is unserved then."""
    folder = open_folder(args.folder, args.language)
    plan = folder.need_plan()
    _known(plan, args.visits)
    _free(args, plan, args.visits)
    status = _save(args, folder, edit.cancel(folder.programme, plan, args.visits))
    if not args.json:
        gone = {(one.enterprise, str(one.day)) for one in plan.visits if one.id in args.visits}
        days = "; ".join(f"{host} {day}" for host, day in sorted(gone))
        print(_AGAIN.format(folder=args.folder, days=days).say(args.language))
    return status


def move(args: argparse.Namespace) -> int:
    """Move a visit, unless that breaks a rule that was kept before; only the host itself can waive its notice."""
    folder = open_folder(args.folder, args.language)
    plan = folder.need_plan()
    if args.day is None and args.half is None and args.host is None:
        raise UsageError(_WHERE_TO)
    _known(plan, [args.visit])
    _free(args, plan, [args.visit])
    hosts = [one.id for one in folder.programme.enterprises]
    if args.host is not None and args.host not in hosts:
        raise UsageError(_UNKNOWN_HOST.format(id=args.host, near=near(args.host, hosts)))
    old = next(visit for visit in plan.visits if visit.id == args.visit)
    if old.day < folder.programme.as_of:
        raise UsageError(_OVER.format(id=old.id, day=old.day, as_of=folder.programme.as_of))
    half = old.half if args.half is None else None if args.half == "day" else Half(args.half)
    moved = edit.move(
        folder.programme,
        plan,
        args.visit,
        day=args.day or old.day,
        half=half,
        enterprise=args.host or old.enterprise,
    )
    if args.agreed:
        moved = edit.lock(moved, [args.visit])
    if broken := _broken(folder, plan, moved, args.visit):
        print_breaches(broken, args.language)
        for cure in dict.fromkeys(_CURES.get(one.rule, _ELSEWHERE) for one in broken):
            print(cure.format(folder=args.folder, cohort=old.cohort).say(args.language))
        print(_REFUSED.say(args.language))
        return 1
    return _save(args, folder, moved)


def _broken(folder: Folder, plan: Plan, moved: Plan, visit: str) -> list[Breach]:
    """What the move would break, both plans judged on the day of the change: what others break by now is no fault of it, but the
    visit itself has to keep every rule at its new place."""
    today = msgspec.structs.replace(plan, as_of=moved.as_of)
    before = {(one.rule, one.visits) for one in check(folder.programme, today) if one.visits != (visit,)}
    return [one for one in check(folder.programme, moved) if (one.rule, one.visits) not in before]


def _known(plan: Plan, identifiers: Sequence[str]) -> None:
    there = [visit.id for visit in plan.visits]
    for identifier in identifiers:
        if identifier not in there:
            raise UsageError(_UNKNOWN.format(id=identifier, near=near(identifier, there)))


def _free(args: argparse.Namespace, plan: Plan, identifiers: Sequence[str]) -> None:
    locked = {visit.id for visit in plan.visits if visit.locked}
    for identifier in identifiers:
        if identifier in locked:
            raise UsageError(_LOCKED.format(id=identifier, folder=args.folder))


def _save(args: argparse.Namespace, folder: Folder, new: Plan) -> int:
    """Write the plan and tell what is different."""
    old = folder.need_plan()
    folder.save(new)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(difference(old, new)), indent=2).decode())
    else:
        print_changes(changes(old, new), new, folder.programme, args.language)
    return 0


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"lock": lock, "move": move, "cancel": cancel}
