"""A Markdown file outside every module."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="stray-lesson",
    severity=Severity.WARNING,
    message=Text(
        "这个文件不在任何模块里，没有读进课程。",
        "This file is in no module and is not part of the course.",
    ),
    cure=Text(
        "把它移到模块文件夹里；若不是课程内容，文件名前加下划线 _。",
        "Move it into a module's folder; if it isn't part of the course, let its name begin with _.",
    ),
)
