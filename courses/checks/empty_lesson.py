"""A lesson with a title and nothing else."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="empty-lesson",
    severity=Severity.WARNING,
    message=Text(
        "课“{title}”没有内容。",
        "The lesson “{title}” is empty.",
    ),
    cure=Text(
        "写上内容；暂时不用的课，文件名前加下划线 _。",
        "Write it; let the file's name begin with _ while the lesson isn't needed.",
    ),
)
