"""Every test of this folder that asks for `database` runs on SQLite and on a real PostgreSQL."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from catalog.database import schema
from catalog.database.session import Database
from catalog.storage import Storage

_NUMBERS = count(1)


def _programs() -> Path:
    """Debian keeps the server's programs out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.fail("PostgreSQL is not installed: make services")
    return found[-1].parent if found else Path(str(on_path)).parent


def _as_postgres(command: list[str]) -> list[str]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL of this test session's own, in a temporary folder; the address of its maintenance database."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="lingjun-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        initdb = [
            "initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        _run(programs, initdb)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -k {folder} -h '' -c max_connections=150 -c shared_buffers=32MB"
        _run(programs, ["pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}&port={port}"
        finally:
            _run(programs, ["pg_ctl", "-D", str(data), "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(programs: Path, command: list[str]) -> None:
    full = _as_postgres([str(programs / command[0]), *command[1:]])
    done = subprocess.run(full, check=False, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'lingjun.sqlite'}"
    return _create(request, "")


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    """The name of a database that is migrated already: others are copied from it."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE lingjun_template TEMPLATE template0 ENCODING 'UTF8'")
    database = Database(postgresql.replace("/postgres?", "/lingjun_template?"))
    schema.upgrade(database)
    database.close()
    return "lingjun_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is migrated already."""
    path = tmp_path_factory.mktemp("template") / "lingjun.sqlite"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated, empty database."""
    if request.param == "sqlite":
        path = tmp_path / "lingjun.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    return _create(request, f"TEMPLATE {request.getfixturevalue('postgresql_template')}")


def _create(request: pytest.FixtureRequest, how: str) -> str:
    """A database of the test's own, dropped after it."""
    server: str = request.getfixturevalue("postgresql")
    name = f"lingjun_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {how}".encode())

    def drop() -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    request.addfinalizer(drop)
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database."""
    opened = Database(database_url, pool=40)
    yield opened
    opened.close()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    """Blobs in a local folder."""
    return Storage((tmp_path / "storage").as_uri())
