from pathlib import Path

import pytest

from catalog.database.session import Database
from catalog.packages.build import Packages
from catalog.packages.signing import SigningKey, create_key
from catalog.storage import Storage
from tests.support.catalogue import People, populate
from tests.support.published import LIMITS, publish_folder, write_course


@pytest.fixture
def people(database: Database) -> People:
    return populate(database)


@pytest.fixture
def version(database: Database, storage: Storage, people: People, tmp_path: Path) -> int:
    """A published version."""
    return publish_folder(database, storage, people, write_course(tmp_path / "roadmap"))


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    folder = tmp_path_factory.mktemp("key")
    create_key(folder)
    return SigningKey.read(folder / "signing-key.pem")


@pytest.fixture
def packages(database: Database, storage: Storage, tmp_path: Path, signing_key: SigningKey) -> Packages:
    return Packages(database, storage, LIMITS, tmp_path / "work", key=signing_key)
