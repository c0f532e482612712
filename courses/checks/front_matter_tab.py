"""A tab used for indentation, which YAML forbids."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-tab",
    severity=Severity.ERROR,
    message=Text(
        "这一行用制表符（Tab）缩进，课程信息里不允许。",
        "This line is indented with a tab, which isn't allowed here.",
    ),
    cure=Text(
        "删掉 Tab，改用空格缩进（每层两个空格）。",
        "Replace the tab by spaces (two for each level).",
    ),
)
