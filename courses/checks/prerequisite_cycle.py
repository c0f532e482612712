"""Modules that require each other, so that none can ever begin."""

from collections.abc import Iterator

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
    """Each circle once, at its first module in the course's order."""
    modules = {module.id: module for module in manuscript.course.modules}
    settled: set[str] = set()
    for start in modules:
        path: list[str] = []
        # Depth first without recursion: a stack of (module, how far the path reached when it was pushed).
        stack = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                circle = [*path[path.index(name) :], name]
                yield RULE.at(modules[name].place, cycle=" → ".join(circle))
                settled.update(path)
            elif name in modules and name not in settled:
                path.append(name)
                stack += [(required, len(path)) for required in modules[name].prerequisites]
        settled.add(start)
