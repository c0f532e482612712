import os
import signal
import subprocess
import sys

import msgspec
import pytest

from exporters.visits.check import check
from exporters.visits.plan_file import dump_plan
from exporters.visits.price import price
from exporters.visits.solve import Progress, solve
from exporters.visits.solve.distance import hours
from exporters.visits.travel import travel_hours
from schemas.visits import Plan
from tests.support.medium_visits import medium
from tests.support.tiny_visits import changed, programme

pytestmark = pytest.mark.usefixtures("unexplained")

INTERRUPTED = """
import sys, msgspec
from exporters.visits.solve import solve
from tests.support.medium_visits import medium

told = False
def progress(now):
    global told
    if now.points is not None and not told:
        told = True
        print("planned", flush=True)

solved = solve(medium(400, 300), seconds=600, gap=0.0, progress=progress)
sys.stdout.buffer.write(msgspec.json.encode([solved.plan, solved.interrupted]))
"""


def without_clock(plan: Plan) -> bytes:
    quality = msgspec.structs.replace(plan.quality, seconds=0.0)
    return dump_plan(msgspec.structs.replace(plan, quality=quality))


def test_the_same_seed_gives_the_same_plan() -> None:
    one, other = (solve(medium(15, 30), seconds=120, gap=0.002, seed=3).plan for _ in range(2))
    assert without_clock(one) == without_clock(other)


def test_a_larger_plan_keeps_all_rules_and_is_proven_near_the_best() -> None:
    made_of = medium(60, 90)
    told: list[Progress] = []
    plan = solve(made_of, seconds=120, gap=0.01, progress=told.append).plan
    assert check(made_of, plan) == ()
    assert plan.quality.points == price(made_of, plan.visits).points
    assert plan.quality.gap is not None
    assert plan.quality.gap <= 0.01
    bounds = [now.bound for now in told if now.bound is not None]
    assert bounds == sorted(bounds)
    assert all(now.points >= plan.quality.points for now in told)


def test_a_second_plan_of_the_same_programme_changes_nothing() -> None:
    made_of = programme(5)
    first = solve(made_of, seconds=120, gap=0.0).plan
    second = solve(made_of, first, seconds=120, gap=0.0).plan
    assert second.visits == first.visits
    assert second.quality.parts["changes"] == 0.0


def test_what_changes_keeps_its_identifier_and_raises_its_sequence() -> None:
    for seed in range(40):
        made_of = programme(seed)
        later, before = changed(seed, made_of, solve(made_of, seconds=120, gap=0.0).plan)
        after = solve(later, before, seconds=120, gap=0.0).plan
        new = {visit.id: visit for visit in after.visits}
        told = {(visit.id, visit.enterprise): visit for visit in after.cancelled}
        for old in before.visits:
            now = new.get(old.id)
            if now is not None:
                same = (now.enterprise, now.day, now.half) == (old.enterprise, old.day, old.half)
                assert now.sequence == old.sequence + (not same and old.agreed is not None)
            if old.agreed is not None and (now is None or now.enterprise != old.enterprise):
                assert told[old.id, old.enterprise].sequence == old.sequence + 1


def test_an_interrupt_keeps_the_best_plan_so_far() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
    ) as process:
        assert process.stdout.readline() == b"planned\n"
        process.send_signal(signal.SIGINT)
        plan, interrupted = msgspec.json.decode(process.stdout.read(), type=tuple[Plan, bool])
    assert process.returncode == 0
    assert interrupted
    assert plan.visits
    assert check(medium(400, 300), plan) == ()


def test_hours_of_many_are_those_of_one() -> None:
    import numpy as np

    away = np.array([0.0, 14.9, 15.1, 69.0, 70.0, 249.0, 251.0, 514.0, 516.0, 3000.0])
    assert hours(away).tolist() == [travel_hours(one) for one in away]
