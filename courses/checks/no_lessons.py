"""A course without a single lesson."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="no-lessons",
    severity=Severity.ERROR,
    message=Text(
        "课程里一课也没有。",
        "The course has no lesson at all.",
    ),
    cure=Text(
        "新建模块文件夹（例如 01-intro），在里面写 index.md 和课文件（例如 01-why.md）；只有一个文件时，"
        "用 # 写模块、## 写课。",
        "Make a module folder (such as 01-intro) with index.md and lessons (such as 01-why.md) in it; in "
        "a single file, # opens a module and ## a lesson.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Only when there is no module either: an empty module is told where it stands."""
    if not manuscript.course.modules:
        yield RULE.at(manuscript.written.at())
