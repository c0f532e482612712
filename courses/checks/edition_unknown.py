"""A programme edition that Lingjun doesn't know."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from courses.naming import nearest
from courses.wording import did_you_mean
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
        "{hint}可用的年度：{known}。",
        "{hint}Editions that exist: {known}.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The course's edition, where one is written."""
    edition = manuscript.course.edition
    if edition and manuscript.edition is None:
        place, known = manuscript.written.at("edition"), ", ".join(editions())
        yield RULE.at(place, edition=edition, known=known, hint=did_you_mean(nearest(edition, editions())))
