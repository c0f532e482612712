"""What the catalogue is compared with: a Litestar handler that gives bytes it has in memory.

python -m tests.benchmarks.bare FOLDER    (one file an answer, by its number)
"""

import logging
import socket
import sys
from pathlib import Path

import uvicorn
from litestar import Litestar, Response, get
from litestar.params import FromPath

ANSWERS = {int(file.name): file.read_bytes() for file in Path(sys.argv[1]).iterdir()}


@get("/{number:int}", sync_to_thread=True)
def answer(number: FromPath[int]) -> Response[bytes]:
    return Response(ANSWERS[number], media_type="text/html")


if __name__ == "__main__":
    logging.disable()
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
        app = Litestar([answer], openapi_config=None, logging_config=None)
        uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])
