"""A programme edition that Lingjun doesn't know."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.edition import editions
from schemas.text import Text

RULE = Rule(
    code="edition-unknown",
    severity=Severity.ERROR,
    message=Text(
        "没有“{edition}”这个年度。",
        "There is no edition “{edition}”.",
    ),
    cure=Text(
        "可用的年度：{known}。",
        "Editions that exist: {known}.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The course's edition, where one is written."""
    edition = manuscript.course.edition
    if edition and manuscript.edition is None:
        yield RULE.at(manuscript.written.at("edition"), edition=edition, known=", ".join(editions()))
