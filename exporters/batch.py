"""Several courses and formats at once, on all cores. A single package is made in this process: starting another
takes longer than most exports.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from courses.cache import Cache
from courses.reader import read_course
from exporters.export import Exported, export
from schemas.diagnostics import Diagnostic
from schemas.errors import InputError, LingjunError
from schemas.package import Format, Structure
from schemas.text import Text


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One course to read, and the packages to make of it; None as a format is the LMS's choice."""

    course: Path
    formats: tuple[Format | None, ...]
    structure: Structure | None
    lms: str
    folder: Path
    generator: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a job. `exit_status` is 0, or that of `failure`; `texts` are the sources that diagnostics are in."""

    course: Path
    packages: tuple[Exported, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: Text = Text()
    exit_status: int = 0
    texts: Mapping[str, str] = {}


_REFUSED = Text("课程有错误，未导出。", "The course has errors and was not exported.")


def run(job: Job, progress: Callable[[int], object] | None = None) -> Outcome:
    """Read the course and make its packages. What is wrong is told in the outcome, never raised."""
    done: list[Exported] = []
    texts: Mapping[str, str] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
    try:
        reading = read_course(job.course, cache=Cache.on_disk(job.course))
        texts, diagnostics = reading.texts, reading.diagnostics
        if reading.errors or reading.course is None:
            raise InputError(_REFUSED)
        for package_format in job.formats:
            made = export(
                reading.course,
                package_format=package_format,
                structure=job.structure,
                lms=job.lms,
                folder=job.folder,
                generator=job.generator,
                progress=progress,
            )
            done.append(made)
    except LingjunError as error:
        if isinstance(error, InputError):
            diagnostics += error.diagnostics
        return Outcome(
            course=job.course,
            packages=tuple(done),
            diagnostics=diagnostics,
            failure=error.message,
            exit_status=error.exit_status,
            texts=texts,
        )
    return Outcome(course=job.course, packages=tuple(done), diagnostics=diagnostics, texts=texts)


def run_all(jobs: Sequence[Job], progress: Callable[[int], object] | None = None) -> Iterator[Outcome]:
    """Every job's outcome as it is done, in any order. A single job stays in this process, and `progress` is called
    with the bytes that it takes in.
    """
    cores = os.cpu_count() or 1
    pieces = [piece for job in jobs for piece in (_split(job) if len(jobs) < cores else (job,))]
    if len(pieces) == 1:
        yield run(pieces[0], progress)
        return
    from exporters.workers import run_on_all_cores  # noqa: PLC0415 (a single export starts faster without it)

    yield from run_on_all_cores(run, pieces, cores)


def merge(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcomes of one course's jobs as one."""
    worst = max(outcomes, key=lambda outcome: outcome.exit_status)
    return msgspec.structs.replace(
        worst,
        packages=tuple(package for outcome in outcomes for package in outcome.packages),
        diagnostics=tuple(dict.fromkeys(told for outcome in outcomes for told in outcome.diagnostics)),
    )


def _split(job: Job) -> tuple[Job, ...]:
    """A job for each format: with fewer courses than cores, reading a course twice beats waiting."""
    return tuple(msgspec.structs.replace(job, formats=(one,)) for one in job.formats)
