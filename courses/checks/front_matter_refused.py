"""YAML features that front matter has no need for and that could be misused."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-refused",
    severity=Severity.ERROR,
    message=Text(
        "课程信息里不允许使用{what}。",
        "Front matter must not use {what}.",
    ),
    cure=Text(
        "把内容直接写出来；若它本来就是文字，请给整段内容加上引号。",
        "Write the value out; if it is meant as text, put it in quotes.",
    ),
)
