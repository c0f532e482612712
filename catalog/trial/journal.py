"""What happened in a trial run, in order, in words: the list that an author watches."""

import asyncio
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from catalog.trial.xapi.breach import Breach
from schemas.text import Text

Kind = Literal["statement", "document", "value", "call", "lms"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that arrived or was answered. `says` is what the standard calls it; `detail` the thing itself."""

    number: int
    at: datetime
    kind: Kind
    says: Text
    status: int = 200
    detail: Any = None
    breaches: tuple[Breach, ...] = ()


class Journal:
    """Entries so far; readers wait for the next one. Used from the server's event loop only."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._more = asyncio.Event()
        self._closed = False

    def add(
        self,
        kind: Kind,
        says: Text,
        *,
        detail: object = None,
        status: int = 200,
        breaches: tuple[Breach, ...] = (),
    ) -> None:
        """Note something and wake whoever waits."""
        entry = Entry(
            number=len(self.entries) + 1,
            at=datetime.now(UTC),
            kind=kind,
            says=says,
            status=status,
            detail=detail,
            breaches=breaches,
        )
        self.entries.append(entry)
        self._wake()

    def close(self) -> None:
        """Nothing more will come: nobody waits from now on."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._more.set()
        self._more = asyncio.Event()

    async def after(self, number: int, *, patience: float) -> list[Entry]:
        """The entries after `number`; waits up to `patience` seconds for one."""
        more = self._more
        if len(self.entries) <= number and not self._closed:
            try:
                async with asyncio.timeout(patience):
                    await more.wait()
            except TimeoutError:
                return []
        return self.entries[max(0, number) :]
