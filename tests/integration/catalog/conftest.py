"""Every test of this folder that asks for `database` runs on SQLite and on a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from catalog.database import schema
from catalog.database.session import Database
from catalog.storage import Storage
from tests.support.postgresql import postgresql_server

BACKENDS = ("sqlite", "postgresql")
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of the maintenance database of this test session's own server."""
    with postgresql_server() as address:
        yield address


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'lingjun.sqlite'}"
        return
    with _created(request.getfixturevalue("postgresql"), "") as address:
        yield address


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


@contextmanager
def migrated(request: pytest.FixtureRequest, backend: str, folder: Path) -> Iterator[str]:
    """The address of a migrated, empty database as long as the `with` statement lasts; SQLite's file is in `folder`."""
    if backend == "sqlite":
        path = folder / "lingjun.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template: str = request.getfixturevalue("postgresql_template")
    with _created(request.getfixturevalue("postgresql"), f"TEMPLATE {template}") as address:
        yield address


@contextmanager
def _created(server: str, how: str) -> Iterator[str]:
    """A database on PostgreSQL, dropped in the end."""
    name = f"lingjun_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {how}".encode())
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database."""
    with migrated(request, request.param, tmp_path) as address:
        yield address


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
