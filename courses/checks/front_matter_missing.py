"""`course.md` without front matter."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-missing",
    severity=Severity.ERROR,
    message=Text(
        "course.md 开头没有课程信息。",
        "course.md doesn't begin with the course's data.",
    ),
    cure=Text(
        "在第一行写 ---，然后每行写一项（例如 id: my-course、title: 课程名称、edition: 2022-2023），最后"
        "再写一行 ---。",
        "Write --- on the first line, then one entry a line (such as id: my-course, title: My course, "
        "edition: 2022-2023), then another line with ---.",
    ),
)
