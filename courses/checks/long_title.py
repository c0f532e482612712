"""A title longer than LMSs take (ADL's conformance suite warns over 200 characters)."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="long-title",
    severity=Severity.WARNING,
    message=Text(
        "标题有 {length} 个字，超过 {limit} 个，有的学习平台会截断。",
        "The title has {length} characters, more than {limit}; some LMSs cut it.",
    ),
    cure=Text(
        "缩短标题，把其余内容写进正文。",
        "Shorten the title and move the rest into the text.",
    ),
)


LIMIT = 200  # standards/scorm.md, 15: lengths


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The course's title in each language, and those of modules and lessons."""
    course = manuscript.course
    titles = [
        (course.title.zh, manuscript.written.at("title")),
        (course.title.en, manuscript.written.at("title")),
    ]
    titles += [(module.title, module.place) for module in course.modules]
    titles += [(lesson.title, lesson.place) for lesson in course.lessons]
    for title, place in titles:
        if len(title) > LIMIT:
            yield RULE.at(place, length=len(title), limit=LIMIT)
