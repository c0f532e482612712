"""Plans of site visits: many tiny programmes against the best of all plans, and a year in which visits are cancelled and hosts close."""

import random
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from exporters.visits.changes import changes
from exporters.visits.check import check
from exporters.visits.edit import cancel
from exporters.visits.solve import solve
from schemas.visits import Closure, Plan, Programme
from tests.support.medium_visits import medium
from tests.support.tiny_visits import best, changed, programme

SECONDS = 300.0  # never what stops a tiny programme
CLASSES, HOSTS = 30, 45
MONTHS = 10
POINTS = 1e-6


def soak_plans(programmes: int, seed: int, say: Callable[[str], object]) -> list[str]:
    """What was broken, in words; `say` is told what goes on."""
    broken = []
    for number in range(programmes):
        broken += _tiny(seed + number)
        if number % 20 == 19:
            say(f"{number + 1} tiny programmes, each planned twice; broken: {len(broken)}")
    return broken + (list(_year(seed, say)) if programmes else [])


def _tiny(seed: int) -> Iterator[str]:
    """Planned, then planned anew, with visits locked and agreed and hosts closed."""
    made_of, previous = programme(seed), None
    for turn in range(2):
        plan = solve(made_of, previous, seconds=SECONDS, gap=0.0, seed=seed).plan
        lowest, quality = best(made_of, previous), plan.quality
        name = f"programme({seed}), turn {turn}"
        if abs(quality.points - lowest) > POINTS:
            yield f"{name}: {quality.points} points, the best plan has {lowest}"
        if quality.bound is None or abs(quality.bound - lowest) > POINTS:
            yield f"{name}: bound {quality.bound}, the best plan has {lowest}"
        yield from _checked(name, made_of, plan, previous)
        made_of, previous = changed(seed, made_of, plan)


def _year(seed: int, say: Callable[[str], object]) -> Iterator[str]:
    """A generated year, replanned after each month's cancellations and closures."""
    dice = random.Random(seed)  # noqa: S311
    made_of = medium(CLASSES, HOSTS, seed, taught=0.5)
    plan = solve(made_of, seconds=60, gap=0.005, seed=seed).plan
    yield from _checked("year", made_of, plan, None)
    first = min(day.day for cohort in made_of.cohorts for day in cohort.days)
    last = max(day.day for cohort in made_of.cohorts for day in cohort.days)
    for month in range(MONTHS):
        today = first + (last - first) * month // MONTHS
        coming = [visit for visit in plan.visits if visit.day > today]
        if not coming:
            break
        told = replace(
            plan, visits=tuple(replace(one, agreed=one.agreed or plan.as_of) for one in plan.visits)
        )
        gone = dice.sample([one.id for one in coming], min(3, len(coming)))
        shut = Closure(today, today + (last - first) // 6)
        place = dice.randrange(HOSTS)
        hosts = [
            replace(one, closures=(*one.closures, shut)) if number == place else one
            for number, one in enumerate(made_of.enterprises)
        ]
        past = {one.enterprise for one in plan.visits if one.day < today}
        made_of = replace(made_of, as_of=today)
        if made_of.enterprises[place].id not in past:
            made_of = replace(made_of, enterprises=tuple(hosts))
        before = cancel(made_of, told, gone)
        plan = solve(made_of, before, seconds=60, gap=0.005, seed=seed).plan
        yield from _checked(f"year, {today}", made_of, plan, before)
        say(
            f"{today}: {len(gone)} cancelled, {len(changes(before, plan))} changes, {len(plan.visits)} visits"
        )


def _checked(name: str, made_of: Programme, plan: Plan, previous: Plan | None) -> Iterator[str]:
    """What the independent checker finds."""
    for breach in check(made_of, plan, previous):
        yield f"{name}: {breach.rule}: {breach.words.en}"
