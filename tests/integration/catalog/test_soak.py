"""The short version of `make soak`: killed eight times on each database, nothing is lost, halved or left over."""

from pathlib import Path

import pytest

from catalog.storage import Kind
from tests.soak.kills import place_on, soak
from tests.soak.promises import broken, orphans

SEED = 20221107


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_eight_kills(tmp_path: Path, database: str) -> None:
    with place_on(database, tmp_path / "catalogue") as place:
        outcome = soak(place, 8, SEED, print)
    assert outcome.broken == []
    assert outcome.acknowledged["published"] > 0


def test_a_broken_promise_is_noticed(tmp_path: Path) -> None:
    with place_on("sqlite", tmp_path / "catalogue") as place:
        outcome = soak(place, 1, SEED, print)
        assert outcome.broken == []
        assert broken(place, ["published 999 1 abc"]) == ["lost: published 999 1 abc"]
        assert broken(place, ["composed 999 1 0"]) == ["lost: composed 999 1 0"]
        assert broken(place, ["saved never"]) == ["lost: saved never"]
        (place.folder / "work" / "upload-left").mkdir(parents=True)
        (place.folder / "work" / "strange").mkdir()
        assert orphans(place) == ["workspace: strange"]
        storage = place.storage()
        blob = next(storage.blobs(Kind.SOURCE)).blob
        storage.delete(Kind.SOURCE, blob.sha256)
        assert any(blob.sha256 in line for line in orphans(place))
