"""`lingjun worker`: builds packages in the background, and sweeps."""

import argparse
from collections.abc import Callable

from schemas.text import Text

HELP = Text("在后台生成课程包并定期清扫", "build packages in the background, and sweep now and then")

_WORKERS = Text("同时处理的任务数（默认依设置）", "how many jobs at once (default: the settings)")
_ONCE = Text("清扫一次、生成全部缺少的课程包后退出", "sweep once, build all that is missing, and end")
_WAITING = Text(
    "等待任务，同时处理 {count} 个。按 Ctrl-C 停止。", "Waiting for jobs, {count} at once. Ctrl-C stops it."
)
_SWEPT = Text(
    "已生成 {built} 个课程包，清除 {blobs} 个无主文件和 {folders} 个临时文件夹。",
    "{built} packages built, {blobs} orphaned files and {folders} temporary folders removed.",
)


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """How many at once; or only one sweep."""
    parser.add_argument("--workers", type=_count, metavar="N", help=say(_WORKERS))
    parser.add_argument("--once", action="store_true", help=say(_ONCE))


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C. Exit status 0, or 3 when database or storage can't be used."""
    import logging

    from catalog.database import schema
    from catalog.database.session import Database
    from catalog.packages.build import Packages
    from catalog.packages.jobs import Jobs, Workers
    from catalog.settings import load_settings
    from catalog.storage import Storage

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("alembic", "huey"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = load_settings()
    database = Database.of(settings)
    schema.ready(database)
    packages = Packages.of(settings, database, Storage.of(settings))
    jobs = Jobs.of(settings, packages)
    if args.once:
        swept = jobs.build_all()
        told = _SWEPT.format(built=len(swept.missing), blobs=swept.blobs, folders=swept.folders)
        print(told.say(args.language))
        return 0
    count = args.workers or max(1, settings.queue.workers)
    print(_WAITING.format(count=count).say(args.language), flush=True)
    Workers(jobs, count).run()
    database.close()
    return 0


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("1–64")
    return number
