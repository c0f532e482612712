"""A question, or a heading of a single-file course, without an identifier of its own."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-identifier",
    severity=Severity.NOTE,
    message=Text(
        "这里没有写标识，暂用由文字得出的“{id}”；文字一改，学员的记录就对不上了。",
        "There is no identifier here; “{id}” is made of the words, and when they change, learners' records no longer match.",
    ),
    cure=Text(
        "在这一行末尾写 {{#{id}}}，或运行 lingjun check --fix。",
        "Write {{#{id}}} at the end of this line, or run lingjun check --fix.",
    ),
)
