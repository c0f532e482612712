"""A module without lessons."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="empty-module",
    severity=Severity.ERROR,
    message=Text(
        "模块“{title}”里没有课。",
        "The module “{title}” has no lessons.",
    ),
    cure=Text(
        "在模块里加一课；暂时不用的模块，文件夹名前加下划线 _。",
        "Add a lesson; let the folder's name begin with _ while the module isn't needed.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each module that nothing can be learnt in."""
    for module in manuscript.course.modules:
        if not module.lessons and module.id not in manuscript.unread_modules:
            yield RULE.at(module.place, title=module.title)
