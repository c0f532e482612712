"""Blanks and answers whose numbers differ."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="blank-count",
    severity=Severity.ERROR,
    message=Text(
        "题干有 {blanks} 个空，答案有 {answers} 行。",
        "The prompt has {blanks} blanks, but there are {answers} lines of answers.",
    ),
    cure=Text(
        "每个空写作“____”，每个空按顺序写一行“= 答案”。",
        "Write each blank as “____” and one line “= answer” for each, in order.",
    ),
)
