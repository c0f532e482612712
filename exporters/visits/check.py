"""Checks a plan against every rule, apart from whatever made it: it shares only schemas, distances and the calendar."""

from collections.abc import Callable, Iterator

from exporters.visits.rules import papers, shared, single
from exporters.visits.rules.facts import Breach, Facts
from schemas.visits import Plan, Programme

Rule = Callable[[Facts], Iterator[Breach]]

# By name; a rule tells its breaches under this name.
RULES: dict[str, Rule] = {
    "edition": papers.edition,
    "unknown": papers.unknown,
    "identifier": papers.identifier,
    "count": papers.count,
    "locked": papers.locked,
    "points": papers.points,
    "duration": single.duration,
    "calendar": single.calendar,
    "off": single.off,
    "opening": single.opening,
    "notice": single.notice,
    "past": single.past,
    "size": single.size,
    "theme": single.theme,
    "industry": single.industry,
    "language": single.language,
    "period": single.period,
    "groups": shared.groups,
    "each-week": shared.each_week,
    "each-year": shared.each_year,
    "once": shared.once,
    "overlap": shared.overlap,
    "travel": shared.travel,
}


def check(programme: Programme, plan: Plan, previous: Plan | None = None) -> tuple[Breach, ...]:
    """Every breach, rule by rule. `previous` is the plan that this one follows: what was locked there has to stay."""
    facts = Facts(programme, plan, previous)
    return tuple(breach for rule in RULES.values() for breach in rule(facts))


__all__ = ["RULES", "Breach", "check"]
