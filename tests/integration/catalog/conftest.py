"""Every test of this folder that asks for `database` runs on SQLite and on a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from catalog.database import schema
from catalog.database.session import Database
from catalog.storage import Storage
from tests.support.postgresql import postgresql_server

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of the maintenance database of this test session's own server."""
    with postgresql_server() as address:
        yield address


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
