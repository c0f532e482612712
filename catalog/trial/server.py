"""Runs the trial's application on this machine."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from catalog.listening import listen
from catalog.trial.app import make_app
from catalog.trial.run import Run


class _Server(uvicorn.Server):
    """Lets go of whoever waits for news before it shuts down: they would hold it up."""

    def __init__(self, run: Run) -> None:
        super().__init__(uvicorn.Config(make_app(run), log_config=None, access_log=False, lifespan="off"))
        self._run = run

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ctrl-C was pressed."""
        self._run.journal.close()
        await super().shutdown(sockets)


def serve(run: Run, *, port: int, ready: Callable[[str], object]) -> None:
    """Serve on 127.0.0.1 until interrupted; `ready` gets the address. Port 0 takes any free one."""
    with listen("127.0.0.1", port) as listener:
        ready(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        with suppress(KeyboardInterrupt):  # the way to end it
            asyncio.run(_Server(run).serve(sockets=[listener]))
