"""A formula that can't become MathML."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="math-not-converted",
    severity=Severity.WARNING,
    message=Text(
        "公式“{source}”无法转换，学员会看到它的源代码。",
        "The formula “{source}” can't be converted; learners see its source.",
    ),
    cure=Text(
        "检查括号是否配对，或换用更常见的 LaTeX 命令。",
        "Check that its braces match, or use more common LaTeX commands.",
    ),
)
