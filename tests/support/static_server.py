"""Files of a folder over HTTP, at two origins: an LMS and its packages often have different ones."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self


class _Handler(SimpleHTTPRequestHandler):
    """Serves files unseen; `unload-forbidden` in the address brings the header that forbids `unload`."""

    def end_headers(self) -> None:
        """Adds what every answer carries."""
        self.send_header("Cache-Control", "no-store")
        if "unload-forbidden" in self.path:
            self.send_header("Permissions-Policy", "unload=()")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests aren't worth a line."""


class StaticServer:
    """`origin` and `other` serve the same files from two ports of 127.0.0.1."""

    def __init__(self, root: Path) -> None:
        handler = partial(_Handler, directory=str(root))
        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for _ in range(2)]
        self.origin, self.other = (f"http://127.0.0.1:{server.server_port}" for server in self._servers)
        self._threads = [
            threading.Thread(target=server.serve_forever, daemon=True) for server in self._servers
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
