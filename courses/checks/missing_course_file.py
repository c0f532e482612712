"""The folder has no `course.md`."""

from collections.abc import Sequence

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
        "{hint}",
        "{hint}",
    ),
)


def hint(courses: Sequence[str]) -> Text:
    """The cure: the courses one folder further down, or how to begin one."""
    if courses:
        return Text(
            f"它下面有课程文件夹：{'、'.join(courses)}。请指定其中一个。",
            f"There are course folders in it: {', '.join(courses)}. Name one of them.",
        )
    return Text(
        "在文件夹里新建 course.md，写上课程信息与简介；用 lingjun new 可以生成一份样板。",
        "Create course.md in it with the course's data and overview; lingjun new makes one to start from.",
    )
