"""`lingjun visits show`: the plan as a table, all of it or what concerns a class, a host, a week."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import msgspec

from catalog.cli.table import table
from catalog.cli.visits.folder import open_folder
from catalog.report import printable
from exporters.visits.output import words
from exporters.visits.output.schedule import Appointment, Schedule
from exporters.visits.output.tables import published
from schemas.errors import UsageError
from schemas.text import Language, Text

_HEADS = (
    words.DAY,
    Text("时段", "When"),
    words.COHORT,
    words.HOST,
    Text("城市", "City"),
    words.THEME,
    Text("锁", "Lock"),
    Text("标识", "Visit"),
)
_NOTHING = Text("没有符合的实地教学。", "No visits.")
_COUNT = Text("共 {n} 次。", "Visits: {n}.")
_MISSING = Text(
    "未安排：{cohort} 缺 {n} 次（{need}）：{why}",
    "Not planned: {cohort}, visits missing: {n} ({need}): {why}",
)
_UNKNOWN_CLASS = Text("没有班次 {id}。相近的有：{near}", "There is no class {id}. Like it: {near}")
_UNKNOWN_HOST = Text("没有企业 {id}。相近的有：{near}", "There is no enterprise {id}. Like it: {near}")
_ODD_WEEK = Text("“{week}”不是周，写作 2023-W11。", "“{week}” is no week; write 2023-W11.")


def show(args: argparse.Namespace) -> int:
    """Print what was asked for."""
    folder = open_folder(args.folder, args.language)
    schedule = folder.schedule()
    _known(schedule, args)
    first = _monday(args.week) if args.week else None
    chosen = [one for one in schedule.appointments if _asked(one, args.cohort, args.host, first)]
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(published(schedule, chosen)), indent=2).decode())
        return 0
    if not chosen:
        print(_NOTHING.say(args.language))
    else:
        print_visits(schedule, chosen, args.language)
        print(_COUNT.format(n=len(chosen)).say(args.language))
    if not args.host and first is None:
        print_missing(schedule, args.language, args.cohort)
    return 0


def _asked(one: Appointment, cohort: str | None, host: str | None, first: date | None) -> bool:
    return (
        (cohort is None or one.cohort.id == cohort)
        and (host is None or one.enterprise.id == host)
        and (first is None or first <= one.visit.day < first + timedelta(days=7))
    )


def _monday(week: str) -> date:
    if re.fullmatch(r"\d{4}-W\d{2}", week):
        try:
            return date.fromisoformat(f"{week}-1")
        except ValueError:
            pass
    raise UsageError(_ODD_WEEK.format(week=week))


def _known(schedule: Schedule, args: argparse.Namespace) -> None:
    for asked, known, message in (
        (args.cohort, schedule.cohorts, _UNKNOWN_CLASS),
        (args.host, schedule.enterprises, _UNKNOWN_HOST),
    ):
        if asked is not None and asked not in known:
            raise UsageError(message.format(id=asked, near=near(asked, known)))


def near(asked: str, known: object) -> str:
    """The identifiers that look like what was asked for; the first ones where none does."""
    from difflib import get_close_matches

    there = list(map(str, known))  # type: ignore[call-overload]
    return ", ".join(get_close_matches(asked, there, n=5, cutoff=0.4) or there[:5])


def print_visits(schedule: Schedule, visits: Sequence[Appointment], language: Language) -> None:
    """Visits as a table."""
    rows = [
        (
            f"{one.visit.day} {words.WEEKDAYS[one.visit.day.weekday()].say(language)}",
            words.half(one.visit).say(language),
            printable(one.cohort.name.say(language)),
            printable(one.enterprise.name.say(language)),
            printable(one.enterprise.spot.city),
            printable(schedule.themes[one.theme].say(language)) if one.theme else "",
            "*" if one.visit.locked else "",
            printable(one.visit.id),
        )
        for one in visits
    ]
    print(table([head.say(language) for head in _HEADS], rows))


def print_missing(schedule: Schedule, language: Language, cohort: str | None = None) -> None:
    """What isn't planned, and why."""
    for gap in schedule.plan.unserved:
        if cohort in (None, gap.cohort):
            known = schedule.cohorts.get(gap.cohort)
            name = known.name if known else Text(gap.cohort)
            line = _MISSING.format(cohort=name, n=gap.missing, need=gap.need, why=gap.reason)
            print(printable(line.say(language)))


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"show": show}
