"""A confined process can crash, hang, and ask for everything: the one that started it gets an answer."""

from pathlib import Path

import pytest

from catalog.intake import confined
from catalog.intake.confined import BrokenOffError, Ending
from catalog.intake.inside import Bounds
from schemas.errors import MachineError
from tests.support import misbehaving

BOUNDS = Bounds(cpu_seconds=5, wall_seconds=30, memory=400 << 20, file_bytes=1 << 20)


@pytest.mark.parametrize(
    ("request_", "ending", "reason"),
    [
        ("bracket-bomb", Ending.KILLED, "SIGSEGV"),
        ("null-pointer", Ending.KILLED, "SIGSEGV"),
        ("killed", Ending.KILLED, "SIGKILL"),
        ("raise", Ending.KILLED, "1"),
        ("files", Ending.KILLED, "1"),
        ("memory", Ending.MEMORY, ""),
        ("output", Ending.OUTPUT, ""),
    ],
)
def test_each_way_to_end_early_has_a_name(request_: str, ending: Ending, reason: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenOffError) as raised:
        confined.run(misbehaving.__name__, request_.encode(), tmp_path, BOUNDS)
    assert (raised.value.ending, raised.value.reason) == (ending, reason)


def test_one_that_only_computes_is_ended_by_the_processors_limit(tmp_path: Path) -> None:
    with pytest.raises(BrokenOffError) as raised:
        confined.run(misbehaving.__name__, b"spin", tmp_path, Bounds(1, 60, 400 << 20, 1 << 20))
    assert raised.value.ending is Ending.SLOW


def test_one_that_only_waits_is_ended_by_the_clock(tmp_path: Path) -> None:
    """It would wait for an hour."""
    with pytest.raises(BrokenOffError) as raised:
        confined.run(misbehaving.__name__, b"sleep", tmp_path, Bounds(60, 1, 400 << 20, 1 << 20))
    assert raised.value.ending is Ending.SLOW


def test_a_full_disk_is_the_machines_trouble_not_the_uploaders(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="full"):
        confined.run(misbehaving.__name__, b"disk", tmp_path, BOUNDS)


def test_one_that_behaves_gives_its_result(tmp_path: Path) -> None:
    assert confined.run(misbehaving.__name__, b"", tmp_path, BOUNDS) == b"done"


def test_a_result_of_an_earlier_run_is_never_taken_for_its_own(tmp_path: Path) -> None:
    confined.run(misbehaving.__name__, b"", tmp_path, BOUNDS)
    with pytest.raises(BrokenOffError):
        confined.run(misbehaving.__name__, b"raise", tmp_path, BOUNDS)


def test_secrets_of_the_environment_stay_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGJUN_DATABASE_URL", "postgresql://user:secret@host/name")
    names = confined.run(misbehaving.__name__, b"environment", tmp_path, BOUNDS).decode().split("\n")
    assert set(names) == {"LC_ALL", "PATH", "TMPDIR", "TZ"}
