"""A programme in which some rules stand against nothing: to find out which of them do."""

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from schemas.text import Text
from schemas.visits import Enterprise, Half, Programme

MANY = 10_000
LONG = 99.0  # hours
_ALWAYS = tuple((weekday, half) for weekday in range(7) for half in Half)

_HOSTS: Mapping[str, Callable[[Enterprise], Enterprise]] = {
    "size": lambda host: replace(host, smallest=0, largest=MANY),
    "opening": lambda host: replace(host, open=_ALWAYS, closures=()),
    "notice": lambda host: replace(host, notice=0),
    "groups": lambda host: replace(host, groups=MANY),
    "each-week": lambda host: replace(host, each_week=MANY),
    "each-year": lambda host: replace(host, each_year=MANY),
}

# Rules that can be part of a conflict. Theme, industry and duration are what a need is; days are what a class is; and that a class
# visits nobody twice and is in one place at a time always holds.
NAMES: Mapping[str, Text] = {
    "size": Text("每批人数", "the size of groups"),
    "language": Text("语言", "languages"),
    "period": Text("需求的起止日期", "the period of the needs"),
    "off": Text("节假日", "days off"),
    "opening": Text("企业开放时间", "opening times"),
    "notice": Text("提前通知", "notice"),
    "groups": Text("同时接待的批数", "classes at once"),
    "each-week": Text("每周次数", "visits a week"),
    "each-year": Text("每年次数", "visits a year"),
    "travel": Text("路程时间", "time for the way"),
    "locked": Text("已锁定的实地教学", "locked visits"),
}
RULES = tuple(NAMES)


def loosened(programme: Programme, rules: Iterable[str]) -> Programme:
    """The programme without these rules of `RULES`; `locked` is about the last plan and changes nothing here."""
    gone = set(rules)
    hosts, cohorts = list(programme.enterprises), list(programme.cohorts)
    for name in gone & _HOSTS.keys():
        hosts = [_HOSTS[name](host) for host in hosts]
    if "language" in gone:
        every = tuple(sorted({cohort.language for cohort in cohorts}))
        hosts = [replace(host, languages=every) for host in hosts]
    if "period" in gone:
        cohorts = [
            replace(one, needs=tuple(replace(need, earliest=None, latest=None) for need in one.needs))
            for one in cohorts
        ]
    table = programme.timetable
    return replace(
        programme,
        enterprises=tuple(hosts),
        cohorts=tuple(cohorts),
        off=frozenset() if "off" in gone else programme.off,
        timetable=replace(table, noon=LONG, night=LONG) if "travel" in gone else table,
    )
