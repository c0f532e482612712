"""What `lingjun export` does with a curriculum: its courses as one package, or as a set of their own."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from catalog import __version__
from schemas.text import Language, Text

if TYPE_CHECKING:
    from courses.curricula import CurriculumReading, KnownCourse
    from courses.reader import Reading
    from exporters.batch import Outcome
    from exporters.collected import ExportedSet
    from exporters.programmes import Programme
    from schemas.course import Course
    from schemas.diagnostics import Diagnostic

_FILE = "curriculum.md"
_COURSE = "course.md"
_REFUSED = Text("培训方案有错误，未导出。", "The curriculum has errors and was not exported.")
_COURSE_REFUSED = Text("课程 {path} 有错误，未导出。", "The course {path} has errors: nothing was exported.")
_SET = Text("{path}（{size}，{n} 个课程包）", "{path} ({size}, packages: {n})")


def is_curriculum(path: Path) -> bool:
    """Whether it is a curriculum's file, or a folder with one."""
    return path.name == _FILE or ((path / _FILE).is_file() and not (path / _COURSE).is_file())


def run(args: argparse.Namespace) -> int:
    """Export each curriculum that the call names; the other paths are courses of theirs."""
    from catalog.cli.export import print_json, print_words, wanted_formats

    wanted_formats(args)
    curricula = [path for path in args.paths if is_curriculum(path)]
    given = [path for path in args.paths if path not in curricula]
    if args.set:
        return max(_export_sets(args, path, given) for path in curricula)
    outcomes = [_export(args, path, given) for path in curricula]
    if args.json:
        print_json(outcomes)
    else:
        print_words(outcomes, args.lms, args.language, prefix="")
    return max(outcome.exit_status for outcome in outcomes)


def _export(args: argparse.Namespace, path: Path, given: Sequence[Path]) -> "Outcome":
    from catalog.cli.export import wanted_formats
    from exporters.batch import Outcome
    from exporters.combined import FORMATS, export_curriculum
    from schemas.errors import InputError, LingjunError

    read = _Reader(path, given)
    done = []
    try:
        programme = read.programme()
        for package_format in wanted_formats(args, FORMATS):
            made = export_curriculum(
                programme,
                package_format=package_format,
                structure=args.structure,
                lms=args.lms,
                folder=args.output,
                generator=f"lingjun {__version__}",
            )
            done.append(made)
    except LingjunError as error:
        told = (*read.diagnostics, *(error.diagnostics if isinstance(error, InputError) else ()))
        return Outcome(
            course=read.file,
            packages=tuple(done),
            diagnostics=told,
            failure=error.message,
            exit_status=error.exit_status,
            texts=read.texts,
        )
    return Outcome(course=read.file, packages=tuple(done), diagnostics=read.diagnostics, texts=read.texts)


def _export_sets(args: argparse.Namespace, path: Path, given: Sequence[Path]) -> int:
    from catalog.cli.export import wanted_formats
    from catalog.report import print_diagnostics
    from exporters.collected import export_set
    from schemas.errors import LingjunError

    read = _Reader(path, given)
    try:
        programme = read.programme()
        for package_format in wanted_formats(args):
            made = export_set(
                programme,
                package_format=package_format,
                structure=args.structure,
                lms=args.lms,
                folder=args.output,
                generator=f"lingjun {__version__}",
            )
            _print_set(made, args.language, as_json=args.json)
    except LingjunError as error:
        print(f"{read.file}: {error.message.say(args.language)}", file=sys.stderr)
        return error.exit_status
    finally:
        print_diagnostics(read.diagnostics, read.texts, prefix="", language=args.language, stream=sys.stderr)
    return 0


def _print_set(made: "ExportedSet", language: Language, *, as_json: bool) -> None:
    import msgspec

    from catalog.cli.export import size_words

    if as_json:
        shown = {"path": str(made.path), "size": made.size, "contents": made.contents}
        print(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())
        return
    print(
        _SET.format(path=made.path, size=size_words(made.size), n=len(made.contents.packages)).say(language)
    )


class _Reader:
    """A curriculum and the courses that lie beside it or were named with it. `diagnostics` have places on this machine,
    `texts` what stands there."""

    def __init__(self, path: Path, given: Sequence[Path]) -> None:
        self.file = path if path.name == _FILE else path / _FILE
        self._readings = dict(self._read_courses(given))
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.texts: dict[str, str] = {}

    def programme(self) -> "Programme":
        """Raises InputError when the curriculum, or a course that it names, has errors."""
        from exporters.programmes import Programme
        from schemas.errors import InputError

        reading = self._read()
        if reading is None or reading.errors:
            raise InputError(_REFUSED)
        chosen = [self._readings[choice.name] for choice in reading.curriculum.courses]
        return Programme(reading.curriculum, tuple(map(self._sound, chosen)))

    def _read(self) -> "CurriculumReading | None":
        from courses.curricula import read_curriculum
        from courses.sources import read_source

        unread: list[Diagnostic] = []
        source = read_source(self.file.parent, self.file.name, unread.append)
        self._tell(self.file.parent, unread)
        if source is None:
            return None
        self.texts[self.file.as_posix()] = source.text
        reading = read_curriculum(source, self._lookup)
        self._tell(self.file.parent, reading.diagnostics)
        return reading

    def _read_courses(self, given: Sequence[Path]) -> Iterator[tuple[str, "Reading"]]:
        """By institution and identifier; what was named wins over what lies beside."""
        from courses.cache import Cache
        from courses.reader import read_course

        folder = self.file.parent
        beside = sorted(course.parent for course in folder.glob(f"*/{_COURSE}")) if folder.is_dir() else []
        for path in (*beside, *given):
            reading = read_course(path, cache=Cache.on_disk(path))
            if reading.course is not None:
                yield f"{reading.course.institution}/{reading.course.id}", reading

    def _lookup(self, institution: str, course: str) -> "KnownCourse | None":
        from courses.curricula import known_course

        reading = self._readings.get(f"{institution}/{course}")
        return known_course(reading.course) if reading and reading.course else None

    def _sound(self, reading: "Reading") -> "Course":
        from schemas.errors import InputError

        course = reading.course
        assert course is not None  # noqa: S101
        self._tell(course.root, reading.diagnostics)
        self.texts |= {(course.root / file).as_posix(): text for file, text in reading.texts.items()}
        if reading.errors:
            raise InputError(_COURSE_REFUSED.format(path=course.root))
        return course

    def _tell(self, folder: Path, found: "Sequence[Diagnostic]") -> None:
        from exporters.combined import at

        self.diagnostics += tuple(at(folder, one) for one in found)
