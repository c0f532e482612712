"""The threads that deliver. They are nobody else's: a receiver that takes its time keeps neither the building of packages
nor other receivers waiting."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition

from catalog.database.session import Database
from catalog.webhooks.delivery import deliver_next
from catalog.webhooks.sending import Sender

_AT_ONCE = 8  # receivers that are told something at the same time

_log = logging.getLogger(__name__)


class Courier:
    """Delivers when woken, until nothing is due. One object a process; threads share it."""

    def __init__(self, database: Database, sender: Sender) -> None:
        self._database = database
        self._sender = sender
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="webhook")
        self._changed = Condition()
        self._busy = 0
        self._calls = 0
        self._attempts = 0
        self._closed = False

    def wake(self) -> None:
        """Something may be due. Returns at once."""
        with self._changed:
            self._calls += 1
            self._start()

    def finish(self) -> int:
        """Deliver what is due and wait for it; how many attempts were made so far."""
        self.wake()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)
            return self._attempts

    def close(self) -> None:
        """Wait for the attempts that are being made; begin no other. What is left is due still."""
        with self._changed:
            self._closed = True
        self._threads.shutdown()

    def _start(self) -> None:
        if self._busy < _AT_ONCE and not self._closed:
            self._busy += 1
            self._threads.submit(self._work).add_done_callback(self._end)

    def _work(self) -> int:
        """Deliver until nothing is due; the number of the last call that this answers. Where there was one there may be
        more, which needn't wait until it is delivered: each attempt wakes another thread."""
        while not self._closed:
            calls = self._calls
            if not deliver_next(self._database, self._sender, self.wake):
                return calls
            with self._changed:
                self._attempts += 1
        return self._calls

    def _end(self, work: Future[int]) -> None:
        """A call that came after the last look, when all threads seemed busy, is answered by one more look."""
        trouble = work.exception()
        with self._changed:
            self._busy -= 1
            if trouble is None and work.result() != self._calls:
                self._start()
            self._changed.notify_all()
        if trouble is not None:
            _log.error("not delivered, the next minute tries again: %s", trouble, exc_info=trouble)


def deliver(database: Database, sender: Sender) -> int:
    """Deliver what is due before this returns; how many attempts that took."""
    courier = Courier(database, sender)
    attempts = courier.finish()
    courier.close()
    return attempts
