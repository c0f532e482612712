"""A site visit that names a lesson which the course doesn't have."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from courses.naming import nearest
from courses.wording import did_you_mean
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-visit-lesson",
    severity=Severity.ERROR,
    message=Text(
        "课程没有“{id}”这一课。",
        "The course has no lesson “{id}”.",
    ),
    cure=Text(
        "{hint}改成本课程里某一课的标识（现有：{known}）。",
        "{hint}Write the identifier of one of the course's lessons (now: {known}).",
    ),
)


_NONE = Text("无", "none")


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`earliest` and `latest` of each visit; nothing to say where some lessons couldn't be read."""
    if manuscript.unread_modules:
        return
    known = [lesson.id for lesson in manuscript.course.lessons]
    for number, visit in enumerate(manuscript.course.visits):
        for key, name in (("earliest", visit.earliest), ("latest", visit.latest)):
            if name and name not in known:
                place = manuscript.written.at("visits", number, key)
                hint = did_you_mean(nearest(name, known))
                yield RULE.at(place, id=name, known=", ".join(known[:20]) or _NONE, hint=hint)
