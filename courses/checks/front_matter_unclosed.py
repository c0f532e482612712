"""Front matter whose second `---` is missing."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-unclosed",
    severity=Severity.ERROR,
    message=Text(
        "开头的信息没有结束：缺少第二行 ---。",
        "The data at the top never end: the second line with --- is missing.",
    ),
    cure=Text(
        "在最后一项信息之后另起一行，写三个半角减号 ---。",
        "Add a line with three hyphens, ---, after the last entry.",
    ),
)
