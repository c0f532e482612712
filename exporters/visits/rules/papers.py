"""Rules of the plan itself: what it names exists, each visit is there once, and its numbers are true."""

from collections import Counter
from collections.abc import Iterator

from exporters.visits.price import price
from exporters.visits.rules.facts import Breach, Facts
from schemas.text import Text

TOLERANCE = 1e-6  # points


def edition(facts: Facts) -> Iterator[Breach]:
    """A plan is of its programme's edition."""
    plan, programme = facts.plan.edition, facts.programme.edition
    if plan != programme:
        words = Text(
            "计划属于 {plan} 年度，资料属于 {programme} 年度。",
            "The plan is of the {plan} edition, the programme of {programme}.",
        )
        yield Breach("edition", (), words.format(plan=plan, programme=programme))


def unknown(facts: Facts) -> Iterator[Breach]:
    """What a visit names is in the programme."""
    words = Text(
        "实地教学 {visit} 的{what} {name} 不在资料中。",
        "Visit {visit} names the {what} {name}, which the programme doesn't have.",
    )
    for visit in facts.plan.visits:
        told = {"visit": visit.id}
        if visit.cohort not in facts.cohorts:
            what = Text("班次", "class")
            yield Breach("unknown", (visit.id,), words.format(what=what, name=visit.cohort, **told))
        elif (visit.cohort, visit.need) not in facts.needs:
            what = Text("需求", "need")
            yield Breach("unknown", (visit.id,), words.format(what=what, name=visit.need, **told))
        if visit.enterprise not in facts.enterprises:
            what = Text("企业", "enterprise")
            yield Breach("unknown", (visit.id,), words.format(what=what, name=visit.enterprise, **told))


def identifier(facts: Facts) -> Iterator[Breach]:
    """No two visits share an identifier."""
    words = Text("计划中有 {n} 次实地教学都叫 {visit}。", "{n} visits of the plan are called {visit}.")
    for name, times in Counter(visit.id for visit in facts.plan.visits).items():
        if times > 1:
            yield Breach("identifier", (name,), words.format(n=times, visit=name))


def count(facts: Facts) -> Iterator[Breach]:
    """A need gets no more visits than it asks for, and what is missing is told as unserved."""
    planned = Counter((visit.cohort, visit.need) for visit in facts.plan.visits)
    told: Counter[tuple[str, str]] = Counter()
    for one in facts.plan.unserved:
        told[one.cohort, one.need] += one.missing
    for (cohort, name), need in facts.needs.items():
        values = {"cohort": facts.cohorts[cohort].name, "need": name, "n": need.count}
        have, missing = planned[cohort, name], told[cohort, name]
        if have > need.count:
            words = Text(
                "{cohort}的需求 {need} 要 {n} 次，安排了 {have} 次。",
                "{cohort} needs {n} visits for {need} and has {have}.",
            )
            which = tuple(v.id for v in facts.plan.visits if (v.cohort, v.need) == (cohort, name))
            yield Breach("count", which, words.format(have=have, **values))
        elif have + missing != need.count:
            words = Text(
                "{cohort}的需求 {need} 要 {n} 次，安排了 {have} 次，却记为缺 {missing} 次。",
                "{cohort} needs {n} visits for {need} and has {have}, yet {missing} are told as missing.",
            )
            yield Breach("count", (), words.format(have=have, missing=missing, **values))


def locked(facts: Facts) -> Iterator[Breach]:
    """What was locked in the last plan is in this one, at the same host and time."""
    now = {visit.id: visit for visit in facts.plan.visits}
    words = Text(
        "锁定的实地教学 {visit} 被改动或删去了。", "The locked visit {visit} was changed or left out."
    )
    for old in facts.previous.visits if facts.previous else ():
        new = now.get(old.id)
        same = new and (new.enterprise, new.day, new.half) == (old.enterprise, old.day, old.half)
        if old.locked and not same:
            yield Breach("locked", (old.id,), words.format(visit=old.id))


def points(facts: Facts) -> Iterator[Breach]:
    """The plan's points are those of its visits, and no bound lies above them."""
    said = facts.plan.quality
    real = price(facts.programme, facts.plan.visits, facts.previous).points
    if facts.previous is None:  # what changed can't be told from this plan alone
        real += said.parts.get("changes", 0.0)
    if abs(real - said.points) > TOLERANCE * max(1.0, abs(real)):
        words = Text(
            "计划写的是 {said} 分，按其中的安排应为 {real} 分。",
            "The plan says {said} points; its visits have {real}.",
        )
        yield Breach("points", (), words.format(said=said.points, real=real))
    if said.bound is not None and said.bound > said.points + TOLERANCE * max(1.0, abs(said.points)):
        words = Text(
            "计划的 {said} 分低于它自己的下界 {bound} 分。",
            "The plan has {said} points, fewer than its own bound of {bound}.",
        )
        yield Breach("points", (), words.format(said=said.points, bound=said.bound))
