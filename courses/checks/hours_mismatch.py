"""Hours of the themes that don't add up to the course's."""

import math
from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="hours-mismatch",
    severity=Severity.WARNING,
    message=Text(
        "各主题共 {sum} 学时，与课程的 {hours} 学时不符。",
        "The themes have {sum} hours together, the course has {hours}.",
    ),
    cure=Text(
        "改 themes 或 hours，使二者一致。",
        "Change themes or hours so that they agree.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Only where both are written; a list of themes shares the hours and always agrees."""
    course = manuscript.course
    total = sum(course.themes.values())
    if course.hours and total and not math.isclose(total, course.hours, abs_tol=0.01):
        place = manuscript.written.at("hours")
        yield RULE.at(place, sum=f"{total:g}", hours=f"{course.hours:g}")
