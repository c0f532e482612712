"""`lingjun export`: course folders become packages for an LMS or a web server."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

from catalog import __version__
from schemas.errors import UsageError
from schemas.package import Format
from schemas.text import Language, Text

if TYPE_CHECKING:
    from tqdm import tqdm

    from exporters.batch import Job, Outcome
    from exporters.export import Exported

HELP = Text("把课程导出为学习平台的课程包或网页", "export courses as packages for an LMS, or as web pages")

_PATH = Text(
    "课程文件夹或单个 .md 文件，可以有多个；也可以是培训方案（curriculum.md），其课程在它旁边，或一并列出",
    "course folders or single .md files, as many as you like; or a curriculum (curriculum.md), whose courses lie beside it "
    "or are named too",
)
_FORMAT = Text(
    "格式：{formats}；all 为该平台支持的全部（默认由 --lms 决定）",
    "formats: {formats}; all: every one that works there (default: the LMS's choice)",
)
_LMS = Text(
    "学习平台：{names}，决定格式与结构，并给出导入步骤（默认 generic）",
    "the LMS: {names}; it decides format and structure and tells how to import (default: generic)",
)
_STRUCTURE = Text(
    "lessons：每课一个 SCO；single：整门课一个 SCO（默认由 --lms 决定）",
    "lessons: one SCO a lesson; single: one SCO for the course (default: the LMS's choice)",
)
_SET = Text(
    "把培训方案导出为成套课程包：每门课一个，附索引（默认合成一个课程包）",
    "export a curriculum as a set: a package a course, with an index (default: all in one package)",
)
_OUT = Text("输出目录（默认 build）", "folder to write to (default: build)")
_JSON = Text("以 JSON 输出结果", "print the result as JSON")

_BIG = 64 << 20  # bytes: a second or so

_HEADER = (
    Text("课程包", "Package"),
    Text("结构", "Structure"),
    Text("大小", "Size"),
    Text("文件", "Files"),
    Text("进度存储", "State"),
)
_STEPS = Text("导入 {lms}：", "To import it into {lms}:")
_WEB = Text("网页服务器", "a web server")
_ANY = Text("学习平台", "your LMS")
_NO_CURRICULUM = Text(
    "--set 用于培训方案：请给出含 curriculum.md 的文件夹。",
    "--set is for a curriculum: name a folder with a curriculum.md.",
)
_TWICE = Text(
    "{first} 与 {second} 的机构和课程标识相同，写入了同一个文件 {file}；请修改其中一个的 id。",
    "{first} and {second} have the same institution and id and were written to the same file {file}; change one id.",
)


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """What to export, for whom and where to."""
    from exporters.presets import LMS

    formats = ", ".join(known.value for known in Format)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say(_PATH))
    parser.add_argument(
        "--format",
        nargs="+",
        action="extend",
        default=[],
        choices=[*(known.value for known in Format), "all"],
        metavar="FORMAT",
        help=say(_FORMAT.format(formats=formats)),
    )
    parser.add_argument(
        "--lms", default="generic", choices=LMS, metavar="NAME", help=say(_LMS.format(names=", ".join(LMS)))
    )
    parser.add_argument("--structure", choices=("lessons", "single"), help=say(_STRUCTURE))
    parser.add_argument("--set", action="store_true", help=say(_SET))
    parser.add_argument("-o", "--output", type=Path, default=Path("build"), metavar="DIR", help=say(_OUT))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Export everything that can be; the worst exit status of all."""
    from catalog.cli import curriculum

    if any(map(curriculum.is_curriculum, args.paths)):
        return curriculum.run(args)
    if args.set:
        raise UsageError(_NO_CURRICULUM)
    jobs = _jobs(args)
    outcomes = _in_order(jobs, _run_with_progress(jobs, args.language))
    status = max(outcome.exit_status for outcome in outcomes)
    clash = _clash(outcomes)
    if args.json:
        print_json(outcomes, clash)
    else:
        print_words(outcomes, args.lms, args.language)
    if clash:
        print(clash.say(args.language), file=sys.stderr)
    return max(status, 1 if clash else 0)


def wanted_formats(
    args: argparse.Namespace, possible: Collection[Format] = frozenset(Format)
) -> tuple[Format, ...]:
    """Those that the call asks for; with `all`, those that are possible. Raises UsageError for one that the LMS doesn't
    take."""
    from exporters.presets import preset, require

    chosen = preset(args.lms)
    named = [Format(name) for name in dict.fromkeys(args.format) if name != "all"]
    every = tuple(one for one in chosen.formats if one in possible)
    wanted = every if "all" in args.format else tuple(named) or chosen.formats[:1]
    for package_format in wanted:
        require(chosen, package_format)
    return wanted


def _jobs(args: argparse.Namespace) -> list["Job"]:
    """One for each course; the call is checked before anything is read."""
    from exporters.batch import Job

    wanted = wanted_formats(args)
    return [
        Job(
            course=path,
            formats=wanted,
            structure=args.structure,
            lms=args.lms,
            folder=args.output,
            generator=f"lingjun {__version__}",
        )
        for path in dict.fromkeys(args.paths)
    ]


