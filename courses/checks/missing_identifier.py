"""A question without an identifier of its own."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-identifier",
    severity=Severity.NOTE,
    message=Text(
        "这道题没有标识，暂用“{id}”；题干一改，学员的作答记录就对不上了。",
        "This question has no identifier; “{id}” is used until its words change, and then learners' records are lost.",
    ),
    cure=Text(
        "在这一行末尾写 {{#{id}}}，或运行 lingjun check --fix。",
        "Write {{#{id}}} at the end of this line, or run lingjun check --fix.",
    ),
)
