from collections.abc import Iterator

import pytest

from tests.unit.catalog.trial.desk import Desk, Launch, opened


@pytest.fixture
def cmi5() -> Iterator[Desk]:
    with opened("cmi5") as desk:
        yield desk


@pytest.fixture
def xapi() -> Iterator[Launch]:
    """A launched xAPI activity: a plain store."""
    with opened("xapi") as desk:
        yield desk.launch()