def _run_with_progress(jobs: Sequence["Job"], language: Language) -> Iterator["Outcome"]:
    """Outcomes as they come. A terminal shows a bar: of packages where there are several, of bytes where one is big."""
    from exporters.batch import run_all

    total = sum(len(job.formats) for job in jobs)
    if not sys.stderr.isatty():
        yield from run_all(jobs)
    elif total == 1:
        with _BytesBar() as bar:
            yield from run_all(jobs, bar.take)
    else:
        from tqdm import tqdm

        with tqdm(total=total, unit=_HEADER[0].say(language), leave=False) as packages:
            for outcome in run_all(jobs):
                packages.update(max(1, len(outcome.packages)))
                yield outcome


class _BytesBar:
    """A progress bar that appears, and is imported, only when an export turns out to be big."""

    def __init__(self) -> None:
        self._taken = 0
        self._stack = ExitStack()
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        return self

    def take(self, size: int) -> None:
        """So many bytes more."""
        self._taken += size
        if self._bar is not None:
            self._bar.update(size)
        elif self._taken > _BIG:
            from tqdm import tqdm

            self._bar = self._stack.enter_context(
                tqdm(initial=self._taken, unit="B", unit_scale=True, leave=False)
            )

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _in_order(jobs: Sequence["Job"], outcomes: Iterable["Outcome"]) -> list["Outcome"]:
    """One outcome a course, courses and formats as they were named, whichever was done first."""
    from exporters.batch import merge

    formats = {package_format: number for number, package_format in enumerate(jobs[0].formats)}
    found = sorted(outcomes, key=lambda o: min((formats[p.receipt.format] for p in o.packages), default=-1))
    return [merge([outcome for outcome in found if outcome.course == job.course]) for job in jobs]


def _clash(outcomes: Iterable["Outcome"]) -> Text | None:
    """Two courses with one name: the second took the first one's place."""
    owners: dict[Path, Path] = {}
    for outcome in outcomes:
        for package in outcome.packages:
            first = owners.setdefault(package.path, outcome.course)
            if first != outcome.course:
                return _TWICE.format(first=first, second=outcome.course, file=package.path)
    return None


def print_json(outcomes: Iterable["Outcome"], clash: Text | None = None) -> None:
    """What was made of each course, for programs."""
    import msgspec

    result = {
        "courses": [
            {
                "path": outcome.course,
                "packages": outcome.packages,
                "diagnostics": outcome.diagnostics,
                "failure": outcome.failure,
            }
            for outcome in outcomes
        ],
        "failure": clash or Text(),
    }
    encoded = msgspec.json.encode(result, enc_hook=str)
    print(msgspec.json.format(encoded, indent=2).decode())


def print_words(
    outcomes: Sequence["Outcome"], lms: str, language: Language, *, prefix: str | None = None
) -> None:
    """What is wrong on standard error; on standard output what was written and how to import it. `prefix` leads to the
    diagnostics' files; without one they are in the course's folder."""
    from catalog.report import print_diagnostics

    for outcome in outcomes:
        notes = dict.fromkeys(note for package in outcome.packages for note in package.notes)
        print_diagnostics(
            (*outcome.diagnostics, *notes),
            outcome.texts,
            prefix=_prefix(outcome.course) if prefix is None else prefix,
            language=language,
            stream=sys.stderr,
        )
        if outcome.exit_status:
            print(f"{outcome.course}: {outcome.failure.say(language)}", file=sys.stderr)
    packages = [package for outcome in outcomes for package in outcome.packages]
    if packages:
        _print_packages(packages, lms, language)


def _prefix(path: Path) -> str:
    """From the current folder to the course's."""
    folder = path.parent if path.suffix.lower() == ".md" else path
    return "" if folder == Path() else f"{folder.as_posix()}/"


def _print_packages(packages: Sequence["Exported"], lms: str, language: Language) -> None:
    from catalog.cli.table import table
    from exporters.presets import preset

    rows = [
        (
            str(package.path),
            package.receipt.structure,
            size_words(package.size),
            str(package.receipt.files),
            f"{package.receipt.worst_state_characters:,}/{package.receipt.state_limit:,}",
        )
        for package in packages
    ]
    print(table([head.say(language) for head in _HEADER], rows, right=frozenset({2, 3, 4})))
    steps = {package.receipt.format is Format.HTML: package.receipt.import_steps for package in packages}
    for web, both in sorted(steps.items()):
        title = _WEB if web else _ANY if lms == "generic" else Text(preset(lms).title)
        print(f"\n{_STEPS.format(lms=title).say(language)}")
        for number, step in enumerate(both[language], start=1):
            print(f"  {number}. {step}")


def size_words(size: int) -> str:
    """A size in bytes, for people."""
    return f"{size / 1024:,.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):,.1f} MB"
