"""`lingjun check`: says what is wrong in courses, where, and how to cure it."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from schemas.text import Language, Text

if TYPE_CHECKING:
    from courses.reader import Reading
    from schemas.diagnostics import Severity

HELP = Text(
    "检查课程：指出每处问题的文件、行号与改法",
    "check courses: every problem with its file, line and cure",
)
_PATH = Text("课程文件夹，或单个 .md 文件", "a course folder, or a single .md file")
_FIX = Text(
    "把缺少的标识写进文件，其余内容不动", "write missing identifiers into the files, and touch nothing else"
)
_JSON = Text("以 JSON 输出", "print JSON")
_WROTE = Text("已写入 {n} 个标识：{files}", "Identifiers written: {n}, in {files}")
_COURSE = Text(
    "“{title}”：{modules} 个模块，{lessons} 课，{questions} 题",
    "“{title}” (modules: {modules}, lessons: {lessons}, questions: {questions})",
)
_RESULT = Text("{path}：{about}；{found}。", "{path}: {about}: {found}.")
_UNREAD = Text("无法读取", "could not be read")


class CheckedCourse(msgspec.Struct, frozen=True):
    """One course that was checked. `id` and `title` are empty when it could not be read."""

    path: str
    id: str
    title: Text
    modules: int
    lessons: int
    questions: int


class ShownDiagnostic(msgspec.Struct, frozen=True):
    """One diagnostic. `course` is the path given on the command line, `file` relative to the course folder; line
    and column count from 1, `length` is 0 when the rest of the line is meant."""

    course: str
    code: str
    severity: str
    file: str
    line: int
    column: int
    length: int
    message: Text
    cure: Text


class CheckReport(msgspec.Struct, frozen=True):
    """What `lingjun check --json` prints. `counts` is by severity, `fixed` the identifiers that `--fix` wrote."""

    courses: list[CheckedCourse]
    diagnostics: list[ShownDiagnostic]
    counts: dict[str, int]
    fixed: int


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say(_PATH))
    parser.add_argument("--fix", action="store_true", help=say(_FIX))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Check each course. 1 when one of them has errors."""
    from catalog.report import count

    readings: list[tuple[Path, Reading]] = []
    fixed = 0
    for path in args.paths:
        reading, written = _read(path, fix=args.fix)
        readings.append((path, reading))
        fixed += sum(written.values())
        if not args.json:
            _print(path, reading, written, args.language)
    counts = count(found for _, reading in readings for found in reading.diagnostics)
    if args.json:
        _print_json(readings, counts, fixed)
    elif len(readings) > 1:
        from catalog.report import summary

        print(summary(counts, args.language))
    return 1 if any(reading.errors for _, reading in readings) else 0


def _read(path: Path, *, fix: bool) -> tuple["Reading", dict[str, int]]:
    """The course, and how many identifiers were written into which file."""
    from courses.cache import Cache
    from courses.fix import write_identifiers
    from courses.reader import read_course

    cache = Cache.on_disk(path)
    reading = read_course(path, cache=cache)
    if not fix:
        return reading, {}
    written = write_identifiers(reading)
    return (read_course(path, cache=cache) if written else reading), written


def _print(path: Path, reading: "Reading", written: dict[str, int], language: Language) -> None:
    """One course as text: what was fixed, each diagnostic, a line that sums up."""
    from catalog.report import count, print_diagnostics, printable, summary

    if written:
        files = ", ".join(sorted(written))
        print(_WROTE.format(n=sum(written.values()), files=printable(files)).say(language))
    print_diagnostics(
        reading.diagnostics, reading.texts, prefix=_prefix(path), language=language, stream=sys.stdout
    )
    course = reading.course
    about = _UNREAD
    if course:
        about = _COURSE.format(
            title=printable(course.title.say(language)),
            modules=len(course.modules),
            lessons=len(course.lessons),
            questions=sum(len(lesson.questions) for lesson in course.lessons),
        )
    found = summary(count(reading.diagnostics), language)
    print(_RESULT.format(path=printable(str(path)), about=about, found=found).say(language))


def _prefix(path: Path) -> str:
    """What stands before a file's path, so that an editor's terminal can open it."""
    folder = path if path.is_dir() else path.parent
    return "" if str(folder) == "." else f"{folder.as_posix().rstrip('/')}/"


def _print_json(
    readings: Sequence[tuple[Path, "Reading"]], counts: "dict[Severity, int]", fixed: int
) -> None:
    report = CheckReport(
        courses=[_checked(path, reading) for path, reading in readings],
        diagnostics=[
            ShownDiagnostic(
                course=str(path),
                code=found.code,
                severity=found.severity.value,
                file=found.place.file,
                line=found.place.line,
                column=found.place.column,
                length=found.place.length,
                message=found.message,
                cure=found.cure,
            )
            for path, reading in readings
            for found in reading.diagnostics
        ],
        counts={severity.value: n for severity, n in counts.items()},
        fixed=fixed,
    )
    print(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())


def _checked(path: Path, reading: "Reading") -> CheckedCourse:
    course = reading.course
    if course is None:
        return CheckedCourse(str(path), "", Text(), 0, 0, 0)
    questions = sum(len(lesson.questions) for lesson in course.lessons)
    return CheckedCourse(
        str(path), course.id, course.title, len(course.modules), len(course.lessons), questions
    )
