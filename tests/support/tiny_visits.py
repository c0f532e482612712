"""Tiny programmes of site visits with all rules and prices at work, and their best plans by enumeration alone."""

import heapq
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from msgspec.structs import replace

from exporters.visits.check import RULES
from exporters.visits.price import price
from exporters.visits.rules.facts import Facts
from schemas.text import Text
from schemas.visits import (
    ClassDay,
    Closure,
    Cohort,
    Duration,
    Enterprise,
    Half,
    Need,
    Plan,
    Programme,
    Quality,
    Spot,
    Visit,
)

FIRST = date(2026, 12, 24)  # a Thursday: plans cross a week-end and a new year
PLACES = (
    Spot("浙江省", "杭州市", 30.27, 120.15),
    Spot("浙江省", "绍兴市", 30.00, 120.58),
    Spot("上海市", "上海市", 31.23, 121.47),
    Spot("北京市", "北京市", 39.90, 116.40),
    Spot("新疆维吾尔自治区", "乌鲁木齐市", 43.83, 87.62),
)
HALVES = tuple(Half)
NOT_OF_VISITS = {"points", "count", "edition", "identifier", "unknown"}


def programme(seed: int) -> Programme:
    """Two or three classes, three to five hosts, a few days over a week-end and a new year."""
    dice = random.Random(seed)  # noqa: S311
    hosts = tuple(_host(dice, number) for number in range(dice.randint(3, 5)))
    cohorts = tuple(_cohort(dice, number, hosts) for number in range(dice.randint(2, 3)))
    days = [FIRST + timedelta(days=n) for n in range(14)]
    return Programme(
        edition="2026",
        as_of=FIRST - timedelta(days=dice.choice([2, 9])),
        enterprises=hosts,
        cohorts=cohorts,
        off=frozenset(day for day in days if day.weekday() == 5),
        working=frozenset(day for day in days if day.weekday() == 6),
        sample=True,
    )


def _host(dice: random.Random, number: int) -> Enterprise:
    every = [(weekday, half) for weekday in range(5) for half in HALVES]
    shut = FIRST + timedelta(days=dice.randint(0, 8))
    return Enterprise(
        id=f"e{number}",
        name=Text(f"企业{number}", f"Host {number}"),
        spot=dice.choice(PLACES),
        industry=dice.choice(["C3411", "C3512", "C3420", "I6510"]),
        themes=tuple(sorted(dice.sample(["a", "b"], dice.randint(1, 2)))),
        open=tuple(sorted(dice.sample(every, dice.randint(5, 10)))),
        smallest=dice.choice([1, 25]),
        largest=dice.choice([35, 60]),
        groups=dice.choice([1, 1, 2]),
        each_week=dice.choice([1, 2]),
        each_year=dice.choice([1, 2, 8]),
        notice=dice.choice([1, 5, 10]),
        closures=(Closure(shut, shut + timedelta(days=1)),) if dice.random() < 0.5 else (),
    )


def _cohort(dice: random.Random, number: int, hosts: Sequence[Enterprise]) -> Cohort:
    start = dice.choice([0, 1, 4, 6, 7])
    count = dice.randint(2, 3)
    taught = dice.random() < 0.5
    days = tuple(
        ClassDay(
            FIRST + timedelta(days=start + n), dice.choice([HALVES, HALVES, HALVES[:1], HALVES[1:]]), taught
        )
        for n in range(count)
    )
    needs = tuple(
        Need(
            id=f"n{n}",
            theme=dice.choice(["", "a", "b"]),
            industry=dice.choice(["", "C", "C34"]),
            count=dice.choice([1, 1, 2]) if n == 0 else 1,
            duration=dice.choice([Duration.HALF_DAY, Duration.HALF_DAY, Duration.DAY]),
            latest=days[-1].day - timedelta(days=1) if dice.random() < 0.2 else None,
        )
        for n in range(dice.randint(1, 2))
    )
    return Cohort(
        id=f"k{number}",
        name=Text(f"班{number}", f"Class {number}"),
        institution="u",
        size=dice.choice([20, 30, 40]),
        home=dice.choice(PLACES),
        days=days,
        needs=needs,
        wishes=tuple(host.id for host in dice.sample(list(hosts), dice.randint(0, 1))),
    )


