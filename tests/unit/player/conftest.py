"""One engine for all of these tests."""

from collections.abc import Iterator

import pytest

from tests.support.bridge import Bridge


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bridge]:
    """The real engine in a Node process."""
    with Bridge(tmp_path_factory.mktemp("engine")) as bridge:
        yield bridge
