"""`lingjun preview`: the course in a browser on this machine, anew after every change."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.cli.arguments import port
from schemas.text import Language, Text

if TYPE_CHECKING:
    from catalog.preview import Shown
    from courses.cache import Cache

HELP = Text(
    "边写边看：在本机浏览器中预览课程，改动后自动刷新", "watch the course in a browser while you write it"
)

_AT = Text("预览：{address} （Ctrl-C 结束）", "Preview: {address} (Ctrl-C ends)")
_AGAIN = Text(
    "{time} 已更新：{errors} 个错误，{others} 个警告与提示",
    "{time} updated: {errors} errors, {others} warnings and notes",
)

_ROUND = 500  # milliseconds


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Which course, on which port."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help=say(Text("课程文件夹，或单个 .md 文件", "course folder, or a single .md file")),
    )
    parser.add_argument(
        "--port",
        type=port,
        default=8000,
        help=say(Text("端口（默认 8000；0 为任意空闲端口）", "port (default: 8000; 0 takes any free one)")),
    )


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    import logging
    import threading

    from watchfiles import watch

    from catalog.preview import Server, Shown
    from courses.cache import Cache

    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it would comment on Ctrl-C
    shown = Shown(args.language)
    cache = Cache()
    folder: Path = args.path if args.path.is_dir() else args.path.parent
    seen = _show(args.path, shown, cache)
    with Server(shown, port=args.port, live=True) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with suppress(KeyboardInterrupt):
            print(_AT.format(address=server.address).say(args.language), flush=True)
            # The first round comes when the watch is up, changes or not: what was saved until then, nobody saw.
            watched = watch(folder, raise_interrupt=False, yield_on_timeout=True, rust_timeout=_ROUND)
            for number, changes in enumerate(watched):
                if not changes and number:
                    continue
                before, seen = seen, _show(args.path, shown, cache, unless=None if changes else seen)
                if changes or seen != before:
                    _tell(shown, args.language)
        server.shutdown()
    return 0


def _show(path: Path, shown: "Shown", cache: "Cache", *, unless: object = None) -> object:
    """Read the course and show it, or what is wrong with it, but not the state `unless`. Answers the state."""
    from courses.reader import read_course
    from exporters.contents import Plan, entries
    from schemas.package import Format

    reading = read_course(path, cache=cache)
    state = (reading.course and reading.course.source_hash, reading.diagnostics)
    if state == unless:
        return state
    site = (
        dict(entries(reading.course, Plan(Format.HTML, "pages")))
        if reading.course and reading.course.lessons
        else None
    )
    shown.show(site, reading.diagnostics)
    return state


def _tell(shown: "Shown", language: Language) -> None:
    from datetime import datetime

    from schemas.diagnostics import Severity

    errors = sum(found.severity is Severity.ERROR for found in shown.diagnostics)
    now = datetime.now().astimezone().strftime("%H:%M:%S")
    words = _AGAIN.format(time=now, errors=errors, others=len(shown.diagnostics) - errors)
    print(words.say(language), file=sys.stderr)
