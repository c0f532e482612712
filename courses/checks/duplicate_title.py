"""Two lessons of one module with the same title."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="duplicate-title",
    severity=Severity.WARNING,
    message=Text(
        "本模块里已有同名的课“{title}”（{first}）。",
        "This module has another lesson titled “{title}” ({first}).",
    ),
    cure=Text(
        "换一个标题，让学员在目录里能分清。",
        "Change one title, so that learners can tell them apart in the contents.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Within a module only: “小结” may well close each of them."""
    for module in manuscript.course.modules:
        first: dict[str, Place] = {}
        for lesson in module.lessons:
            earlier = first.setdefault(lesson.title, lesson.place)
            if earlier is not lesson.place:
                yield RULE.at(lesson.place, title=lesson.title, first=f"{earlier.file}:{earlier.line}")
