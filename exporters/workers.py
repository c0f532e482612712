"""Jobs on all cores, in processes that are started afresh (`spawn`): nothing of this process leaks into them."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from types import FrameType
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")


def run_on_all_cores(work: Callable[[J], R], jobs: Sequence[J], cores: int) -> Iterator[R]:
    """What `work`, a function of a module, gives for each job, as it is done. Giving up (Ctrl-C, an exception, an
    iterator closed early) drops the jobs that haven't begun and waits for the others to clean up after themselves. For the
    main thread only: no other may say what Ctrl-C does.
    """
    pool = ProcessPoolExecutor(
        min(cores, len(jobs)), mp_context=get_context("spawn"), initializer=_wait_quietly
    )
    try:
        # Workers begin deaf to Ctrl-C, as this process is now: it would break off their imports with a stack trace.
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            futures = [pool.submit(partial(_work, work), job) for job in jobs]
        finally:
            signal.signal(signal.SIGINT, handler)
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


_given_up = False  # in a worker: Ctrl-C came while it had no job


def _wait_quietly() -> None:
    signal.signal(signal.SIGINT, _give_up)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    global _given_up  # noqa: PLW0603 (a signal handler has nowhere else to leave word)
    _given_up = True


def _work(work: Callable[[J], R], job: J) -> R:
    """Ctrl-C breaks off a job, which cleans up after itself; between jobs it keeps the next one from beginning."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        if _given_up:
            raise KeyboardInterrupt
        return work(job)
    finally:
        _wait_quietly()
