"""A conflict of needs and rules in words, with numbers: what is wanted, who could receive it, and how full they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from exporters.visits.holidays import works
from exporters.visits.solve.loosen import NAMES
from exporters.visits.solve.slots import halves
from exporters.visits.travel import hours
from schemas.text import Text
from schemas.visits import Cohort, Enterprise, Half, Need, Plan, Programme

Wanted = tuple[str, str]  # class and need
Time = tuple[date, Half]

NAMED = 4  # needs and hosts that are named; of the others there is the number


class Strength(Enum):
    """What is proven of a conflict, beyond that it is one: without any one of its members the rest could hold; and no conflict has
    fewer members."""

    PROVEN = 0
    IRREDUCIBLE = 1
    SMALLEST = 2


@dataclass(frozen=True)
class Conflict:
    """Needs, the unserved one first, and rules that can't all hold."""

    needs: tuple[Wanted, ...]
    rules: tuple[str, ...]
    strength: Strength


_ALONE = Text("{needs}做不到", "{needs} can't be met")
_TOGETHER = Text("{needs}共 {visits} 次，不能同时满足", "{needs}, {visits} visits in all, can't all be met")
_NEED = Text("{cohort}的 {need}（{count} 次{period}）", "{need} of {cohort} (visits: {count}{period})")
_PERIOD = Text("，{first} 至 {last}", ", {first} to {last}")
_MORE_NEEDS = Text("另 {n} 项", "{n} more")
_RULES = Text("，与它们冲突的规则是：{rules}", ", against these rules: {rules}")
_FIT = Text("主题与行业符合的企业有 {n} 家", "Enterprises of the right theme and industry: {n}")
_UNFIT = Text(
    "其中 {n} 家不收 {sizes} 人或语言不合", "of these, don't take {sizes} trainees or the language: {n}"
)
_CLOSED = Text("这些日子不接待或来不及通知的有 {n} 家", "closed on these days or told too late: {n}")
_OPEN = Text("能接待的有 {n} 家：{hosts}", "open then: {n}: {hosts}")
_MORE_HOSTS = Text("另 {n} 家", "{n} more")
_ONCE = Text("同一班次不去同一企业两次", "a class visits no enterprise twice")
_STRENGTH = {
    Strength.PROVEN: Text(
        "是否少几项也已冲突，时间内没有查完", "Whether fewer conflict already wasn't settled in time"
    ),
    Strength.IRREDUCIBLE: Text(
        "少其中任何一项需求或规则，其余就都能满足（是否还有项数更少的冲突，时间内没有查完）",
        "Without any one of these needs and rules the rest can hold (whether a conflict has fewer wasn't settled in time)",
    ),
    Strength.SMALLEST: Text(
        "这是最小的冲突：少其中任何一项需求或规则，其余就都能满足，相互竞争的班次里也没有项数更少的冲突",
        "This is the smallest conflict: without any one of these needs and rules the rest can hold, and among the classes that compete "
        "no conflict has fewer",
    ),
}
_HALVES = Text("共同的半天 {used}/{most} 已用", "shared half-days {used} of {most} taken")
_WEEKS = Text("这 {weeks} 周 {used}/{most} 次", "{used} of {most} visits in its weeks then ({weeks})")
_YEAR = Text("{year} 年 {used}/{most} 次", "{used} of {most} visits in {year}")
_AWAY = Text("距班次 {hours} 小时", "{hours} h from the class")
_TIMES = Text("共同的半天 {n} 个", "shared half-days: {n}")


def of_kind(host: Enterprise, need: Need) -> bool:
    """Whether the host is of the need's theme and industry."""
    return (not need.theme or need.theme in host.themes) and host.industry.startswith(need.industry)


def takes(host: Enterprise, cohort: Cohort) -> bool:
    """Whether the host receives classes of this size and language."""
    return host.smallest <= cohort.size <= host.largest and cohort.language in host.languages


def fitting(programme: Programme, cohort: Cohort, need: Need) -> set[str]:
    """Hosts that fit a need of a class."""
    return {host.id for host in programme.enterprises if of_kind(host, need) and takes(host, cohort)}


def tell(programme: Programme, plan: Plan, conflict: Conflict) -> Text:
    """The conflict in words, with what hosts have received in this plan."""
    facts = _Facts(programme, plan, conflict)
    parts = [facts.head(), facts.hosts(), _STRENGTH[conflict.strength]]
    return _joined([part for part in parts if part.zh], "。", ". ")


