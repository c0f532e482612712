"""A year of site visits as a user goes through it: new, plan, check, publish; a host closes; plan anew, compare, publish."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import vobject

from catalog.cli.main import main
from exporters.visits.plan_file import load_plan
from schemas.visits import Plan, Visit


class Ran(NamedTuple):
    """What a call came to."""

    status: int
    out: str
    err: str


Visits = Callable[..., Ran]


@pytest.fixture
def visits(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Visits:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

    def run(*words: object) -> Ran:
        status = main(["visits", *map(str, words), "--lang", "zh"])
        return Ran(status, *capsys.readouterr())

    return run


def plan_of(folder: Path) -> Plan:
    plan = load_plan(folder / "plan.json")
    assert plan
    return plan


def events(calendar: Path) -> dict[str, vobject.base.Component]:
    read = vobject.readOne(calendar.read_bytes().decode())
    return {event.uid.value: event for event in read.vevent_list}


def close(folder: Path, host: str, visit: Visit) -> None:
    """The enterprise writes down that it receives nobody that month."""
    file = folder / "enterprises" / f"{host}.md"
    first, last = visit.day.replace(day=1), visit.day.replace(day=28)
    closed = f"closures:\n- starts: {first}\n  ends: {last}\n  reason: 停产检修\n"
    text = file.read_text(encoding="utf-8")
    assert "closures:\n" in text
    file.write_text(text.replace("closures:\n", closed), encoding="utf-8")


def test_a_year_of_visits(visits: Visits, tmp_path: Path) -> None:
    demo, out = tmp_path / "demo", tmp_path / "out"
    assert visits("new", demo, "--seed", 3).status == 0
    planned = visits("plan", demo, "--seconds", 30)
    assert planned.status == 0
    assert "离最优至多差" in planned.out
    assert plan_of(demo).quality.gap is not None
    assert visits("check", demo).status == 0
    assert visits("publish", demo, "-o", out).status == 0
    before = plan_of(demo)
    first = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    # The same plan gives the same bytes.
    assert visits("publish", demo, "-o", out).status == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == first

    # A host closes: what is published breaks a rule now, and nothing unsound goes out.
    gone = before.visits[len(before.visits) // 2]
    close(demo, gone.enterprise, gone)
    broken = visits("check", demo)
    assert broken.status == 1
    assert "[opening]" in broken.out
    assert visits("publish", demo, "-o", out).status == 1

    replanned = visits("replan", demo, "--seconds", 30)
    assert replanned.status == 0
    assert visits("check", demo).status == 0
    after = plan_of(demo)
    counts = json.loads(visits("diff", demo / "published.json", demo, "--json").out)["counts"]
    assert 1 <= sum(counts.values()) <= 6, "a closed host moves few visits"
    assert visits("publish", demo, "-o", out).status == 0
    told(before, after, gone, out)


def told(before: Plan, after: Plan, gone: Visit, out: Path) -> None:
    """The class's calendar has the change with a higher SEQUENCE, the old host's the cancellation; others are as they were."""
    new = {visit.id: visit for visit in after.visits}[gone.id]
    assert (new.enterprise, new.day, new.half) != (gone.enterprise, gone.day, gone.half)
    ours = events(out / "classes" / f"{gone.cohort}.ics")
    assert max(event.sequence.value for event in ours.values()) == "1"
    assert any("说出下一步最该补的一项" in event.description.value for event in ours.values()), (
        "a course's objective"
    )
    at_old_host = events(out / "hosts" / f"{gone.enterprise}.ics")
    changed = sorted(event.status.value for event in at_old_host.values() if event.sequence.value == "1")
    assert changed == sorted(statuses(before, after, gone.enterprise))
    same = {visit.id for visit in before.visits} & {visit.id for visit in after.visits}
    sequences = {visit.id: visit.sequence for visit in after.visits}
    assert sum(sequences[one] == 0 for one in same) >= len(same) - 6


def statuses(before: Plan, after: Plan, host: str) -> Iterator[str]:
    """What a host hears of each visit that was or is there and has another place or time now."""
    new = {visit.id: visit for visit in after.visits}
    for old in before.visits:
        now = new[old.id]
        changed = (now.enterprise, now.day, now.half) != (old.enterprise, old.day, old.half)
        if changed and host in (old.enterprise, now.enterprise):
            yield "CONFIRMED" if now.enterprise == host else "CANCELLED"


def test_the_same_seed_gives_the_same_plan(visits: Visits, tmp_path: Path) -> None:
    for name in ("one", "two"):
        visits("new", tmp_path / name, "--seed", 5, "--cohorts", 5, "--enterprises", 15)
        visits("plan", tmp_path / name, "--seconds", 30)
    one, two = (plan_of(tmp_path / name) for name in ("one", "two"))
    assert one.visits == two.visits


def test_what_cannot_be_done_is_said_with_the_reason(visits: Visits, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    visits("new", demo, "--cohorts", 3, "--enterprises", 8)
    file = demo / "cohorts" / "class-001.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("size: ", "size: 1", 1), encoding="utf-8")  # a hundred trainees more
    planned = visits("plan", demo, "--seconds", 20)
    assert planned.status == 0
    assert "做不到，与它们冲突的规则是：每批人数" in planned.out
    assert "不收 134 人或语言不合" in planned.out
    assert visits("check", demo).status == 0


def test_mistakes_in_the_data_are_told_with_place_and_cure(visits: Visits, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    visits("new", demo, "--cohorts", 3, "--enterprises", 8)
    file = demo / "enterprises" / "host-001.md"
    text = file.read_text(encoding="utf-8").replace("city: ", "city: 乌有", 1).replace("- 周", "- 星期", 1)
    file.write_text(text, encoding="utf-8")
    ran = visits("plan", demo)
    assert (ran.status, ran.out) == (1, "")
    assert "enterprises/host-001.md" in ran.err
    assert "visit-place-unknown" in ran.err
    assert "visit-opening" in ran.err
    assert not (demo / "plan.json").exists()
