"""`lingjun visits`, action by action; the whole way of a user is in tests/integration/test_visits_command.py."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import termios
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from catalog.cli.main import main
from exporters.visits.plan_file import load_plan, save_plan
from schemas.visits import Plan
from tests.unit.catalog.cli.conftest import ROOT, Lingjun


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small programme with its plan."""
    folder = tmp_path_factory.mktemp("visits") / "demo"
    small = ("--cohorts", "4", "--enterprises", "12", "--seed", "1")
    assert main(["visits", "new", str(folder), *small]) == 0
    assert main(["visits", "plan", str(folder), "--seconds", "20"]) == 0
    return folder


@pytest.fixture
def demo(planned: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return shutil.copytree(planned, tmp_path / "demo")


def plan_of(folder: Path) -> Plan:
    plan = load_plan(folder / "plan.json")
    assert plan is not None
    return plan


def test_new_never_writes_over_anything(lingjun: Lingjun, demo: Path) -> None:
    ran = lingjun("visits", "new", demo, "--lang", "zh")
    assert (ran.status, ran.out) == (2, "")
    assert "已存在且不为空" in ran.err


@pytest.mark.parametrize("action", ["plan", "check", "show", "replan", "publish"])
def test_a_folder_that_is_not_there_is_told_with_the_cure(lingjun: Lingjun, action: str) -> None:
    ran = lingjun("visits", action, "gone")
    assert (ran.status, ran.out) == (2, "")
    assert "lingjun visits new gone" in ran.err


@pytest.mark.parametrize("words", [("show",), ("replan",), ("publish",), ("lock", "x"), ("cancel", "x")])
def test_without_a_plan_one_is_told_to_make_it(lingjun: Lingjun, demo: Path, words: tuple[str, ...]) -> None:
    (demo / "plan.json").unlink()
    ran = lingjun("visits", words[0], demo, *words[1:])
    assert (ran.status, ran.out) == (2, "")
    assert "lingjun visits plan" in ran.err


def test_a_plan_is_never_written_over(lingjun: Lingjun, demo: Path) -> None:
    before = (demo / "plan.json").read_bytes()
    ran = lingjun("visits", "plan", demo)
    assert ran.status == 2
    assert "lingjun visits replan" in ran.err
    assert (demo / "plan.json").read_bytes() == before


def test_a_broken_plan_file_is_told_with_the_cure(lingjun: Lingjun, demo: Path) -> None:
    (demo / "plan.json").write_text("{", encoding="utf-8")
    ran = lingjun("visits", "check", demo)
    assert (ran.status, ran.out) == (1, "")
    assert "git checkout" in ran.err


def test_check_applies_every_rule(lingjun: Lingjun, demo: Path) -> None:
    assert lingjun("visits", "check", demo).status == 0
    plan = plan_of(demo)
    first = msgspec.structs.replace(plan.visits[0], day=plan.visits[0].day.replace(year=2001))
    save_plan(msgspec.structs.replace(plan, visits=(first, *plan.visits[1:])), demo / "plan.json")
    ran = lingjun("visits", "check", demo, "--json")
    found = json.loads(ran.out)
    assert ran.status == 1
    assert first.id in {visit for breach in found["breaches"] for visit in breach["visits"]}
    assert lingjun("visits", "publish", demo).status == 1  # nothing unsound is handed out


def test_show_by_class_host_and_week(lingjun: Lingjun, demo: Path) -> None:
    visit = plan_of(demo).visits[0]
    week = "{}-W{:02}".format(*visit.day.isocalendar()[:2])
    for words in (("--class", visit.cohort), ("--host", visit.enterprise), ("--week", week)):
        shown = json.loads(lingjun("visits", "show", demo, *words, "--json").out)["visits"]
        assert visit.id in {one["id"] for one in shown}
        assert 0 < len(shown) < len(plan_of(demo).visits)
        assert visit.id in lingjun("visits", "show", demo, *words).out


@pytest.mark.parametrize(
    "words", [("--class", "gone"), ("--host", "gone"), ("--week", "soon"), ("--week", "2023-W60")]
)
def test_show_of_what_is_not_there_is_a_wrong_call(
    lingjun: Lingjun, demo: Path, words: tuple[str, ...]
) -> None:
    ran = lingjun("visits", "show", demo, *words)
    assert (ran.status, ran.out) == (2, "")
    assert words[1] in ran.err


def test_lock_and_unlock(lingjun: Lingjun, demo: Path) -> None:
    visit = plan_of(demo).visits[0].id
    assert json.loads(lingjun("visits", "lock", demo, visit, "--json").out)["counts"]["lock"] == 1
    assert plan_of(demo).visits[0].locked
    refused = lingjun("visits", "cancel", demo, visit)
    assert refused.status == 2
    assert "--undo" in refused.err
    lingjun("visits", "lock", demo, visit, "--undo")
    assert not plan_of(demo).visits[0].locked


def test_move_refuses_what_breaks_a_rule(lingjun: Lingjun, demo: Path) -> None:
    before = (demo / "plan.json").read_bytes()
    visit = plan_of(demo).visits[0].id
    ran = lingjun("visits", "move", demo, visit, "--day", "2001-01-01", "--lang", "zh")
    assert ran.status == 1
    assert "计划未改动" in ran.out
    assert (demo / "plan.json").read_bytes() == before
    assert lingjun("visits", "move", demo, visit).status == 2
    assert lingjun("visits", "move", demo, "gone", "--half", "am").status == 2
    assert lingjun("visits", "move", demo, visit, "--host", "gone").status == 2


def as_of(folder: Path, day: date) -> None:
    file = folder / "programme.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"as_of: \S+", f"as_of: {day}", text), encoding="utf-8")


def test_only_the_host_can_waive_its_notice(lingjun: Lingjun, demo: Path) -> None:
    visits = plan_of(demo).visits
    on_day = Counter((one.cohort, one.day) for one in visits)
    visit = next(one for one in visits if one.half and on_day[one.cohort, one.day] == 1)
    as_of(demo, visit.day - timedelta(days=1))
    other = "pm" if visit.half == "am" else "am"
    words = ("visits", "move", demo, visit.id, "--half", other, "--lang", "zh")
    refused = lingjun(*words)
    assert refused.status == 1
    assert "[notice]" in refused.out
    assert "--agreed" in refused.out
    done = lingjun(*words, "--agreed")
    assert done.status == 0, done.out
    moved = next(one for one in plan_of(demo).visits if one.id == visit.id)
    assert (moved.half, moved.locked) == (other, True)
    as_of(demo, visit.day + timedelta(days=1))
    lingjun("visits", "lock", demo, visit.id, "--undo")
    over = lingjun("visits", "move", demo, visit.id, "--half", str(visit.half), "--lang", "zh")
    assert over.status == 2
    assert "取消" in over.err


def test_cancel_and_diff_say_for_whom(lingjun: Lingjun, demo: Path, planned: Path) -> None:
    visit = plan_of(demo).visits[0]
    cancelled = lingjun("visits", "cancel", demo, visit.id, "--lang", "zh").out
    assert "[取消]" in cancelled
    assert f"先在它的资料（{demo}/enterprises）里写明停止接待：{visit.enterprise} {visit.day}" in cancelled
    assert visit.id not in {one.id for one in plan_of(demo).visits}
    told = lingjun("visits", "diff", planned, demo / "plan.json", "--lang", "zh")
    assert told.status == 0
    assert "不来了：" in told.out
    counts = json.loads(lingjun("visits", "diff", planned, demo, "--json").out)["counts"]
    assert counts == {"added": 0, "cancelled": 1, "host": 0, "moved": 0, "lock": 0}
    assert lingjun("visits", "diff", planned, "gone").status == 2


def _terminal(*words: str | Path) -> tuple[subprocess.Popen[bytes], int]:
    """The command with a terminal for its standard error."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    process = subprocess.Popen(
        [sys.executable, "-m", "catalog.cli.main", "visits", *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "LINGJUN_LANG": "zh"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    return process, ours


def _rest(terminal: int) -> str:
    """Everything until the other side has closed."""
    pieces = []
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux says so where the other side is gone
            piece = b""
        if not piece:
            os.close(terminal)
            return b"".join(pieces).decode(errors="replace")
        pieces.append(piece)


def test_a_terminal_shows_progress_and_a_pipe_none(lingjun: Lingjun, demo: Path) -> None:
    assert lingjun("visits", "replan", demo, "--seconds", "10").err == ""
    process, terminal = _terminal("replan", demo, "--seconds", "10")
    shown = _rest(terminal)
    assert process.wait() == 0
    assert "下界" in shown
    assert process.stdout
    process.stdout.close()


def test_ctrl_c_keeps_the_best_plan(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    assert main(["visits", "new", str(folder), "--cohorts", "60", "--enterprises", "90"]) == 0
    process, terminal = _terminal("plan", folder, "--seconds", "300", "--gap", "0")
    seen = ""
    while "%" not in seen.rpartition("差距")[2]:  # a plan and a bound are there
        seen += os.read(terminal, 4096).decode(errors="replace")
    process.send_signal(signal.SIGINT)
    _rest(terminal)
    assert process.stdout
    out = process.stdout.read().decode()
    process.stdout.close()
    assert process.wait() == 0
    assert "已中断" in out
    assert main(["visits", "check", str(folder)]) == 0
