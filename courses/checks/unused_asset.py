"""A file in the course folder that nothing refers to."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unused-asset",
    severity=Severity.WARNING,
    message=Text(
        "没有任何一课用到这个文件，不会放进课程包。",
        "No lesson uses this file; packages won't contain it.",
    ),
    cure=Text(
        "在课里引用它；不需要的请删掉，或在文件名前加下划线 _。",
        "Use it in a lesson; otherwise delete it, or let its name begin with _.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each file that is not Markdown and that no part of the course names, once all of it could be read."""
    if manuscript.unread_modules:
        return
    for file in manuscript.files:
        if file not in manuscript.mentioned:
            yield RULE.at(Place(file))
