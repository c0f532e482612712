"""Programmes of site visits of any size, with hosts in thirty cities; the same for the same seed."""

import random
from datetime import date, timedelta

from schemas.text import Text
from schemas.visits import ClassDay, Closure, Cohort, Duration, Enterprise, Half, Need, Programme, Spot

FIRST = date(2023, 2, 13)
WEEKS = 38
THEMES = ("specialized-innovative", "large-sme-integration", "digital-empowerment", "regional-development")
DIVISIONS = ("C34", "C35", "C36", "C38", "C39", "C40", "C26", "C27", "C29", "C33", "C14", "I65")


def medium(cohorts: int, enterprises: int, seed: int = 0, taught: float = 0.2) -> Programme:
    """A programme of five visits a class; `taught` is the share of weeks whose other half-days are spent in the classroom."""
    dice = random.Random(seed)  # noqa: S311
    cities = [Spot(f"P{n % 20}", f"C{n}", dice.uniform(22, 42), dice.uniform(104, 122)) for n in range(30)]
    hosts = tuple(_host(dice, number, dice.choice(cities)) for number in range(enterprises))
    classes = tuple(_cohort(dice, number, cities[number % 12], hosts, taught) for number in range(cohorts))
    days = (FIRST + timedelta(days=n) for n in range(7 * WEEKS))
    off = frozenset(day for day in days if day.weekday() >= 5)
    return Programme(
        edition="2022-2023", as_of=date(2022, 12, 1), enterprises=hosts, cohorts=classes, off=off, sample=True
    )


def _host(dice: random.Random, number: int, city: Spot) -> Enterprise:
    spot = Spot(
        city.province, city.city, city.latitude + dice.gauss(0, 0.1), city.longitude + dice.gauss(0, 0.1)
    )
    every = [(weekday, half) for weekday in range(5) for half in Half]
    shut = FIRST + timedelta(days=dice.randrange(7 * WEEKS))
    return Enterprise(
        id=f"e{number}",
        name=Text(f"企业{number}", f"Host {number}"),
        spot=spot,
        industry=f"{dice.choice(DIVISIONS)}{dice.randint(11, 69)}",
        themes=tuple(sorted(dice.sample(THEMES, dice.randint(1, 3)))),
        open=tuple(sorted(dice.sample(every, dice.randint(4, 10)))),
        largest=dice.choice([40, 50, 60, 80]),
        groups=dice.choice([1, 1, 1, 2]),
        each_week=dice.choice([1, 2, 3]),
        each_year=dice.choice([6, 10, 15, 20]),
        notice=dice.choice([7, 14, 21]),
        closures=(Closure(shut, shut + timedelta(days=dice.randint(3, 10))),),
    )


def _cohort(
    dice: random.Random, number: int, home: Spot, hosts: tuple[Enterprise, ...], taught: float
) -> Cohort:
    first = dice.randrange(WEEKS - 12)
    days = []
    for step in (0, 4, 8, 12):
        monday = FIRST + timedelta(weeks=first + step - (first + step >= WEEKS))
        home_week = dice.random() < taught
        days += [ClassDay(monday + timedelta(days=n), taught=home_week) for n in range(5)]
    needs = [Need(id=theme, theme=theme) for theme in THEMES]
    needs.append(Need(id="industry", industry="C", duration=dice.choice(list(Duration))))
    return Cohort(
        id=f"k{number}",
        name=Text(f"第{number}期", f"Class {number}"),
        institution=f"u{number % 12}",
        size=dice.randint(28, 58),
        home=home,
        days=tuple(days),
        needs=tuple(needs),
        wishes=tuple(host.id for host in dice.sample(hosts, dice.choice([0, 0, 1]))),
    )
