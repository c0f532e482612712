"""`lingjun check`: says what is wrong in courses and curricula, where, and how to cure it."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from schemas.text import Language, Text

if TYPE_CHECKING:
    from courses.reader import Reading
    from schemas.diagnostics import Diagnostic, Severity

HELP = Text(
    "检查课程与培训方案：指出每处问题的文件、行号与改法",
    "check courses and curricula: every problem with its file, line and cure",
)
_PATH = Text(
    "课程文件夹、单个 .md 文件，或培训方案（curriculum.md）",
    "a course folder, a single .md file, or a curriculum (curriculum.md)",
)
_FIX = Text(
    "把缺少的标识写进文件，其余内容不动", "write missing identifiers into the files, and touch nothing else"
)
_JSON = Text("以 JSON 输出", "print JSON")
_WROTE = Text("已写入 {n} 个标识：{files}", "Identifiers written: {n}, in {files}")
_COURSE = Text(
    "“{title}”：{modules} 个模块，{lessons} 课，{questions} 题",
    "“{title}” (modules: {modules}, lessons: {lessons}, questions: {questions})",
)
_CURRICULUM = Text("培训方案“{title}”：{courses} 门课程", "curriculum “{title}” (courses: {courses})")
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


class CheckedCurriculum(msgspec.Struct, frozen=True):
    """One curriculum that was checked, by itself. `id` and `title` are empty when it could not be read."""

    path: str
    id: str
    title: Text
    courses: int


class ShownDiagnostic(msgspec.Struct, frozen=True):
    """One diagnostic. `course` is the path (of a curriculum, too) given on the command line, `file` relative to the course folder; line
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
    curricula: list[CheckedCurriculum]
    diagnostics: list[ShownDiagnostic]
    counts: dict[str, int]
    fixed: int


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say(_PATH))
    parser.add_argument("--fix", action="store_true", help=say(_FIX))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Check each path. 1 when one of them has errors."""
    from catalog.cli.curriculum import is_curriculum
    from catalog.report import count
    from schemas.diagnostics import Severity

    checked: list[_Checked] = []
    for path in args.paths:
        one = _curriculum(path) if is_curriculum(path) else _course(path, fix=args.fix)
        checked.append(one)
        if not args.json:
            _print(one, args.language)
    counts = count(found for one in checked for found in one.diagnostics)
    if args.json:
        _print_json(checked, counts)
    elif len(checked) > 1:
        from catalog.report import summary

        print(summary(counts, args.language))
    return 1 if counts[Severity.ERROR] else 0


class _Checked(NamedTuple):
    """What was found of a path. `texts` are its files, `written` the identifiers written into each."""

    path: Path
    result: CheckedCourse | CheckedCurriculum
    about: Text
    diagnostics: "Sequence[Diagnostic]"
    texts: Mapping[str, str]
    written: Mapping[str, int]


def _curriculum(path: Path) -> _Checked:
    """What it says by itself: its courses may be in the catalogue."""
    from catalog.report import printable
    from courses.curricula import CURRICULUM_FILE, read_curriculum
    from courses.sources import read_source

    file = path / CURRICULUM_FILE if path.is_dir() else path
    found: list[Diagnostic] = []
    source = read_source(file.parent, file.name, found.append)
    if source is None:
        return _Checked(path, CheckedCurriculum(str(path), "", Text(), 0), _UNREAD, found, {}, {})
    reading = read_curriculum(source)
    said = reading.curriculum
    about = _CURRICULUM.format(
        title=Text(printable(said.title.say("zh")), printable(said.title.say("en"))),
        courses=len(said.courses),
    )
    result = CheckedCurriculum(str(path), said.id, said.title, len(said.courses))
    return _Checked(path, result, about, (*found, *reading.diagnostics), {file.name: source.text}, {})


def _course(path: Path, *, fix: bool) -> _Checked:
    from catalog.report import printable

    reading, written = _read(path, fix=fix)
    course, about = reading.course, _UNREAD
    result = CheckedCourse(str(path), "", Text(), 0, 0, 0)
    if course is not None:
        questions = sum(len(lesson.questions) for lesson in course.lessons)
        title = Text(printable(course.title.say("zh")), printable(course.title.say("en")))
        counts = {"modules": len(course.modules), "lessons": len(course.lessons), "questions": questions}
        result = CheckedCourse(str(path), course.id, course.title, **counts)
        about = _COURSE.format(title=title, **counts)
    return _Checked(path, result, about, reading.diagnostics, reading.texts, written)


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


def _print(one: _Checked, language: Language) -> None:
    """As text: what was fixed, each diagnostic, a line that sums up."""
    from catalog.report import count, print_diagnostics, printable, summary

    if one.written:
        files = ", ".join(sorted(one.written))
        print(_WROTE.format(n=sum(one.written.values()), files=printable(files)).say(language))
    print_diagnostics(
        one.diagnostics, one.texts, prefix=_prefix(one.path), language=language, stream=sys.stdout
    )
    found = summary(count(one.diagnostics), language)
    print(_RESULT.format(path=printable(str(one.path)), about=one.about, found=found).say(language))


def _prefix(path: Path) -> str:
    """What stands before a file's path, so that an editor's terminal can open it."""
    folder = path if path.is_dir() else path.parent
    return "" if str(folder) == "." else f"{folder.as_posix().rstrip('/')}/"


def _print_json(checked: Sequence[_Checked], counts: "dict[Severity, int]") -> None:
    report = CheckReport(
        courses=[one.result for one in checked if isinstance(one.result, CheckedCourse)],
        curricula=[one.result for one in checked if isinstance(one.result, CheckedCurriculum)],
        diagnostics=[
            ShownDiagnostic(
                course=str(one.path),
                code=found.code,
                severity=found.severity.value,
                file=found.place.file,
                line=found.place.line,
                column=found.place.column,
                length=found.place.length,
                message=found.message,
                cure=found.cure,
            )
            for one in checked
            for found in one.diagnostics
        ],
        counts={severity.value: n for severity, n in counts.items()},
        fixed=sum(n for one in checked for n in one.written.values()),
    )
    print(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
