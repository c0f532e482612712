"""Text that grows out of proportion when it is rendered."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="output-too-large",
    severity=Severity.ERROR,
    message=Text(
        "生成的网页有 {size} KB，远大于原文。",
        "The page made from it has {size} KB, out of proportion to the text.",
    ),
    cure=Text(
        "减少重复的脚注引用、公式或表格，或拆成几课。",
        "Use fewer repeated footnotes, formulas or tables, or split it into several lessons.",
    ),
)
