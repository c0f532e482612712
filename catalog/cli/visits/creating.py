"""`lingjun visits new`: a folder of made-up sample data that can be planned as it is."""

import argparse
from collections.abc import Callable

from exporters.visits.generate import write_sample
from schemas.errors import UsageError
from schemas.text import Text

_THERE = Text("{path} 已存在且不为空，未作任何改动。", "{path} exists and is not empty; nothing was changed.")
_DONE = Text(
    "已新建 {path}：{cohorts} 个班次、{enterprises} 家企业，均为示例资料。\n检查资料：lingjun visits check {path}\n"
    "制订计划：lingjun visits plan {path}",
    "Created {path}: classes {cohorts}, enterprises {enterprises}, all made-up sample data.\n"
    "Check the data: lingjun visits check {path}\nMake the plan: lingjun visits plan {path}",
)


def new(args: argparse.Namespace) -> int:
    """Write the folder, or nothing."""
    root = args.folder
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(_THERE.format(path=root))
    write_sample(root, cohorts=args.cohorts, enterprises=args.enterprises, seed=args.seed)
    done = _DONE.format(path=root, cohorts=args.cohorts, enterprises=args.enterprises)
    print(done.say(args.language))
    return 0


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"new": new}
