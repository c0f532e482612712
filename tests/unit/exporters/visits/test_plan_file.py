"""The plan under version control."""

import stat
from pathlib import Path

import msgspec
import pytest

from exporters.visits.plan_file import dump_plan, fingerprint, load_plan, save_plan
from schemas.errors import InputError, MachineError
from schemas.visits import Plan
from tests.support import visits_by_hand as hand


def test_a_plan_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    assert load_plan(file) is None
    save_plan(hand.plan(), file)
    assert load_plan(file) == hand.plan()
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.json"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_a_change_of_one_visit_changes_one_line() -> None:
    plan = hand.plan()
    first, *rest = plan.visits
    moved = msgspec.structs.replace(first, sequence=1)
    changed = msgspec.structs.replace(plan, visits=(*reversed(rest), moved))
    one, other = dump_plan(plan).splitlines(), dump_plan(changed).splitlines()
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def test_empty_lists_are_written(tmp_path: Path) -> None:
    plan = msgspec.structs.replace(hand.plan(), visits=(), unserved=(), cancelled=())
    assert msgspec.json.decode(dump_plan(plan), type=Plan) == plan


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b'{"edition": 1}', b"\xff\xfe{"])
def test_a_broken_plan_is_told(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(written)
    with pytest.raises(InputError, match=r"plan\.json is no sound plan"):
        load_plan(file)
    assert file.read_bytes() == written


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        save_plan(hand.plan(), tmp_path / "none" / "plan.json")


def test_the_fingerprint_tells_what_changed_but_the_day() -> None:
    programme = hand.programme()
    later = msgspec.structs.replace(programme, as_of=programme.as_of.replace(day=9))
    more = msgspec.structs.replace(programme, off=programme.off | {programme.as_of})
    assert fingerprint(programme) == fingerprint(later) != fingerprint(more)
