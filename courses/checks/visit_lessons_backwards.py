"""A site visit that may take place only after one lesson and only before an earlier one."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="visit-lessons-backwards",
    severity=Severity.ERROR,
    message=Text(
        "实地教学不早于“{earliest}”，却不晚于排在它前面的“{latest}”。",
        "The visit can't be before “{earliest}” nor after “{latest}”, a lesson that comes earlier.",
    ),
    cure=Text("对调 earliest 与 latest，或改其中一个。", "Swap earliest and latest, or change one of them."),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each visit whose two lessons are there."""
    order = {lesson.id: number for number, lesson in enumerate(manuscript.course.lessons)}
    for number, visit in enumerate(manuscript.course.visits):
        first, last = order.get(visit.earliest), order.get(visit.latest)
        if first is not None and last is not None and first > last:
            place = manuscript.written.at("visits", number, "latest")
            yield RULE.at(place, earliest=visit.earliest, latest=visit.latest)
