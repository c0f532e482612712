"""Statements and State documents wait for the same store: when it answers one, the other doesn't wait any longer."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.bridge import NODE, bundle


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    entry = Path(__file__).with_name("parts_entry.ts")
    return bundle(entry, tmp_path_factory.mktemp("parts") / "parts.cjs", platform="node")


def after_an_outage(script: Path, first: str, asked: int = 0) -> dict[str, Any]:
    """What has arrived soon after `first` was answered, where the store had asked for so many seconds."""
    done = subprocess.run([NODE, script, first, str(asked)], check=True, capture_output=True, timeout=60)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize(
    ("first", "arrived"), [("queue", ["statements", "document"]), ("document", ["document", "statements"])]
)
def test_an_answer_to_one_ends_the_wait_of_the_other(script: Path, first: str, arrived: list[str]) -> None:
    assert after_an_outage(script, first) == {"before": "retrying", "after": "none", "arrived": arrived}


@pytest.mark.parametrize(("first", "arrived"), [("queue", ["statements"]), ("document", ["document"])])
def test_a_wait_that_the_server_asked_for_is_kept(script: Path, first: str, arrived: list[str]) -> None:
    told = after_an_outage(script, first, asked=30)
    assert told == {"before": "retrying", "after": "retrying", "arrived": arrived}
