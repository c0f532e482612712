"""`lingjun serve` in a process of its own, on a free port."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3

_PATIENCE = 60


def environment(data: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Of a process whose catalogue is in `data`, whatever the developer has set."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("LINGJUN_")}
    return {**own, "LINGJUN_DATA": str(data), "LINGJUN_LANG": "zh", "NO_COLOR": "1", **settings}


def start(data: Path, settings: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    """The process."""
    return started(data, settings, "serve", "--port", "0", *arguments)


def started(data: Path, settings: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    """`lingjun` with these arguments."""
    return subprocess.Popen(
        [sys.executable, "-m", "catalog.cli.main", *arguments],
        env=environment(data, settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


class Served:
    """A server that answers."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.port = int(address.rstrip("/").rpartition(":")[2])
        self._http = urllib3.PoolManager(retries=False, timeout=_PATIENCE)
        self._lines: list[str] = []
        # A pipe that nobody reads would stop the server.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def get(self, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
        """One request."""
        return self._http.request("GET", f"{self.address.rstrip('/')}{path}", headers=headers)

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        status = self.process.wait(_PATIENCE)
        self._reader.join(_PATIENCE)
        return status

    def close(self) -> None:
        """Let go of connections."""
        self._reader.join(_PATIENCE)
        self._http.clear()

    @property
    def log(self) -> list[dict[str, Any]]:
        """What it logged."""
        return [json.loads(line) for line in self._lines]

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.append(line)


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Served]:
    """A server on that data folder."""
    with start(data, settings) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if "http" not in line:
                raise AssertionError(process.communicate()[1])
            server = Served(process, line[line.index("http") :].partition("（")[0].strip())
            yield server
        finally:
            process.kill()
            process.wait()
        server.close()
