"""Pages that were rendered are given again as long as nothing happened since.

A page is remembered under the number of the last event, which is read in the same snapshot as the page: whoever asks
after a commit gets what was committed, from any process of any machine. That number is asked of the database once for
all readers who wait for it at that moment, and a page that many want at once is rendered once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.database.models import Event
from catalog.web.parts import Parts

_MOST_BYTES = 32 << 20
_RENDERERS = 2  # threads: more would only wait for one another

Make = Callable[[Session], bytes]


class Made(NamedTuple):
    """A page, and the last event that it knows of."""

    event: int
    content: bytes


class Front:
    """The pages of one application. For its event loop alone."""

    def __init__(self, parts: Parts) -> None:
        self._database = parts.database
        self._turn = asyncio.Lock()
        self._asking: asyncio.Task[int] | None = None
        self._renderers = CapacityLimiter(_RENDERERS)
        self._askers = CapacityLimiter(1)  # of its own: who has a page already waits for no rendering
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[tuple[int, str], asyncio.Task[Made]] = {}
        self._bytes = 0
        self._event = -1

    async def page(self, key: str, make: Make) -> Made:
        """What `make` gives, or gave since the last event."""
        event = await self._last_event()
        if event == self._event and key in self._pages:
            self._pages.move_to_end(key)
            return Made(event, self._pages[key])
        making = self._making.get((event, key))
        if making is None:
            making = asyncio.create_task(self._made(key, make))
            self._making[event, key] = making
            making.add_done_callback(lambda _: self._making.pop((event, key), None))
        return await asyncio.shield(making)

    async def _last_event(self) -> int:
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> int:
        async with self._turn:
            self._asking = None  # whoever comes from here on needs a later answer
            return await run_sync(self._read_last_event, limiter=self._askers)

    def _read_last_event(self) -> int:
        with self._database.read() as session:
            return last_event(session)

    async def _made(self, key: str, make: Make) -> Made:
        made = await run_sync(self._make, make, limiter=self._renderers)
        if made.event > self._event:
            self._pages.clear()
            self._bytes, self._event = 0, made.event
        if made.event == self._event and key not in self._pages:
            self._pages[key] = made.content
            self._bytes += len(made.content)
            while self._bytes > _MOST_BYTES:
                self._bytes -= len(self._pages.popitem(last=False)[1])
        return made

    def _make(self, make: Make) -> Made:
        with self._database.read() as session:
            return Made(last_event(session), make(session))


def last_event(session: Session) -> int:
    """The number of the last event: what everything that is shown depends on."""
    return session.scalar(select(func.max(Event.id))) or 0
