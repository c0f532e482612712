"""A site visit to an industry that the national classification doesn't have."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from courses.wording import did_you_mean
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.industries import is_industry, nearest_industry
from schemas.text import Text

RULE = Rule(
    code="visit-industry-unknown",
    severity=Severity.ERROR,
    message=Text("GB/T 4754 没有代码“{code}”。", "GB/T 4754 has no code “{code}”."),
    cure=Text(
        "{hint}写国民经济行业分类（2017）里的代码，如 C34。",
        "{hint}Write a code of the 2017 edition, such as C34.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The industry of each visit."""
    for number, visit in enumerate(manuscript.course.visits):
        yield from judged(visit.industry, manuscript.written.at("visits", number, "industry"))


def judged(code: str, place: Place) -> Iterator[Diagnostic]:
    """What is wrong with an industry, wherever it is written."""
    if not is_industry(code):
        yield RULE.at(place, code=code, hint=did_you_mean(nearest_industry(code)))
