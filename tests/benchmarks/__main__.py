"""`make bench`: speed, memory and size against the budgets of the design, as one table; `--only NAME` measures one thing.

Machines are noisy and shared: every figure is the median of several runs, and ratios compare things measured in the same
run. The yardstick (deflating a fixed text) tells how fast this machine was at the time.
"""

import argparse
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks import catalogue, exports, pages, processes, records, visits

YARDSTICK_BYTES = 4 << 20
MEASURES = tuple(
    measure for part in (processes, exports, pages, records, catalogue, visits) for measure in part.MEASURES
)


class Row(NamedTuple):
    """One line: what was measured, the figure, the budget, and whether it is kept."""

    work: str
    figure: str
    budget: str
    kept: bool


def main() -> int:
    """Measure everything, or one thing; 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = {measure.__name__: measure for measure in MEASURES}
    parser.add_argument("--only", choices=names)
    only = parser.parse_args().only
    text = ("领军人才培训课程，数字化转型诊断。" * (YARDSTICK_BYTES // 51)).encode()
    yardstick = median(_seconds(lambda: zlib.compress(text)) for _ in range(5))
    print(f"yardstick: {len(text) / yardstick / 1e6:,.0f} MB/s deflated")
    rows = []
    with tempfile.TemporaryDirectory(prefix="lingjun-bench-") as scratch:
        for measure in [names[only]] if only else MEASURES:
            for work, figure, budget, kept in measure(Path(scratch)):
                rows.append(Row(work, figure, budget, kept))
                print(f"{'✓' if kept else '✗'} {work:<58} {figure:>24}   budget {budget}", flush=True)
    broken = [row for row in rows if not row.kept]
    print(f"{len(rows) - len(broken)} of {len(rows)} budgets kept")
    return 1 if broken else 0


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


Measure = Callable[[Path], Iterator[tuple[str, str, str, bool]]]

if __name__ == "__main__":
    sys.exit(main())