def changed(seed: int, before: Programme, plan: Plan) -> tuple[Programme, Plan]:
    """The programme some days later, with a closure, and the plan with some visits agreed or locked."""
    dice = random.Random(seed)  # noqa: S311
    visits = []
    for visit in plan.visits:
        agreed = plan.as_of if dice.random() < 0.5 else None
        visits.append(replace(visit, locked=dice.random() < 0.3, agreed=agreed))
    locked = {visit.enterprise for visit in visits if visit.locked}
    later = before.as_of + timedelta(days=dice.choice([0, 1, 4]))
    hosts = []
    for host in before.enterprises:
        shut = FIRST + timedelta(days=dice.randint(0, 8))
        close = host.id not in locked and dice.random() < 0.5
        new = (*host.closures, Closure(shut, shut + timedelta(days=2))) if close else host.closures
        hosts.append(replace(host, closures=new))
    return replace(before, enterprises=tuple(hosts), as_of=later), replace(plan, visits=tuple(visits))


def best(made_of: Programme, previous: Plan | None = None) -> float:
    """The points of the best plan, by trying all: the checker says what may be, `price` what it costs."""
    options = [_options(made_of, cohort, previous) for cohort in made_of.cohorts]
    lowest = float("inf")
    for low, visits in _cheapest_first(options):
        if low >= lowest - 1e-9:
            break
        if sound(made_of, visits, previous):
            lowest = min(lowest, price(made_of, visits, previous).points)
    return lowest


def sound(made_of: Programme, visits: Sequence[Visit], previous: Plan | None) -> bool:
    """Whether visits keep every rule about visits."""
    plan = Plan(
        edition=made_of.edition,
        programme="",
        as_of=made_of.as_of,
        visits=tuple(visits),
        quality=Quality(points=0, parts={}),
    )
    facts = Facts(made_of, plan, previous)
    return not any(True for name, rule in RULES.items() if name not in NOT_OF_VISITS for _ in rule(facts))


def _options(made_of: Programme, cohort: Cohort, previous: Plan | None) -> list[tuple[float, list[Visit]]]:
    alone = replace(made_of, cohorts=(cohort,))
    old = [visit for visit in previous.visits if visit.cohort == cohort.id] if previous else []
    last = replace(previous, visits=tuple(old)) if previous else None
    stay = [visit for visit in old if visit.locked or visit.day < made_of.as_of]
    wanted: list[list[Visit | None]] = []
    for need in cohort.needs:
        one = [
            visit
            for visit in _single(made_of, cohort, need, old)
            if sound(alone_but_ways(alone), [visit], None)
        ]
        times = need.count - sum(visit.need == need.id for visit in stay)
        wanted += [[None, *one]] * max(0, times)
    found = []
    for choice in product(*wanted):
        visits = [*stay, *(visit for visit in choice if visit)]
        hosts = [visit.enterprise for visit in visits]
        if len(set(hosts)) == len(hosts) and sound(alone, visits, last):
            found.append((price(alone, visits, last).points, visits))
    return sorted(found, key=lambda option: option[0])


def alone_but_ways(one: Programme) -> Programme:
    """The programme with time enough for every way, which another visit might make shorter."""
    return replace(one, timetable=replace(one.timetable, noon=99.0, night=99.0))


def _single(made_of: Programme, cohort: Cohort, need: Need, old: Sequence[Visit]) -> Iterator[Visit]:
    whole = need.duration is Duration.DAY
    for host in made_of.enterprises:
        for day in (day for day in cohort.days if day.day >= made_of.as_of):
            for half in [None] if whole else list(day.halves):
                at = (need.id, host.id, day.day, half)
                agreed = next(
                    (one.agreed for one in old if (one.need, one.enterprise, one.day, one.half) == at), None
                )
                name = f"{cohort.id}-{need.id}-{host.id}"
                yield Visit(
                    id=name,
                    cohort=cohort.id,
                    need=need.id,
                    enterprise=host.id,
                    day=day.day,
                    half=half,
                    agreed=agreed,
                )


def _cheapest_first(options: list[list[tuple[float, list[Visit]]]]) -> Iterator[tuple[float, list[Visit]]]:
    """All combinations of the classes' options, in order of their points but for what classes share."""
    start = (0,) * len(options)
    heap = [(sum(own[0][0] for own in options), start)]
    seen = {start}
    while heap:
        low, at = heapq.heappop(heap)
        yield low, [visit for own, place in zip(options, at, strict=True) for visit in own[place][1]]
        for which, place in enumerate(at):
            after = (*at[:which], place + 1, *at[which + 1 :])
            if place + 1 < len(options[which]) and after not in seen:
                seen.add(after)
                step = options[which][place + 1][0] - options[which][place][0]
                heapq.heappush(heap, (low + step, after))
