"""Modules that require each other, so that none can ever begin."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="prerequisite-cycle",
    severity=Severity.ERROR,
    message=Text(
        "先修关系成环，谁都无法开始：{cycle}。",
        "The modules require each other in a circle, so none can begin: {cycle}.",
    ),
    cure=Text(
        "去掉其中一个先修要求。",
        "Remove one of the requirements.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """One circle at a time, told at its first module in the course's order."""
    modules = {module.id: module for module in manuscript.course.modules}
    try:
        TopologicalSorter({name: module.prerequisites for name, module in modules.items()}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][:0:-1]  # each requires the next; the first comes again at the end
        order = list(modules)
        start = circle.index(min(circle, key=order.index))
        circle = [*circle[start:], *circle[: start + 1]]
        yield RULE.at(modules[circle[0]].place, cycle=" → ".join(circle))
