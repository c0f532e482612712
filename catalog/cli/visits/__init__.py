"""`lingjun visits`: plans site visits 实地教学 on files, keeps the plan alive and hands it out. One module a group of actions."""

import argparse
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from schemas.text import Text

HELP = Text(
    "安排实地教学：制订计划、检查、修改、比较与发布",
    "plan site visits: make a plan, check it, change it, compare and publish it",
)
_ACTION = Text("要做的事", "what to do")
_ACTIONS = {
    "new": Text("新建一个带示例资料的计划文件夹", "create a folder with made-up sample data to start from"),
    "plan": Text("制订计划，并说明它有多好", "make the plan, and say how good it is"),
    "check": Text("检查资料，并逐条规则检查计划", "check the data, and the plan rule by rule"),
    "show": Text(
        "查看计划：全部，或某班次、某企业、某周", "show the plan: all, or of a class, a host, a week"
    ),
    "lock": Text("锁定实地教学，重新安排时不再变动", "lock visits, so that planning anew leaves them alone"),
    "move": Text("把一次实地教学移到别的时间或企业", "move a visit to another time or host"),
    "cancel": Text("取消实地教学", "cancel visits"),
    "replan": Text(
        "资料变化后重新安排，尽量少变动", "plan anew after the data changed, with as few changes as possible"
    ),
    "diff": Text("比较两份计划：谁的什么变了", "compare two plans: what changed for whom"),
    "publish": Text(
        "生成日历、总表、日程与网页，并标记为已发布",
        "write calendars, master plan, agendas and pages, and mark the plan as published",
    ),
}
_MODULES = {
    "new": "creating",
    "plan": "planning",
    "replan": "planning",
    "check": "checking",
    "show": "showing",
    "diff": "comparing",
    "lock": "changing",
    "move": "changing",
    "cancel": "changing",
    "publish": "publishing",
}

_FOLDER = Text("计划文件夹（含 programme.md）", "the programme's folder (with programme.md)")
_NEW_FOLDER = Text("要新建的文件夹", "the folder to create")
_JSON = Text("以 JSON 输出", "print JSON")
_COHORTS = Text("班次数（默认 {n}）", "how many classes (default: {n})").format(n=12)
_ENTERPRISES = Text("企业数（默认 {n}）", "how many enterprises (default: {n})").format(n=30)
_SEED = Text(
    "随机种子：相同的种子得到相同的结果（默认 0）", "seed: the same seed gives the same result (default: 0)"
)
_SECONDS = Text("最多计算多少秒（默认 60）", "seconds to work at most (default: 60)")
_GAP = Text(
    "与最优的差距小到这个比例就停（默认 0.005）",
    "stop when the plan is this near to the best one (default: 0.005)",
)
_COHORT = Text("班次标识", "a class's identifier")
_HOST = Text("企业标识", "an enterprise's identifier")
_WEEK = Text("ISO 周，如 2023-W11", "an ISO week, such as 2023-W11")
_VISITS = Text("实地教学标识，可以有多个", "identifiers of visits, as many as you like")
_VISIT = Text("实地教学标识", "the visit's identifier")
_UNLOCK = Text("改为解锁", "unlock them instead")
_DAY = Text("移到哪一天，如 2023-03-14", "the new day, such as 2023-03-14")
_HALF = Text("上午 am、下午 pm 或全天 day", "morning am, afternoon pm, or the whole day")
_TO = Text("移到哪家企业", "the new host")
_AGREED = Text(
    "企业同意提前天数不足也接待；移好后锁定",
    "the host agrees to less notice than it asks for; the visit is locked then",
)
_OLD = Text("先前的计划：plan.json 或计划文件夹", "the earlier plan: a plan.json or a programme's folder")
_NEW = Text("后来的计划：plan.json 或计划文件夹", "the later plan: a plan.json or a programme's folder")
_OUT = Text("输出目录（默认 build/visits）", "folder to write to (default: build/visits)")
_ODD_DAY = Text("日期写作 2023-03-14", "a day is written 2023-03-14")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """One subcommand for each action."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, help=say(_ACTION))
    made = {
        name: actions.add_parser(name, help=say(words), description=say(words), allow_abbrev=False)
        for name, words in _ACTIONS.items()
    }
    for name, sub in made.items():
        sub.add_argument(
            "--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )  # may stand anywhere
        if name != "diff":
            words = _NEW_FOLDER if name == "new" else _FOLDER
            sub.add_argument("folder", type=Path, metavar="FOLDER", help=say(words))
    made["new"].add_argument("--cohorts", type=_count, default=12, metavar="N", help=say(_COHORTS))
    made["new"].add_argument("--enterprises", type=_count, default=30, metavar="M", help=say(_ENTERPRISES))
    for name in ("new", "plan", "replan"):
        made[name].add_argument("--seed", type=int, default=0, metavar="S", help=say(_SEED))
    for name in ("plan", "replan"):
        made[name].add_argument("--seconds", type=float, default=60.0, metavar="N", help=say(_SECONDS))
        made[name].add_argument("--gap", type=float, default=0.005, metavar="SHARE", help=say(_GAP))
    made["show"].add_argument("--class", dest="cohort", metavar="ID", help=say(_COHORT))
    made["show"].add_argument("--host", metavar="ID", help=say(_HOST))
    made["show"].add_argument("--week", metavar="WEEK", help=say(_WEEK))
    for name in ("lock", "cancel"):
        made[name].add_argument("visits", nargs="+", metavar="VISIT", help=say(_VISITS))
    made["lock"].add_argument("--undo", action="store_true", help=say(_UNLOCK))
    made["move"].add_argument("visit", metavar="VISIT", help=say(_VISIT))
    made["move"].add_argument("--day", type=_day, metavar="DAY", help=say(_DAY))
    made["move"].add_argument("--half", choices=("am", "pm", "day"), help=say(_HALF))
    made["move"].add_argument("--host", metavar="ID", help=say(_TO))
    made["move"].add_argument("--agreed", action="store_true", help=say(_AGREED))
    made["diff"].add_argument("old", type=Path, metavar="OLD", help=say(_OLD))
    made["diff"].add_argument("new", type=Path, metavar="NEW", help=say(_NEW))
    made["publish"].add_argument(
        "-o", "--output", type=Path, default=Path("build/visits"), metavar="DIR", help=say(_OUT)
    )
    for name, sub in made.items():
        if name != "new":
            sub.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Do one of them."""
    module = import_module(f"catalog.cli.visits.{_MODULES[args.action]}")
    return int(module.ACTIONS[args.action](args))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{_ODD_DAY.zh} · {_ODD_DAY.en}") from error


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("≥ 1")
    return number
