"""Inside one process: what the catalogue's workers and the preview wait for."""

import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from courses.cache import Cache
from courses.reader import read_course
from exporters.export import export
from schemas.package import Format
from tests.benchmarks.generate import write_course

RUNS = 7


def export_once(
    folder: Path, out: Path, cache: Cache | None = None, package_format: Format = Format.SCORM12
) -> Path:
    """Read and export; the package."""
    course = read_course(folder, cache=cache).course
    if course is None:
        raise AssertionError(folder)
    return export(course, package_format=package_format, folder=out).path


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall seconds after one warm-up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def warm(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Ten lessons, two pictures, in a warm process, against deflating the same bytes."""
    folder = write_course(scratch / "warm", lessons=10, pictures=2)
    package = export_once(folder, scratch / "w")
    with ZipFile(package) as archive:
        contents = [archive.read(name) for name in archive.namelist()]
    ratios, milliseconds = [], []
    for _ in range(2 * RUNS):  # in turns: a machine's speed drifts
        exporting = seconds(lambda: export_once(folder, scratch / "w"), runs=1)
        deflating = seconds(lambda: [zlib.compress(content) for content in contents], runs=1)
        ratios.append(exporting / deflating)
        milliseconds.append(exporting * 1000)
    ratio = median(ratios)
    figure = f"{ratio:.2f} ({median(milliseconds):.0f} ms)"
    yield "warm export / deflating the same bytes", figure, "3.00", ratio <= 3


def one_change(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """200 lessons, one of them changed, against exporting all anew."""
    folder = write_course(scratch / "change", lessons=200, questions=300)
    cache = Cache()
    export_once(folder, scratch / "c", cache)
    lesson = next(folder.glob("010-*/0100-*.md"))
    original = lesson.read_text(encoding="utf-8")
    count = iter(range(1000))

    def change() -> None:
        lesson.write_text(f"{original}\n改动 {next(count)}。\n", encoding="utf-8")
        export_once(folder, scratch / "c", cache)

    ratios, whole = [], []
    for _ in range(RUNS):  # in turns: a machine's speed drifts
        cold = seconds(lambda: export_once(folder, scratch / "c", Cache()), runs=1)
        ratios.append(seconds(change, runs=3) / cold)
        whole.append(cold)
    ratio = median(ratios)
    figure = f"{ratio:.1%} of {median(whole):.2f} s"
    yield "export after a change to 1 lesson of 200 / cold", figure, "10%", ratio <= 0.10


def growth(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Time for each lesson, 1,000 lessons against 100."""
    each = {}
    for lessons in (10, 100, 1000):
        folder = write_course(scratch / f"g{lessons}", lessons=lessons, questions=lessons)
        each[lessons] = (
            seconds(lambda folder=folder: export_once(folder, scratch / "g", Cache(), Format.HTML), runs=2)
            / lessons
        )
    ratio = each[1000] / each[100]
    figures = ", ".join(f"{count}: {value * 1000:.1f} ms" for count, value in each.items())
    yield "time a lesson, 1,000 lessons / 100 lessons", f"{ratio:.2f} ({figures})", "1.50", ratio <= 1.5


MEASURES = (warm, one_change, growth)
