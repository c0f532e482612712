"""`lingjun visits check`: the data, and the plan against every rule, by a checker that shares nothing with the solver."""

import argparse
from collections.abc import Callable, Sequence

import msgspec

from catalog.cli.visits.folder import open_folder
from catalog.report import printable
from exporters.visits.check import RULES, Breach, check
from exporters.visits.plan_file import fingerprint
from exporters.visits.price import price
from schemas.text import Language, Text
from schemas.visits import Quality

_SOUND = Text("计划符合全部 {n} 条规则。", "The plan keeps all {n} rules.")
_BROKEN = Text("计划违反规则 {n} 处。", "Broken rules: {n}.")
_NO_PLAN = Text("资料没有错误。还没有计划。", "The data have no errors. There is no plan yet.")
_STALE = Text(
    "制订计划之后资料变了：lingjun visits replan {path}",
    "The data changed since the plan was made: lingjun visits replan {path}",
)
_POINTS = Text("重新计算的扣分：{points}。", "Points, worked out anew: {points}.")


class Checked(msgspec.Struct, frozen=True):
    """What `lingjun visits check --json` prints. `rules` are all that were applied; `stale`: the data changed since the plan
    was made. Empty and None where there is no plan."""

    path: str
    planned: bool
    stale: bool
    rules: tuple[str, ...]
    breaches: tuple[Breach, ...]
    quality: Quality | None


def run_check(args: argparse.Namespace) -> int:
    """1 when the data have errors or the plan breaks a rule."""
    folder = open_folder(args.folder, args.language)
    plan = folder.plan
    if plan is None:
        if args.json:
            _print_json(
                Checked(str(folder.path), planned=False, stale=False, rules=(), breaches=(), quality=None)
            )
        else:
            print(_NO_PLAN.say(args.language))
        return 0
    breaches = check(folder.programme, plan)
    stale = plan.programme != fingerprint(folder.programme)
    quality = price(folder.programme, plan.visits)
    if args.json:
        _print_json(
            Checked(
                str(folder.path),
                planned=True,
                stale=stale,
                rules=tuple(RULES),
                breaches=breaches,
                quality=quality,
            )
        )
    else:
        print_breaches(breaches, args.language)
        end = _BROKEN.format(n=len(breaches)) if breaches else _SOUND.format(n=len(RULES))
        print(end.say(args.language))
        print(_POINTS.format(points=f"{quality.points:,.1f}").say(args.language))
        if stale:
            print(_STALE.format(path=folder.path).say(args.language))
    return 1 if breaches else 0


def print_breaches(breaches: Sequence[Breach], language: Language) -> None:
    """Each broken rule, with the visits that break it together."""
    comma = Text("、", ", ").say(language)
    for breach in breaches:
        visits = f" ({comma.join(breach.visits)})" if breach.visits else ""
        print(f"[{breach.rule}] {printable(breach.words.say(language) + visits)}")


def _print_json(found: Checked) -> None:
    print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"check": run_check}
