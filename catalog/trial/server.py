"""Runs the trial's application on this machine."""

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from catalog.trial.app import make_app
from catalog.trial.run import Run


def serve(run: Run, *, port: int, ready: Callable[[str], object]) -> None:
    """Serve on 127.0.0.1 until interrupted; `ready` gets the address. Port 0 takes any free one."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        config = uvicorn.Config(
            make_app(run), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        ready(address)
        asyncio.run(server.serve(sockets=[listener]))
