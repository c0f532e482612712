"""Plans of site visits: ours against the obvious CP-SAT model and Timefold, on the same programmes, in the same time. Every plan is
judged by the independent checker and priced by `price`; the gap is to our bound, which holds for all plans."""

import importlib.util
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from exporters.visits.check import check
from exporters.visits.plan_file import in_order
from exporters.visits.price import price
from schemas.visits import Plan, Programme, Quality, Visit
from tests.support.medium_visits import medium

# Classes, hosts, visits a class, the share of weeks that are taught besides, seconds, the gap allowed; whether others plan it too.
SIZES = (
    (40, 60, 3, 0.2, 30, 0.005, True),
    (400, 600, 5, 0.0, 60, 0.005, True),
    (400, 600, 5, 0.2, 60, 0.005, False),
    (2_000, 3_000, 5, 0.0, 60, 0.9, False),  # within a minute there is a plan
    (2_000, 3_000, 5, 0.0, 600, 0.02, False),
)
ROOT = Path(__file__).parents[2]
RIVALS = ("cpsat", "timefold_")
NOT_OF_VISITS = {"points", "count", "edition"}


class Failed(Exception):  # noqa: N818 (no error of ours: a planner that ended without a plan)
    """A planner's process ended without a plan."""


class Made(NamedTuple):
    """A plan: its points, the bound that came with it, rules broken, seconds of the clock and of both cores, peak bytes."""

    points: float
    bound: float | None
    broken: int
    seconds: float
    cpu: float
    memory: int

    @property
    def figures(self) -> str:
        """Time and memory, and whether rules are broken."""
        told = f"{self.seconds:.0f} s ({self.cpu:.0f} s CPU), {self.memory / (1 << 20):,.0f} MB"
        return f"{told}, {self.broken} RULES BROKEN" if self.broken else told


def visit_plans(scratch: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Each size, each planner."""
    for cohorts, hosts, count, taught, seconds, allowed, compared in SIZES:
        size = f"visits {cohorts:,} × {hosts:,} × {count}" + (f", {taught:.0%} taught" if taught else "")
        programme = medium(cohorts, hosts, taught=taught)
        classes = tuple(replace(one, needs=one.needs[-count:]) for one in programme.cohorts)
        programme = replace(programme, cohorts=classes)
        ours = _made("ours", programme, seconds, scratch)
        bound = ours.bound or 0.0
        gap = (ours.points - bound) / ours.points
        figure = f"{ours.points:,.1f} points, gap {gap:.2%}, {ours.figures}"
        yield f"{size}, {seconds} s, ours", figure, f"gap {allowed:.1%}", gap <= allowed and not ours.broken
        for name in RIVALS if compared else ():
            work = f"{size}, {seconds} s, {name.rstrip('_')}"
            if not _installed(name):
                yield work, "not installed", "none", True
                continue
            try:
                theirs = _made(name, programme, seconds, scratch)
            except Failed as failed:
                yield work, f"failed: {failed}", "none", True
                continue
            gap = (theirs.points - bound) / theirs.points
            figure = f"{theirs.points:,.1f} points, gap {gap:.2%}, {theirs.figures}"
            yield work, figure, "ours no worse", ours.points <= theirs.points + 1e-6 or bool(theirs.broken)


def _installed(name: str) -> bool:
    """Whether the planner can run here: `make bench` installs what is on PyPI; Timefold needs Java besides."""
    if name == "cpsat":
        return importlib.util.find_spec("ortools") is not None
    return importlib.util.find_spec("timefold") is not None and shutil.which("java") is not None


def _made(name: str, programme: Programme, seconds: float, scratch: Path) -> Made:
    """The plan of a planner that is a process of its own."""
    source, target = scratch / "programme.json", scratch / f"{name}.json"
    source.write_bytes(msgspec.json.encode(programme))
    words = [
        sys.executable,
        "-m",
        f"tests.benchmarks.planners.{name}",
        str(source),
        str(seconds),
        str(target),
    ]
    start = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=scratch,  # where a Java that crashes leaves its log
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with process.stderr:
        wrong = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = [line for line in wrong.decode(errors="replace").splitlines() if line[:1].strip()]
        raise Failed(f"status {process.returncode} {' '.join(told[-1:])[:200]}")
    taken = time.perf_counter() - start
    visits, bound = msgspec.json.decode(target.read_bytes(), type=tuple[list[Visit], float | None])
    plan = Plan(
        edition=programme.edition,
        programme="",
        as_of=programme.as_of,
        visits=in_order(visits),
        quality=Quality(0.0, {}),
    )
    broken = [one for one in check(programme, plan) if one.rule not in NOT_OF_VISITS]
    points = price(programme, plan.visits).points
    return Made(points, bound, len(broken), taken, _cpu(usage), usage.ru_maxrss * 1024)


def _cpu(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


MEASURES = (visit_plans,)
