"""Whole processes: what an author waits for at the terminal, and how much memory it takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.generate import write_course

RUNS = 7
_PICTURES = 2 * 195_000


def run(*words: str, home: Path, runs: int = RUNS) -> tuple[float, int]:
    """Median wall seconds and largest peak memory (bytes) of `lingjun words…`; of several runs, the first is a
    warm-up. `home` holds the cache, so that runs neither find nor leave anything outside."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(home), "LINGJUN_LANG": "en"}
    seconds, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "catalog.cli.main", *words],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss * 1024)
        if process.returncode not in (0, 1):
            raise AssertionError((words, process.returncode))
    return median(seconds[1:] or seconds), max(peaks)


def help_text(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """`lingjun --help`."""
    seconds, _ = run("--help", home=scratch / "cache")
    yield "lingjun --help", f"{seconds * 1000:.0f} ms", "150 ms", seconds <= 0.150


def cold_export(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Ten lessons, two pictures, ten questions, nothing cached, each format."""
    course = write_course(scratch / "ten", lessons=10, pictures=2)
    for name in ("scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "html"):
        out = scratch / f"out-{name}"
        times = []
        for number in range(RUNS):
            home = scratch / f"cache-{name}-{number}"
            seconds, _ = run("export", str(course), "--format", name, "-o", str(out), home=home, runs=1)
            times.append(seconds)
        seconds = median(times)
        yield f"export, cold process, 10 lessons, {name}", f"{seconds:.2f} s", "0.30 s", seconds <= 0.30
        size = next(out.glob("*.zip")).stat().st_size - _PICTURES
        yield f"package beyond its pictures, {name}", f"{size / 1024:.0f} KB", "150 KB", size <= 150 * 1024


def check(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """`lingjun check` of 200 lessons, cold, against the export of the same course."""
    course = write_course(scratch / "check", lessons=200, questions=300)
    seconds, _ = run("check", str(course), home=scratch / "c1", runs=1)
    export, _ = run(
        "export", str(course), "--format", "html", "-o", str(scratch / "o"), home=scratch / "c2", runs=1
    )
    yield "check of 200 lessons / its export", f"{seconds / export:.2f}", "1.10", seconds <= 1.10 * export


def memory(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Peak memory with 2 GB of video against the same course without."""
    small = write_course(scratch / "small", lessons=10)
    large = write_course(scratch / "large", lessons=10)
    lesson = next(large.glob("001-m0/0001-*.md"))
    videos = []
    for number in range(2):
        with (large / "assets" / f"v{number}.mp4").open("wb") as file:
            file.truncate(1 << 30)
        videos.append(f"\n![讲解](../assets/v{number}.mp4)\n")
    lesson.write_text(lesson.read_text(encoding="utf-8") + "".join(videos), encoding="utf-8")
    _, without = _export_peak(small, scratch)
    _, with_video = _export_peak(large, scratch)
    for archive in (scratch / "m").glob("*.zip"):
        archive.unlink()
    ratio = with_video / without
    figure = f"{ratio:.2f} ({with_video / (1 << 20):.0f} MB)"
    yield "peak memory with 2 GB of video / without", figure, "1.10", ratio <= 1.10


def _export_peak(course: Path, scratch: Path) -> tuple[float, int]:
    words: Sequence[str] = ("export", str(course), "--format", "html", "-o", str(scratch / "m"))
    return run(*words, home=scratch / "cm", runs=1)


MEASURES = (help_text, cold_export, check, memory)
