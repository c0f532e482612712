"""`lingjun trial`: the course played as an LMS would, with every statement or value shown as it arrives."""

import argparse
from collections.abc import Callable
from pathlib import Path

from catalog.cli.arguments import port
from schemas.errors import InputError
from schemas.text import Text

HELP = Text(
    "试运行：像学习平台一样播放课程，逐条显示记录及其违规",
    "play the course as an LMS would and show each record with the rules it breaks",
)

_FORMATS = ("cmi5", "xapi", "scorm12", "scorm2004-3", "scorm2004-4")
_AT = Text("试运行（{format}）：{address} （Ctrl-C 结束）", "Trial run ({format}): {address} (Ctrl-C ends)")
_ERRORS = Text(
    "课程有错误，请先运行 lingjun check {path}", "The course has errors; run lingjun check {path} first"
)


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Which course, played as what."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help=say(Text("课程文件夹，或单个 .md 文件", "course folder, or a single .md file")),
    )
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="cmi5",
        help=say(Text("以哪种格式播放（默认 cmi5）", "which format to play (default: cmi5)")),
    )
    parser.add_argument(
        "--structure",
        choices=("lessons", "single"),
        help=say(
            Text(
                "lessons：每课一个单元；single：整门课一个单元（默认 lessons；xapi 总是 single）",
                "lessons: one unit a lesson; single: one for the course (default: lessons; xapi is always single)",
            )
        ),
    )
    parser.add_argument(
        "--port",
        type=port,
        default=8000,
        help=say(Text("端口（默认 8000；0 为任意空闲端口）", "port (default: 8000; 0 takes any free one)")),
    )


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from catalog.trial.run import Run
    from catalog.trial.server import serve
    from courses.reader import read_course
    from exporters.contents import entries
    from exporters.export import make_plan
    from schemas.package import Format

    reading = read_course(args.path)
    if reading.course is None or reading.errors:
        raise InputError(_ERRORS.format(path=args.path), reading.errors)
    plan = make_plan("generic", Format(args.format), args.structure or "lessons")
    trial = Run(args.format, dict(entries(reading.course, plan)), language=args.language)

    def told(address: str) -> None:
        print(_AT.format(format=args.format, address=address).say(args.language), flush=True)

    serve(trial, port=args.port, ready=told)
    return 0
