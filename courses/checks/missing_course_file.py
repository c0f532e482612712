"""The folder has no `course.md`."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-course-file",
    severity=Severity.ERROR,
    message=Text(
        "这个文件夹里没有 course.md，无法当作课程读取。",
        "This folder has no course.md, so it can't be read as a course.",
    ),
    cure=Text(
        "{hint}写一门新课程：新建 course.md，写上课程信息与简介；用 lingjun new 可以生成一份样板。",
        "{hint}To begin a course, create course.md with its data and overview; lingjun new makes one to "
        "start from.",
    ),
)