@dataclass
class _Facts:
    programme: Programme
    plan: Plan
    conflict: Conflict
    pairs: list[tuple[Cohort, Need]] = field(init=False)
    used: Counter[tuple[str, Time]] = field(init=False)

    def __post_init__(self) -> None:
        every = {
            (cohort.id, need.id): (cohort, need) for cohort in self.programme.cohorts for need in cohort.needs
        }
        self.pairs = [every[one] for one in self.conflict.needs]
        self.used = Counter(
            (visit.enterprise, (visit.day, half))
            for visit in self.plan.visits
            for half in halves((visit.day, visit.half))
        )

    def head(self) -> Text:
        """What is wanted, and the rules against it."""
        named = [_need(cohort, need) for cohort, need in self.pairs[:NAMED]]
        if len(self.pairs) > NAMED:
            named.append(_MORE_NEEDS.format(n=len(self.pairs) - NAMED))
        visits = sum(need.count for _, need in self.pairs)
        words = _ALONE if len(self.pairs) == 1 else _TOGETHER
        told = words.format(needs=_joined(named, "、", "; "), visits=visits)
        if not self.conflict.rules:
            return told
        rules = _RULES.format(rules=_joined([NAMES[rule] for rule in self.conflict.rules], "、", ", "))
        return Text(told.zh + rules.zh, told.en + rules.en)

    def hosts(self) -> Text:
        """Who could receive them: how many fit, how many are open, and how full these are."""
        kind = [host for host in self.programme.enterprises if any(of_kind(host, n) for _, n in self.pairs)]
        fit = [host for host in kind if any(of_kind(host, n) and takes(host, c) for c, n in self.pairs)]
        times = {host.id: self._shared(host) for host in fit}
        receiving = [host for host in fit if times[host.id]]
        parts = [_FIT.format(n=len(kind))]
        if len(fit) < len(kind):
            sizes = sorted({cohort.size for cohort, _ in self.pairs})
            told = "/".join(map(str, sizes[:NAMED]))
            parts.append(_UNFIT.format(n=len(kind) - len(fit), sizes=told))
        if len(receiving) < len(fit):
            parts.append(_CLOSED.format(n=len(fit) - len(receiving)))
        if receiving:
            receiving.sort(key=lambda host: (-len(times[host.id]), host.id))
            named = [self._host(host, times[host.id]) for host in receiving[:NAMED]]
            if len(receiving) > NAMED:
                named.append(_MORE_HOSTS.format(n=len(receiving) - NAMED))
            parts.append(_OPEN.format(n=len(receiving), hosts=_joined(named, "、", "; ")))
        if receiving and any(self._most(cohort) > len(receiving) for cohort, _ in self.pairs):
            parts.append(_ONCE)
        return _joined(parts, "，", ", ")

    def _most(self, cohort: Cohort) -> int:
        return sum(need.count for other, need in self.pairs if other.id == cohort.id)

    def _shared(self, host: Enterprise) -> set[Time]:
        """Half-days on which the host could receive one of the needs, as it is open."""
        programme = self.programme
        return {
            (day.day, half)
            for cohort, need in self.pairs
            if of_kind(host, need) and takes(host, cohort)
            for day in cohort.days
            if (need.earliest or day.day) <= day.day <= (need.latest or day.day)
            and (day.day - programme.as_of).days >= host.notice
            for half in day.halves
            if works(programme, host, day.day, half)
        }

    def _host(self, host: Enterprise, times: set[Time]) -> Text:
        """The name of a host and what of it the rules in the conflict limit."""
        visits = [visit for visit in self.plan.visits if visit.enterprise == host.id]
        numbers: list[Text] = []
        for year in sorted({day.year for day, _ in times}) if "each-year" in self.conflict.rules else ():
            used = sum(visit.day.year == year for visit in visits)
            numbers.append(_YEAR.format(year=year, used=used, most=host.each_year))
        if "each-week" in self.conflict.rules:
            weeks = {day.isocalendar()[:2] for day, _ in times}
            used = sum(visit.day.isocalendar()[:2] in weeks for visit in visits)
            numbers.append(_WEEKS.format(weeks=len(weeks), used=used, most=host.each_week * len(weeks)))
        if "groups" in self.conflict.rules:
            used = sum(self.used[host.id, time] for time in times)
            numbers.append(_HALVES.format(used=used, most=host.groups * len(times)))
        if "travel" in self.conflict.rules:
            away = min(hours(cohort.home, host.spot) for cohort, _ in self.pairs)
            numbers.append(_AWAY.format(hours=f"{away:.1f}"))
        if not numbers:
            numbers.append(_TIMES.format(n=len(times)))
        inside = _joined(numbers, "，", ", ")
        return Text(f"{host.name.say('zh')}（{inside.zh}）", f"{host.name.say('en')} ({inside.en})")


def _need(cohort: Cohort, need: Need) -> Text:
    period = Text()
    if cohort.days and (need.earliest or need.latest):
        first, last = need.earliest or cohort.days[0].day, need.latest or cohort.days[-1].day
        period = _PERIOD.format(first=first, last=last)
    return _NEED.format(cohort=cohort.name, need=need.id, count=need.count, period=period)


def _joined(parts: Sequence[Text], zh: str, en: str) -> Text:
    return Text(zh.join(part.say("zh") for part in parts), en.join(part.say("en") for part in parts))
