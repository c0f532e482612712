"""A question or site visit that names an objective which the course doesn't have."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-objective",
    severity=Severity.ERROR,
    message=Text(
        "课程没有学习目标“{id}”。",
        "The course has no objective “{id}”.",
    ),
    cure=Text(
        "改成 course.md 里 objectives 的某个 id（现有：{known}），或在那里补上它。",
        "Write the id of one of the objectives in course.md (now: {known}), or add it there.",
    ),
)


_NONE = Text("无", "none")


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What questions and visits refer to."""
    course = manuscript.course
    known = {objective.id: None for objective in course.objectives}
    named = [(name, q.place) for lesson in course.lessons for q in lesson.questions for name in q.objectives]
    for number, visit in enumerate(course.visits):
        place = manuscript.written.at
        named += [(name, place("visits", number, "objectives", n)) for n, name in enumerate(visit.objectives)]
    for name, where in named:
        if name not in known:
            yield RULE.at(where, id=name, known=", ".join(list(known)[:20]) or _NONE)
