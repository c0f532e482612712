"""A PostgreSQL of a test run's own: Debian's server in a temporary folder, on a free port.

The machine's power isn't cut while tests run, so nothing has to reach a disk: a killed server's pages are still the
system's. In memory a copy of a database is there ten times as soon.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 (the folder in it is made by mkdtemp)
_ROOM = 1 << 30  # bytes: a run's databases take a tenth
_HASTE = "-c fsync=off -c full_page_writes=off"


def _place() -> Path | None:
    """A file system in memory, where there is one with room."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _programs() -> Path:
    """Debian keeps the server's programs out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise FileNotFoundError("PostgreSQL is not installed: make services")
    return found[-1].parent if found else Path(str(on_path)).parent


def _as_postgres(command: list[str]) -> list[str]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]


def _run(programs: Path, command: list[str]) -> None:
    full = _as_postgres([str(programs / command[0]), *command[1:]])
    done = subprocess.run(full, check=False, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr


@contextmanager
def postgresql_server(buffers: str = "32MB") -> Iterator[str]:
    """The address of its maintenance database. `buffers` is its memory for pages: several of these run beside each other."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="lingjun-pg-", dir=_place()))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = str(folder / "data")
        how = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        _run(programs, ["initdb", "-D", data, *how])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -k {folder} -h '' -c max_connections=150 -c shared_buffers={buffers} {_HASTE}"
        _run(programs, ["pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}&port={port}"
        finally:
            _run(programs, ["pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
