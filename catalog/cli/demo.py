"""`lingjun demo`: the whole job on the sample courses (check, export in every format, verify, look), and a catalogue
full of samples."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.cli.arguments import port
from schemas.errors import UsageError
from schemas.text import Language, Text

if TYPE_CHECKING:
    from exporters.batch import Job, Outcome

HELP = Text(
    "用示例课程演示全过程：检查、导出、验证、查看，并打开示例目录",
    "show the whole job on the sample courses: check, export, verify, look; and a sample catalogue",
)

_COURSES = 40
_MOST_COURSES = 100_000
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
    "在浏览器中打开《{title}》：{address}",
    "Open “{title}” in a browser: {address}",
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
        "--courses",
        type=_count,
        metavar="N",
        help=say(
            Text(
                "只演示目录，其中有 N 门自动生成的示例课程（不加此项为 {n} 门）",
                "only the catalogue, with N generated sample courses (without this option: {n})",
            ).format(n=_COURSES)
        ),
    )
    parser.add_argument(
        "--port",
        type=port,
        default=8000,
        help=say(Text("课程网页的端口（默认 8000）", "port of the course's pages (default: 8000)")),
    )
    parser.add_argument(
        "--catalogue-port",
        type=port,
        default=8800,
        metavar="PORT",
        help=say(Text("目录的端口（默认 8800）", "port of the catalogue (default: 8800)")),
    )
    parser.add_argument(
        "--no-serve",
        action="store_true",
        help=say(Text("完成后不打开网页", "don't serve anything afterwards")),
    )


def run(args: argparse.Namespace) -> int:
    """Check, export, verify and print a table, unless `--courses` asks for the catalogue alone; fill the catalogue;
    serve both on this machine alone."""
    from catalog.cli import demo_catalogue
    from catalog.demonstration import place

    folders = _samples(args.course)
    unsound = 0 if args.courses is not None else _packages(folders, args)
    if unsound:
        return 1
    settings = place.settings_of(args.output / "catalogue", args.catalogue_port)
    demo_catalogue.fill(settings, _COURSES if args.courses is None else args.courses, args.language)
    if args.no_serve:
        return 0
    if args.courses is not None:
        demo_catalogue.serve(settings, args.language)
        return 0
    with _served(folders[0], args.port, args.language):
        demo_catalogue.serve(settings, args.language)
    return 0


def _packages(folders: Sequence[Path], args: argparse.Namespace) -> int:
    """Check, export, verify, print; how many packages are not sound."""
    from catalog.cli.table import table
    from exporters.batch import merge, run_all

    found = list(run_all([_job(folder, args.output) for folder in folders]))
    outcomes = [merge([outcome for outcome in found if outcome.course == folder]) for folder in folders]
    rows, unsound = _rows(outcomes, args.language)
    print(table([word.say(args.language) for word in _HEADER], rows, right=frozenset({1, 2, 5})))
    ending = _FAILED if unsound else _DONE
    print(ending.format(folder=args.output, packages=len(rows), bad=unsound).say(args.language))
    return unsound


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


@contextmanager
def _served(folder: Path, port: int, language: Language) -> Iterator[None]:
    """The html version of one course, as long as the `with` statement lasts."""
    from threading import Thread

    from catalog.preview import Server, Shown
    from courses.reader import read_course
    from exporters.contents import Plan, entries
    from schemas.package import Format

    course = read_course(folder).course
    assert course is not None  # noqa: S101 - it was exported a moment ago
    shown = Shown(language)
    shown.show(dict(entries(course, Plan(Format.HTML, "pages"))), ())
    with Server(shown, port=port, live=False) as server:
        print(_SERVED.format(title=course.title, address=server.address).say(language), flush=True)
        Thread(target=server.serve_forever, name="course", daemon=True).start()
        yield
        server.shutdown()


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _MOST_COURSES:
        raise argparse.ArgumentTypeError(f"0–{_MOST_COURSES}")
    return number
