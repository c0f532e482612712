from collections.abc import Iterator

import pytest

from exporters.visits.solve import conflicts


@pytest.fixture(scope="module")
def unexplained() -> Iterator[None]:
    """Plans without the search for conflicts, which takes longer than tiny plans do and has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflicts, "MOST", 0)
        yield
