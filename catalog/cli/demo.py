"""`lingjun demo`: the whole job on the sample courses: check, export in every format, verify, look."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.cli.arguments import port
from schemas.errors import UsageError
from schemas.text import Language, Text

if TYPE_CHECKING:
    from exporters.batch import Job, Outcome

HELP = Text(
    "用示例课程演示全过程：检查、导出、验证、查看",
    "show the whole job on the sample courses: check, export, verify, look",
)

_HEADER = (
    Text("示例课程", "Sample course"),
    Text("课", "Lessons"),
    Text("题", "Questions"),
    Text("检查", "Check"),
    Text("格式", "Format"),
    Text("大小", "Size"),
    Text("验证", "Verified"),
)
_CLEAN = Text("没有问题", "no problems")
_TOLD = Text("{count} 条提示", "{count} notes")
_SOUND = Text("可靠", "sound")
_UNSOUND = Text("有问题", "not sound")
_DONE = Text(
    "已写入 {folder}：{packages} 个课程包，全部经过验证。",
    "Wrote {packages} packages to {folder}; all are verified.",
)
_FAILED = Text(
    "{packages} 个课程包里有 {bad} 个没有通过验证。", "{bad} of {packages} packages failed verification."
)
_SERVED = Text(
    "在浏览器中打开《{title}》：{address}（Ctrl-C 结束）",
    "Open “{title}” in a browser: {address} (Ctrl-C ends)",
)
_NO_SAMPLE = Text(
    "没有名为 {names} 的示例课程；有：{known}。", "There is no sample course {names}; there are: {known}."
)


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Where to, and which samples."""
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("build"),
        metavar="DIR",
        help=say(Text("输出目录（默认 build）", "output folder (default: build)")),
    )
    parser.add_argument(
        "--course",
        action="append",
        default=[],
        metavar="ID",
        help=say(Text("只演示这门示例课程（可重复）", "only this sample course (repeatable)")),
    )
    parser.add_argument(
        "--port",
        type=port,
        default=8000,
        help=say(Text("网页端口（默认 8000）", "port of the web pages (default: 8000)")),
    )
    parser.add_argument(
        "--no-serve",
        action="store_true",
        help=say(Text("完成后不打开网页", "don't serve a course afterwards")),
    )


def run(args: argparse.Namespace) -> int:
    """Check, export, verify, print a table, serve one course."""
    from catalog.cli.table import table
    from exporters.batch import merge, run_all

    folders = _samples(args.course)
    found = list(run_all([_job(folder, args.output) for folder in folders]))
    outcomes = [merge([outcome for outcome in found if outcome.course == folder]) for folder in folders]
    rows, unsound = _rows(outcomes, args.language)
    print(table([word.say(args.language) for word in _HEADER], rows, right=frozenset({1, 2, 5})))
    ending = _FAILED if unsound else _DONE
    print(ending.format(folder=args.output, packages=len(rows), bad=unsound).say(args.language))
    if not (args.no_serve or unsound):
        _serve(folders[0], args.port, args.language)
    return 1 if unsound else 0


def _samples(names: Sequence[str]) -> list[Path]:
    """The folders of the samples, all or the named ones."""
    folder = Path(str(resources.files("courses") / "samples"))
    known = {entry.name: entry for entry in sorted(folder.iterdir()) if (entry / "course.md").is_file()}
    if unknown := [name for name in names if name not in known]:
        listed = Text("、".join(known), ", ".join(known))
        raise UsageError(_NO_SAMPLE.format(names=", ".join(unknown), known=listed))
    return [known[name] for name in names or known]


def _job(folder: Path, output: Path) -> "Job":
    from catalog import __version__
    from exporters.batch import Job
    from schemas.package import Format

    return Job(
        course=folder,
        formats=tuple(Format),
        structure=None,
        lms="generic",
        folder=output,
        generator=f"lingjun {__version__}",
    )


def _rows(outcomes: Iterable["Outcome"], language: Language) -> tuple[list[tuple[str, ...]], int]:
    """A line a package, and how many packages (or whole courses) are not sound."""
    from exporters.verify import verify
    from schemas.package import Format, Verdict

    order = list(Format)
    rows: list[tuple[str, ...]] = []
    unsound = 0
    for outcome in outcomes:
        if outcome.exit_status:
            unsound += 1
            rows.append((outcome.course.name, "", "", outcome.failure.say(language), "", "", ""))
        packages = sorted(outcome.packages, key=lambda package: order.index(package.receipt.format))
        for number, package in enumerate(packages):
            sound = verify(package.path).verdict is not Verdict.FAILED
            unsound += not sound
            receipt = package.receipt
            about = (
                receipt.title.say(language),
                str(receipt.lessons),
                str(receipt.questions),
                _checked(outcome).say(language),
            )
            size = f"{package.size / 1024:,.0f} KB"
            verdict = (_SOUND if sound else _UNSOUND).say(language)
            rows.append((*(about if number == 0 else ("", "", "", "")), receipt.format.value, size, verdict))
    return rows, unsound


def _checked(outcome: "Outcome") -> Text:
    told = len(outcome.diagnostics)
    return _TOLD.format(count=told) if told else _CLEAN


def _serve(folder: Path, port: int, language: Language) -> None:
    """The html version of one course, until interrupted."""
    from catalog.preview import Server, Shown
    from courses.reader import read_course
    from exporters.contents import Plan, entries
    from schemas.package import Format

    course = read_course(folder).course
    if course is None:
        return
    shown = Shown(language)
    shown.show(dict(entries(course, Plan(Format.HTML, "pages"))), ())
    with Server(shown, port=port, live=False) as server:
        print(_SERVED.format(title=course.title, address=server.address).say(language), flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
