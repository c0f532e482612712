"""Jobs on all cores, in processes that are started afresh (`spawn`): nothing of this process leaks into them."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")


def run_on_all_cores(work: Callable[[J], R], jobs: Sequence[J], cores: int) -> Iterator[R]:
    """What `work`, a function of a module, gives for each job, as it is done. Giving up (Ctrl-C, an exception, an
    iterator closed early) drops the jobs that haven't begun and waits for the others to clean up after themselves.
    """
    pool = ProcessPoolExecutor(
        min(cores, len(jobs)), mp_context=get_context("spawn"), initializer=_ignore_interrupts
    )
    try:
        futures = [pool.submit(partial(_work, work), job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(work: Callable[[J], R], job: J) -> R:
    """Ctrl-C means something to a worker only while there is a job to give up."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return work(job)
    finally:
        _ignore_interrupts()
