"""Text in a question after its answer."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="text-after-answer",
    severity=Severity.WARNING,
    message=Text(
        "答案之后又有正文，已归入解析。",
        "There is text after the answer; it counts as part of the explanation.",
    ),
    cure=Text(
        "题干写在答案之前，解析写成引用（> 解析：…）。",
        "Write the prompt before the answer and the explanation as a quote (> …).",
    ),
)
