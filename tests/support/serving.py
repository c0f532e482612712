"""An ASGI application behind a real socket, for as long as a `with` statement."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from litestar.types import ASGIApp

from catalog.listening import listen


@contextmanager
def served(app: ASGIApp) -> Iterator[int]:
    """Its port on 127.0.0.1."""
    listener = listen("127.0.0.1", 0)
    # However long a test thinks, no connection is closed while it takes it up again.
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="on", timeout_keep_alive=600)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
