"""Rules of one visit: the class and the host suit each other, and both have time."""

from collections.abc import Iterator

from exporters.visits.holidays import works
from exporters.visits.output.words import HALVES
from exporters.visits.rules.facts import Breach, Facts, Known
from schemas.text import Text
from schemas.visits import Duration


def duration(facts: Facts) -> Iterator[Breach]:
    """A visit takes the half or the whole day that its need asks for."""
    words = Text(
        "{cohort}到{host}的实地教学应为{wanted}。", "The visit of {cohort} to {host} has to take {wanted}."
    )
    for one in facts.known:
        whole = one.need.duration is Duration.DAY
        if whole != (one.visit.half is None):
            wanted = Text("一整天", "a whole day") if whole else Text("半天", "half a day")
            yield one.breach("duration", words, wanted=wanted)


def calendar(facts: Facts) -> Iterator[Breach]:
    """A class visits on its own days, in half-days that it has."""
    for one in facts.known:
        day = facts.days.get((one.cohort.id, one.visit.day))
        if day is None:
            words = Text("{when}不是{cohort}的教学日。", "{cohort} has no teaching day on {when}.")
            yield one.breach("calendar", words)
        elif missing := [half for half in one.halves if half not in day.halves]:
            words = Text("{cohort}在{when}那天没有{half}。", "{cohort} doesn't have the {half} of {when}.")
            yield one.breach("calendar", words, half=HALVES[missing[0]])


def off(facts: Facts) -> Iterator[Breach]:
    """Nobody visits on a day off."""
    words = Text(
        "{when}是节假日或休息日，{cohort}不能去{host}。",
        "{when} is a day off: {cohort} can't visit {host}.",
    )
    for one in facts.known:
        if one.visit.day in facts.programme.off:
            yield one.breach("off", words)


def opening(facts: Facts) -> Iterator[Breach]:
    """The host is open for visitors in that half-day of the week, and has no closure."""
    for one in facts.known:
        closed = next((c for c in one.host.closures if c.starts <= one.visit.day <= c.ends), None)
        if closed:
            words = Text(
                "{host}在 {starts} 至 {ends} 停止接待{why}，{cohort}却安排在{when}。",
                "{host} receives nobody from {starts} to {ends}{why}, yet {cohort} comes on {when}.",
            )
            why = Text(f"（{closed.reason}）", f" ({closed.reason})") if closed.reason else Text()
            yield one.breach("opening", words, starts=closed.starts, ends=closed.ends, why=why)
        elif one.visit.day not in facts.programme.off and not _open(facts, one):
            words = Text(
                "{host}在{when}不接待，{cohort}却安排在那时。",
                "{host} isn't open on {when}, when {cohort} comes.",
            )
            yield one.breach("opening", words)


def _open(facts: Facts, one: Known) -> bool:
    return all(works(facts.programme, one.host, one.visit.day, half) for half in one.halves)


def notice(facts: Facts) -> Iterator[Breach]:
    """The host hears of the visit as early as it wants to, unless the visit is locked."""
    words = Text(
        "{host}要提前 {wanted} 天知道，{cohort}在{when}的实地教学只提前了 {days} 天（自 {since} 起算）。",
        "{host} wants {wanted} days of notice; the visit of {cohort} on {when} leaves {days} (from {since}).",
    )
    for one in facts.known:
        since = one.visit.agreed or facts.plan.as_of
        days = (one.visit.day - since).days
        if days < one.host.notice and not one.visit.locked and one.visit.day >= facts.plan.as_of:
            yield one.breach("notice", words, wanted=one.host.notice, days=days, since=since)


def past(facts: Facts) -> Iterator[Breach]:
    """No visit is planned for a day before the day of planning. Those of a running plan stay: locked ones, those that people were
    told of, and those that the last plan had."""
    words = Text(
        "{cohort}到{host}的实地教学在{when}，早于计划日期 {as_of}，又从未发布：已经进行的请锁定，没有进行的请取消。",
        "The visit of {cohort} to {host} on {when} is before the day of planning, {as_of}, and was never published: lock it if "
        "it took place, else cancel it.",
    )
    before = facts.previous.visits if facts.previous else ()
    there = {(one.id, one.enterprise, one.day, one.half) for one in before}
    for one in facts.known:
        visit = one.visit
        stays = visit.locked or visit.agreed or (visit.id, visit.enterprise, visit.day, visit.half) in there
        if visit.day < facts.plan.as_of and not stays:
            yield one.breach("past", words, as_of=facts.plan.as_of)


def size(facts: Facts) -> Iterator[Breach]:
    """The class is neither too large nor too small for the host."""
    words = Text(
        "{cohort}有 {n} 人，{host}一次接待 {smallest} 至 {largest} 人。",
        "{cohort} has {n} trainees; {host} takes {smallest} to {largest}.",
    )
    for one in facts.known:
        host = one.host
        if not host.smallest <= one.cohort.size <= host.largest:
            yield one.breach("size", words, n=one.cohort.size, smallest=host.smallest, largest=host.largest)


def theme(facts: Facts) -> Iterator[Breach]:
    """The host offers the theme."""
    words = Text(
        "{host}没有{cohort}要的主题 {theme}。", "{host} doesn't offer {theme}, which {cohort} needs."
    )
    for one in facts.known:
        if one.need.theme and one.need.theme not in one.host.themes:
            yield one.breach("theme", words, theme=one.need.theme)


def industry(facts: Facts) -> Iterator[Breach]:
    """The host is of the industry, or of a part of it."""
    words = Text(
        "{host}属于行业 {theirs}，{cohort}要的是 {industry}。",
        "{host} is of the industry {theirs}; {cohort} needs {industry}.",
    )
    for one in facts.known:
        if not one.host.industry.startswith(one.need.industry):
            yield one.breach("industry", words, theirs=one.host.industry, industry=one.need.industry)


def language(facts: Facts) -> Iterator[Breach]:
    """The host speaks the language of the class."""
    words = Text(
        "{host}不能用 {cohort} 的教学语言 {language} 接待。",
        "{host} doesn't speak {language}, the language of {cohort}.",
    )
    for one in facts.known:
        if one.cohort.language not in one.host.languages:
            yield one.breach("language", words, language=one.cohort.language)


def period(facts: Facts) -> Iterator[Breach]:
    """A visit is neither before the earliest nor after the latest day of its need."""
    for one in facts.known:
        if one.need.earliest and one.visit.day < one.need.earliest:
            words = Text(
                "{cohort}的需求 {need} 不能早于 {day}，却安排在{when}。",
                "{cohort} needs {need} not before {day}, yet it is on {when}.",
            )
            yield one.breach("period", words, need=one.need.id, day=one.need.earliest)
        if one.need.latest and one.visit.day > one.need.latest:
            words = Text(
                "{cohort}的需求 {need} 不能晚于 {day}，却安排在{when}。",
                "{cohort} needs {need} not after {day}, yet it is on {when}.",
            )
            yield one.breach("period", words, need=one.need.id, day=one.need.latest)
