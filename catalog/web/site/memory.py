"""Pages that were rendered, as long as nothing was published or withdrawn since.

A page is remembered under the number of the last event, which is read in the same snapshot as the page itself: any
process of any machine forgets at the moment of the commit.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.models import Event

_MOST_BYTES = 16 << 20


def last_event(session: Session) -> int:
    """The number of the last event: what everything that is shown depends on."""
    return session.scalar(select(func.max(Event.id))) or 0


class Memory:
    """The pages of one application. Threads share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._event = -1

    def page(self, event: int, key: str, make: Callable[[], bytes]) -> bytes:
        """What `make` gives, or gave since that event."""
        with self._lock:
            if event > self._event:
                self._pages.clear()
                self._bytes, self._event = 0, event
            elif event == self._event and key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        made = make()
        with self._lock:
            if event == self._event and key not in self._pages:
                self._pages[key] = made
                self._bytes += len(made)
                while self._bytes > _MOST_BYTES:
                    _, dropped = self._pages.popitem(last=False)
                    self._bytes -= len(dropped)
        return made
