"""One Node process with the player's xAPI for all of these tests."""

from collections.abc import Iterator

import pytest

from tests.support.bridge import Bridge


@pytest.fixture(scope="session")
def xapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bridge]:
    """What tests/support/xapi_entry.ts can be asked for."""
    with Bridge(tmp_path_factory.mktemp("xapi"), "xapi_entry.ts") as bridge:
        yield bridge
